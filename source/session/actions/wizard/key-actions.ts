import {listKeys} from '../../../engine/observe/list-keys.js';
import {completedAnswers} from '../../state/defaults.js';
import {keyEndsOf, keyPlaceOf, type KeyWay} from '../../state/key-place.js';
import {loaded, loading} from '../../state/loadable.js';
import {connectionFor} from '../core/connection-for.js';
import type {SessionCore} from '../core/session-core.js';

export type KeyActions = {
	/**
	 * Reads what the buckets encrypt with, and lists the keys for replicas where the answers lead: if the source of that way needs one, or if they
	 * are wanted. Once; resolves when it is known.
	 */
	readonly loadKeys: (isWanted: boolean, way?: KeyWay) => Promise<void>;
};

export function createKeyActions(core: SessionCore): KeyActions {
	const underWay = new Map<string, Promise<void>>();

	async function load(place: string, isWanted: boolean, way: KeyWay): Promise<void> {
		const {environment} = core;
		if (!environment) return;
		core.signIn.begin();
		core.dispatch({type: 'keys-loaded', place, keys: loading});
		const ends = keyEndsOf(completedAnswers(core.getState()), way);
		const end = async ({profile, bucket, region}: (typeof ends)['source']) => {
			const connection = await connectionFor(core, environment, profile);
			const {accountId} = await connection.identity.getCaller();
			return {connection, reference: {bucket, region, accountId}};
		};

		const keys = await loaded(async () => {
			const [source, destination] = await Promise.all([end(ends.source), end(ends.destination)]);
			return listKeys({region: ends.destination.region, isWanted, source, destination});
		});
		if (core.environment === environment) core.dispatch({type: 'keys-loaded', place, keys});
	}

	return {
		async loadKeys(isWanted, way = 'there') {
			const place = keyPlaceOf(completedAnswers(core.getState()), way);
			while (underWay.has(place)) await underWay.get(place);
			const known = core.getState().keys[place];
			if (known?.state === 'ready' && (known.value.isListed || !isWanted)) return;
			const reading = load(place, isWanted, way).finally(() => underWay.delete(place));
			underWay.set(place, reading);
			await reading;
		},
	};
}
