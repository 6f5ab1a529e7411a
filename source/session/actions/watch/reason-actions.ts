import type {PlannedEnd} from '../../../domain/operations/plan-context.js';
import {queueIn} from '../../../domain/operations/create-queue.js';
import {replicationIn} from '../../../domain/operations/put-replication.js';
import {planReasons, type ReasonsResult} from '../../../domain/plan/plan-reasons.js';
import type {Plan} from '../../../domain/plan/plan.js';
import {bucketOfArn} from '../../../domain/arn.js';
import {type Problem, problemFrom} from '../../../domain/problem.js';
import type {ReplicationConfiguration} from '../../../domain/rule/replication-configuration.js';
import type {RecordedStep} from '../../../domain/record/run-record.js';
import {makeUndoPlan} from '../../../domain/undo/make-undo-plan.js';
import {partitionOfRegion} from '../../../domain/region.js';
import {apply} from '../../../engine/run/apply.js';
import {undo} from '../../../engine/run/undo.js';
import {observeUndo} from '../../../engine/undo/observe-undo.js';
import {observeDestinations} from '../../../engine/observe-destinations.js';
import {awaitEvents} from '../../../engine/watch/read-reasons.js';
import {type FoundReplication, metricRulesOf} from '../../../engine/watch/find-replication.js';
import type {WatchedDestination} from '../../../engine/watch/watch-options.js';
import type {RunContext} from '../core/run-context.js';
import type {WatchRequest} from './watch-request.js';
import type {RuleDestination} from '../../../domain/rule/blocked-rules.js';

/** What a watch reads then, or what it goes on without. */
type SetUp = Required<Pick<WatchRequest, 'reasons' | 'metricRules'>> | {readonly reasonsLeftOut: Problem};

/** S3 refuses rules for a destination of one of them. */
const refusalCodes: ReadonlySet<string> = new Set(['rule-blocked', 'destination-refused']);

/** Having S3 tell why objects fail. */
export type ReasonActions = {
	/** Reads what is there, and plans what it takes that S3 tells. Changes nothing. */
	readonly planReasons: (
		found: FoundReplication,
		/** Whether others' files are watched: then every rule matters, not only those that take the test files. */
		followsOthers: boolean,
	) => Promise<ReasonsResult>;
	/** Does what that plan says, and waits until S3 may tell. Gives what a watch reads then, or what it goes on without as S3 refuses metrics, or nothing where not all of it was done. */
	readonly setUpReasons: (found: FoundReplication, waitMs: number) => Promise<SetUp | undefined>;
	/** Takes down what was set up. Gives the problem of what stays. */
	readonly takeDownReasons: (found: FoundReplication) => Promise<Problem | undefined>;
};

export function createReasonActions(context: RunContext): ReasonActions {
	const {core, here, play, signal} = context;
	const {getState, dispatch, emit, options} = core;
	const {clock} = options.services;
	/** The number of the last step that was set up for reasons. */
	let lastStep = Infinity;
	/** Of the last plan. */
	let isForAll = false;

	async function planned(found: FoundReplication, refusal?: Problem): Promise<ReasonsResult> {
		const {connection, reference} = found.source;
		const {buckets} = connection;
		const [notifications = {}, replication] = await Promise.all([
			buckets.getNotifications(reference, signal),
			buckets.getReplication(reference, signal),
		]);
		if (!replication) throw new Error('A bucket without rules is not watched.');
		const destinations = await destinationsOf(found, replication, signal);
		const [source, destination = source] = endsOf(found) as [PlannedEnd, PlannedEnd?];
		return planReasons({
			runId: core.runId,
			partition: partitionOfRegion(reference.region),
			source,
			destination,
			...(isForAll ? {} : {files: {prefix: found.rulePrefix, tags: found.tags}}),
			...(refusal ? {refusal} : {}),
			notifications,
			replication,
			destinations,
			endpointUrl: here.endpointUrl,
		});
	}

	/** Does what the last plan says. */
	async function applied(found: FoundReplication): Promise<void> {
		const {plan} = getState().run;
		if (!plan) throw new Error('There is no plan to have S3 tell.');
		await context.applying(async () => {
			const recorder = await context.recorder(endsOf(found));
			await recorder?.planned(plan.operations);
			const {connection} = found.source;
			const connections = {source: connection, destination: connection};
			await play(apply({plan, connections, clock, signal, recorder}));
			const written = await context.records()?.read(core.runId);
			if (written?.ok) lastStep = Math.max(0, ...written.record.steps.map(({step}) => step));
		});
	}

	/** Why S3 takes no metrics, where that is for a destination of the rules. */
	function refusedMetrics(): Problem | undefined {
		const failed = getState().run.operations.find(({state}) => state === 'failed');
		const {problem, operation} = failed ?? {};
		return operation && replicationIn([operation]) && problem && refusalCodes.has(problem.code)
			? problem
			: undefined;
	}

	return {
		async planReasons(found, followsOthers) {
			isForAll = followsOthers;
			const result = await planned(found).catch((error: unknown): ReasonsResult => ({
				ok: false,
				problems: [problemFrom(error)],
			}));
			if (result.ok) emit({type: 'plan-made', plan: result.plan});
			return result;
		},
		async setUpReasons(found, waitMs) {
			await applied(found);
			const refusal = refusedMetrics();
			if (refusal) {
				// Of a destination that nobody sees only the write itself tells it.
				const result = await planned(found, refusal);
				if (!result.ok) {
					if (!('goesOnWithout' in result)) return undefined;
					dispatch({type: 'apply-forgone'});
					// Nothing was made, so that nothing is taken down.
					lastStep = 0;
					return {reasonsLeftOut: result.goesOnWithout};
				}

				emit({type: 'plan-made', plan: result.plan});
				await applied(found);
			}

			const {run, phase} = getState();
			if (phase !== 'applied' || !run.plan) return undefined;
			const queue = queueIn(run.plan.operations);
			if (!queue) throw new Error('There is no plan to have S3 tell.');
			if (turnsMetricsOn(run.plan)) await play(awaitEvents(waitMs, {clock, signal}));
			const {queues} = found.source.connection;
			const reasons = await queues.find({name: queue.target, region: queue.region}, signal);
			const rules = replicationIn(run.plan.operations)?.after.Rules ?? [];
			return reasons && {reasons, metricRules: metricRulesOf(rules)};
		},
		async takeDownReasons({source: {connection}}) {
			const records = context.records();
			const read = await records?.read(core.runId);
			if (!records || !read?.ok) return undefined;
			const {record} = read;
			// The test files stay, unless they are asked about themselves, and so does what a mend has written since.
			const isOfReasons = ({kind, step}: RecordedStep): boolean => kind === 'operation' && step <= lastStep;
			const setUp = {...record, steps: record.steps.filter(isOfReasons)};
			if (setUp.steps.length === 0) return undefined;
			try {
				// Who stops the watch means it to be taken down: what stops here is the process.
				const {signal: untilDone} = new AbortController();
				const plan = makeUndoPlan(setUp, await observeUndo(setUp, () => connection));
				emit({type: 'operations-added', operations: plan.steps.map(({operation}) => operation)});
				const writer = await records.extend(core.runId);
				const events = undo({plan, writer, connectionOf: () => connection, clock, signal: untilDone});
				await play(events);
				const ids = new Set(plan.steps.map(({operation}) => operation.id));
				return getState().run.operations.find(
					({operation, state}) => ids.has(operation.id) && state === 'failed',
				)?.problem;
			} catch (error) {
				return problemFrom(error);
			}
		},
	};
}

/** Whether S3 takes rules to the destinations: each through the connection that sees it, the others through the source's. */
async function destinationsOf(
	{source: {connection, reference}, destinations}: FoundReplication,
	{Rules}: ReplicationConfiguration,
	signal: AbortSignal,
): Promise<readonly RuleDestination[]> {
	const seer = new Map(destinations.map(({bucket, watched}) => [bucket, watched] as const));
	const names = [
		...new Map(Rules.map(({Destination}) => [bucketOfArn(Destination.Bucket), Destination.Account])),
	];
	const looks = names.map(async ([bucket, account]) => {
		const seen = seer.get(bucket);
		const accountId = seen?.reference.accountId ?? account ?? reference.accountId;
		return observeDestinations(seen?.connection ?? connection, [{bucket, accountId}], signal);
	});
	return (await Promise.all(looks)).flat();
}

/** The source first, then the destinations that somebody sees. */
function endsOf({source, destinations}: FoundReplication): readonly PlannedEnd[] {
	return [source, ...destinations.flatMap(({watched}) => watched ?? [])].map(endOf);
}

function endOf({connection, reference}: WatchedDestination): PlannedEnd {
	const {bucket, accountId, region} = reference;
	return {profile: connection.profile, accountId, region, bucket};
}

/** Whether a plan turns metrics on: events come up to a while after that. */
function turnsMetricsOn({operations}: Plan): boolean {
	const metrics = replicationIn(operations);
	return metrics !== undefined && metrics.change !== 'keep';
}
