import type {Answers} from '../../../domain/answers/answers.js';
import type {Mend} from '../../state/diagnosed-rule.js';
import type {Cause} from '../../../domain/event.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import type {ReplicationRule} from '../../../domain/rule/replication-configuration.js';
import {observeReplication} from '../../../engine/diagnose/observe-replication.js';
import type {Sample, WatchOptions} from '../../../engine/watch/watch-options.js';
import {causesIn, type FailedSample, type FoundCause} from '../../watch/causes-in.js';
import {recordedPlaces} from '../core/likely-connections.js';
import {mendOf} from '../core/mend-of.js';
import type {RunContext} from '../core/run-context.js';
import type {WatchRequest} from './watch-request.js';

type LookedFor = Pick<WatchRequest, 'source' | 'destinations' | 'tags' | 'before'>;

/** Looks for what stands in the way of the files of a watch, and plans what mends it, with the profiles it has; reads only. */
export function lookForCauses(
	context: RunContext,
	{source, destinations, tags = {}, before}: LookedFor,
	/** What the keys of the run's own files begin with: these have the tags. */
	folder: string,
	/** Told the answers of which the plan mends the first cause that one mends, of every look. */
	onMend: (answers: Answers | undefined) => void,
): NonNullable<WatchOptions['lookForCauses']> {
	const {bucket, region} = source.reference;
	const others = destinations.flatMap(({watched}) => (watched ? [watched.connection] : []));
	const ownTags = Object.entries(tags).map(([Key, Value]) => ({Key, Value}));
	const seen = Object.fromEntries(
		destinations.flatMap(({bucket: name, watched}) =>
			watched ? [[name, {...watched.reference, profile: watched.connection.profile}] as const] : [],
		),
	);
	/** By what is to be mended: a plan is made once a cause, not once a look. */
	const planned = new Map<string, Promise<Mend | undefined>>();
	let recorded: Awaited<ReturnType<typeof recordedPlaces>> | undefined;

	const asObject = ({key, ...sample}: Sample): FailedSample => ({
		...sample,
		key,
		...(key.startsWith(folder) ? {tags: {isRead: true, value: ownTags} as const} : {}),
	});

	async function plannedMend(
		observed: ObservedReplication,
		rule: ReplicationRule,
		causes: readonly FoundCause[],
	): Promise<Mend | undefined> {
		const about = causes.filter(({mends}) => mends === rule).map(({cause}) => [cause.reason, cause.evidence]);
		const name = JSON.stringify([rule, about]);
		const replication = observed.replication ?? before;
		const made =
			planned.get(name) ??
			mendOf(
				context,
				{...observed, replication},
				rule,
				about.map(([reason = '']) => reason),
			);
		planned.set(name, made);
		return made;
	}

	return async (samples, signal): Promise<readonly Cause[]> => {
		recorded ??= await recordedPlaces(context);
		const options = {region, before, places: {...recorded, ...seen}, signal};
		const observed = await observeReplication(bucket, source.connection, others, options);
		const buckets = destinations.map((one) => one.bucket);
		const found = causesIn(observed, buckets, samples.map(asObject), before?.Rules);
		const causes: Cause[] = [];
		let first: Answers | undefined;
		for (const one of found) {
			const mend = one.mends && (await plannedMend(observed, one.mends, found));
			first ??= mend?.answers;
			causes.push({...one.cause, fix: mend?.operations ?? null});
		}

		onMend(first);
		return causes;
	};
}
