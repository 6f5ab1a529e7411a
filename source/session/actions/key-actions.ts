import type {Side} from '../../domain/answers/mode.js';
import {problemFrom} from '../../domain/problem.js';
import {listKeys} from '../../engine/observe/list-keys.js';
import {completedAnswers} from '../state/defaults.js';
import {keyPlaceOf} from '../state/key-place.js';
import {loading} from '../state/loadable.js';
import {connectionFor} from './connection-for.js';
import type {SessionCore} from './session-core.js';

export type KeyActions = {
	/**
	 * Reads what the buckets encrypt with, and lists the keys for replicas where the answers lead: if the source needs one, or if they are wanted.
	 * Once.
	 */
	readonly loadKeys: (isWanted: boolean) => Promise<void>;
};

export function createKeyActions(core: SessionCore): KeyActions {
	return {
		async loadKeys(isWanted) {
			const answers = completedAnswers(core.getState());
			const place = keyPlaceOf(answers);
			const known = core.getState().keys[place];
			const isEnough = known?.state === 'ready' && (known.value.isListed || !isWanted);
			if (known?.state === 'loading' || isEnough) return;
			const {environment} = core;
			if (!environment) return;
			core.signIn.begin();
			core.dispatch({type: 'keys-loaded', place, keys: loading});
			const {mode, sourceProfile, destinationProfile} = answers;
			const end = async (side: Side) => {
				const profile = side === 'source' || mode === 'cross-region' ? sourceProfile : destinationProfile;
				const connection = await connectionFor(core, environment, profile);
				const {accountId} = await connection.identity.getCaller();
				const reference = {bucket: answers[`${side}Bucket`], region: answers[`${side}Region`], accountId};
				return {connection, reference};
			};

			try {
				const [source, destination] = await Promise.all([end('source'), end('destination')]);
				const value = await listKeys({region: answers.destinationRegion, isWanted, source, destination});
				if (core.environment === environment)
					core.dispatch({type: 'keys-loaded', place, keys: {state: 'ready', value}});
			} catch (error) {
				if (core.environment === environment)
					core.dispatch({type: 'keys-loaded', place, keys: {state: 'failed', problem: problemFrom(error)}});
			}
		},
	};
}
