import {undoCommandOf} from '../answers/command-line.js';
import {accountOfArn, bucketArn, roleNameOf} from '../arn.js';
import type {NotificationConfiguration, NotificationEntry} from '../observed/notification-configuration.js';
import {queueArn, queueFor, type QueuePlace} from '../operations/create-queue.js';
import {entriesTaking, failureEvent} from '../operations/notification-entries.js';
import type {PlannedEnd} from '../operations/plan-context.js';
import {notificationFor} from '../operations/put-bucket-notification.js';
import {type PutReplication, rulesChanged} from '../operations/put-replication.js';
import {fixable, type Problem} from '../problem.js';
import {blockedRules, blockedText, type RuleDestination} from '../rule/blocked-rules.js';
import {
	isSchemaV1,
	type ReplicationConfiguration,
	type ReplicationRule,
} from '../rule/replication-configuration.js';
import {asSchemaV2} from '../rule/rule-conversion.js';
import {filterOf, takesObject} from '../rule/rule-filter.js';
import {optionsIn, withOptions} from '../rule/rule-options.js';
import type {PlanResult} from './make-plan.js';

/** Whose failures are asked about, and what is there. */
type ReasonsRequest = {
	/** Of the run that makes the queue; its name holds it. */
	readonly runId: string;
	readonly partition: string;
	readonly source: PlannedEnd;
	/** The first of the destinations; for the plan's head. */
	readonly destination: PlannedEnd;
	/** What the files begin with and their tags, where only rules that take them matter; else all enabled rules do. */
	readonly files?: {readonly prefix: string; readonly tags: Readonly<Record<string, string>>};
	readonly notifications: NotificationConfiguration;
	readonly replication: ReplicationConfiguration;
	/** What is known of the rules' destinations. */
	readonly destinations?: readonly RuleDestination[];
	/** Where calls go, for a command that is printed; `null`: AWS. */
	readonly endpointUrl?: string | null;
	/** What S3 said where it took no change of the rules, and nobody could know that before. */
	readonly refusal?: Problem;
};

/** A plan, or what makes one impossible; `goesOnWithout`: it is what reasons are asked for, so that the watch goes on without S3's word. */
export type ReasonsResult = PlanResult | {readonly ok: false; readonly goesOnWithout: Problem};

/** What every queue for reasons is called, before the id of its run. */
const queuePrefix = 's3-replicate-reasons-';

/**
 * What it takes that S3 tells why objects are not replicated: a queue, the bucket's failure events sent to it, and metrics on the rules.
 * What is there stays. Gives the problem of events that somebody else has sent elsewhere: S3 sends them to one place. Pure.
 * Source: S3 User Guide, "Receiving replication failure events with Amazon S3 Event Notifications" and "Using S3 Replication metrics".
 */
export function planReasons(request: ReasonsRequest): ReasonsResult {
	const {runId, partition, source, destination, notifications, replication} = request;
	const {destinations = [], endpointUrl = null} = request;
	const [taken] = entriesTaking(failureEvent, notifications);
	if (taken) return {ok: false, problems: [eventsTaken(source.bucket, taken, endpointUrl)]};
	const place: QueuePlace = {
		name: `${queuePrefix}${runId}`,
		region: source.region,
		accountId: source.accountId,
	};
	const entry = {Id: place.name, QueueArn: queueArn(partition, place), Events: [failureEvent]};
	const wanted = metricsFor(request);
	const blocked = wanted.change === 'keep' ? [] : blockedRules(replication, destinations);
	const stands =
		blocked.length > 0 ? blocked.map(blockedText).join('; ') : request.refusal?.cause.replace(/\.$/, '');
	const lacking = lackingMetrics(request).map(nameOf);
	// S3 tells of the rules that have metrics already, if the others have to wait.
	if (stands !== undefined && !hasMetrics(request))
		return {ok: false, goesOnWithout: reasonsBlocked(stands, lacking)};
	const unchanged = {before: replication, after: replication};
	const metrics =
		stands === undefined
			? wanted
			: rulesChanged(source, wanted.ruleId, unchanged, [withoutReasons(stands, lacking)]);
	// Metrics first: where S3 refuses them nothing else has been made.
	const queue = queueFor(bucketArn(partition, source.bucket), place, [metrics.id]);
	return {
		ok: true,
		plan: {
			schemaVersion: 1,
			mode: source.accountId === destination.accountId ? 'cross-region' : 'cross-account',
			source,
			destination,
			roleName: roleNameOf(replication.Role),
			ruleId: metrics.ruleId,
			operations: [queue, notificationFor(source, notifications, entry, [queue.id]), metrics],
		},
	};
}

/** Whether a rule that takes the files has metrics. */
function hasMetrics({files, replication}: ReasonsRequest): boolean {
	return replication.Rules.some(
		(rule) => rule.Status === 'Enabled' && takes(rule, files) && optionsIn(rule).metrics === true,
	);
}

const nameOf = ({ID: id}: ReplicationRule): string => id ?? 'one without a name';

function lackingMetrics({
	files,
	replication,
}: Pick<ReasonsRequest, 'files' | 'replication'>): readonly ReplicationRule[] {
	return replication.Rules.filter(
		(rule) => rule.Status === 'Enabled' && takes(rule, files) && optionsIn(rule).metrics !== true,
	);
}

/** Metrics on the rules that take the files. A rule of the older form has none: all of them are converted, as S3 wants it. */
function metricsFor({source, files, replication: before}: ReasonsRequest): PutReplication {
	const lacking = lackingMetrics({files, replication: before});
	const ruleId = lacking[0]?.ID ?? before.Rules[0]?.ID ?? '';
	if (lacking.length === 0) return rulesChanged(source, ruleId, {before, after: before}, []);
	const isConverted = lacking.some(isSchemaV1);
	const {rules, notes} = isConverted ? asSchemaV2(before.Rules) : {rules: before.Rules, notes: []};
	const positions = new Set(lacking.map((rule) => before.Rules.indexOf(rule)));
	const after = {
		...before,
		Rules: rules.map((rule, index) => (positions.has(index) ? withOptions(rule, {metrics: true}, {}) : rule)),
	};
	const names = lacking.map(nameOf).join(', ');
	const cost = `Metrics go on for ${names}: CloudWatch charges for them as custom metrics while they are on.`;
	return rulesChanged(source, ruleId, {before, after}, [cost, ...notes]);
}

function takes(rule: ReplicationRule, files: ReasonsRequest['files']): boolean {
	return !files || takesObject(filterOf(rule), files.prefix, files.tags);
}

/** Whose failure events go elsewhere: a queue that others read is never read, since reading takes messages away. */
function eventsTaken(
	bucket: string,
	{Id: id, QueueArn, TopicArn, LambdaFunctionArn}: NotificationEntry,
	endpointUrl: string | null,
): Problem {
	const arn = QueueArn ?? TopicArn ?? LambdaFunctionArn ?? '';
	const name = arn.slice(arn.lastIndexOf(':') + 1);
	const cause = `The notification ${id ?? 'without a name'} sends them to ${arn}. S3 sends an event to one place. Reading a queue takes its messages from others.`;
	const headline = `Cannot ask for failure events of ${bucket}: taken`;
	if (!name.startsWith(queuePrefix))
		return fixable('events-taken', headline, cause, [
			'Look for the reasons where these events go.',
			'Watch without --reasons.',
		]);
	const runId = name.slice(queuePrefix.length);
	return fixable('events-taken', headline, `${cause} The run ${runId} of this program made it.`, [
		`Take it down where it was made: ${undoCommandOf(runId, endpointUrl)}`,
		`Or read it yourself: account ${accountOfArn(arn)}, queue ${name}.`,
	]);
}

/**
 * Why S3 cannot be asked for its reasons: their events need metrics on the rule, and S3 takes no change of the rules while the destination of
 * one is gone or not versioned. That is what is looked for, and no reason to stop.
 *
 * @param why what S3 refuses the rules for, as a clause
 * @param rules the names of those that get no metrics
 */
function reasonsBlocked(why: string, rules: readonly string[]): Problem {
	return fixable(
		'reasons-blocked',
		'Cannot turn metrics on: S3 refuses the rules',
		withoutReasons(why, rules),
		['Go on without events: the cause comes from what was read.', 'Mend it, then run this again.'],
	);
}

/** Which rules have no reasons, and why. */
function withoutReasons(why: string, rules: readonly string[]): string {
	return `${why}. Failure events need metrics on the rule. S3 takes no change of the rules meanwhile. Without reasons: ${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}.`;
}
