import type {Connection} from '../../aws/ports.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {
	bucketsOfFile,
	leftOut,
	type TestFileRules,
	testFileRules,
} from '../../domain/rule/test-file-rules.js';
import {testFileFolder} from '../../domain/watch/test-file.js';
import {bucketOfArn, destinationOf} from '../../domain/arn.js';
import type {ReplicationConfiguration, ReplicationRule} from '../../domain/rule/replication-configuration.js';
import {optionsIn} from '../../domain/rule/rule-options.js';
import type {MetricRule} from './read-metrics.js';
import {destinationAccountOf, type LikelyConnections} from '../likely-connections.js';
import {failureKind} from './request-gate.js';
import {locateBucket} from '../locate-bucket.js';
import type {FollowedDestination, WatchedDestination} from './watch-options.js';
import {bucketNotFound, notReplicated} from '../../domain/bucket-problems.js';

export type FoundReplication = {
	readonly source: WatchedDestination;
	readonly destinations: readonly FollowedDestination[];
	/** What test files have to begin with, and their tags, for the rules to take them. */
	readonly rulePrefix: string;
	readonly tags: Readonly<Record<string, string>>;
	/** Destinations of other rules, whose filters cannot be met by the same files. */
	readonly leftOut: readonly string[];
	/** Profiles given for destinations that see none of them. */
	readonly blindProfiles: readonly string[];
	/** The rules as they are. */
	readonly before: ReplicationConfiguration;
	/** The enabled rules that have metrics. */
	readonly metricRules: readonly MetricRule[];
	/** The destinations that are replicated back to the source, by rules that take the same files; they come first. */
	readonly homes: readonly string[];
	/** The rules of each that do. */
	readonly rulesBack: ReadonlyArray<readonly ReplicationRule[]>;
};

/**
 * Finds where a bucket's objects are replicated to, by its enabled rules, and how test files are taken by them.
 * Of one rule alone where it is named. A destination is looked at with the first of the destinations' connections that sees it (each account has its own), else with the
 * source's where it lets it; otherwise only the source's status can be seen. The rules of each destination that is seen are read for those that
 * lead back to the source, where that is allowed. Throws the problem of a bucket that is absent,
 * somebody else's or not replicated, and of a connection for destinations that does not work at all.
 */
export async function findReplication(
	bucket: string,
	source: Connection,
	forDestinations: readonly Connection[],
	options: {
		readonly region?: string;
		readonly ruleId?: string;
		/** A rule that has to take the test files, whatever the others need. */
		readonly wantedRuleId?: string;
		/** Whether one that is not enabled is refused; else it is passed over. */
		readonly hasToBeEnabled?: boolean;
		/** Connections to try for destinations that the others do not see. */
		readonly likely?: LikelyConnections;
		readonly signal?: AbortSignal;
	},
): Promise<FoundReplication> {
	const located = await locateBucket(bucket, source, options.region, options.signal);
	if (located.state !== 'existing') throw new ProblemError(bucketNotFound('watch', bucket, source.profile));
	const {reference} = located;
	const configuration = await source.buckets.getReplication(reference, options.signal);
	const all = configuration?.Rules ?? [];
	const rules = options.ruleId === undefined ? all : all.filter(({ID: id}) => id === options.ruleId);
	const taken = testFileRules(rules, options.wantedRuleId);
	if (!configuration || !taken)
		throw new ProblemError(
			notReplicated(`watch ${bucket}: it is not replicated`, 'The bucket has no enabled replication rule.'),
		);
	if (options.hasToBeEnabled) checkWanted(bucket, rules, options.wantedRuleId);
	const destinations = await reachDestinations(taken.destinations, {
		forDestinations,
		source,
		rules,
		...options,
	});
	const used = new Set(destinations.map(({watched}) => watched?.connection));
	// What is not there nobody sees, whatever the profile.
	const areThere = destinations.some(({watched, isAbsent}) => !watched && !isAbsent);
	const hasAbsent = destinations.some(({isAbsent}) => isAbsent);
	const {wantedRuleId, signal} = options;
	const there = {bucket, rules, asked: rules, taken, wantedRuleId};
	// One rule alone is there and not back.
	const files =
		options.ruleId === undefined
			? await followedBack(there, destinations, {signal})
			: filesTaken(taken, destinations);
	return {
		...files,
		source: {reference, connection: source},
		before: configuration,
		leftOut: leftOut(rules, taken),
		metricRules: metricRulesOf(rules),
		blindProfiles:
			hasAbsent && !areThere
				? []
				: forDestinations.filter((one) => !used.has(one)).map(({profile}) => profile),
	};
}

/** A destination whose own rules lead back to the source, and those rules. */
type WayBack = {readonly bucket: string; readonly rules: readonly ReplicationRule[]};

/** The way there: how its test files have to be. */
type WayThere = {
	readonly bucket: string;
	/** Its rules. */
	readonly rules: readonly ReplicationRule[];
	/** Those that the files have to meet. */
	readonly asked: readonly ReplicationRule[];
	/** How files meet these, and where the rules replicate them to. */
	readonly taken: TestFileRules;
	readonly wantedRuleId?: string;
};

/** What is followed of ways back, and how test files have to be for the rules of all ways to take them. */
type FollowedBack = Pick<FoundReplication, 'homes' | 'rulesBack' | 'rulePrefix' | 'tags' | 'destinations'>;

function filesTaken(
	{rulePrefix, tags}: TestFileRules,
	destinations: readonly FollowedDestination[],
): FollowedBack {
	return {homes: [], rulesBack: [], rulePrefix, tags, destinations};
}

/**
 * The destinations that lead back to the source by rules that take the very files that go there: every watch follows these, whoever set them
 * up. Those come first among the destinations. What may not be read leads nowhere. Throws the problem of credentials.
 *
 * @param known the rules of destinations that were just written: what S3 says of them may be older
 */
export async function followedBack(
	there: WayThere,
	destinations: readonly FollowedDestination[],
	{
		known = {},
		signal,
	}: {readonly known?: Readonly<Record<string, readonly ReplicationRule[]>>; readonly signal?: AbortSignal},
): Promise<FollowedBack> {
	const returning = await waysBack(there.bucket, destinations, known, signal);
	const {homes, taken} = takenBothWays(there, returning);
	const isHome = (one: FollowedDestination): number =>
		homes.some(({bucket}) => bucket === one.bucket) ? 0 : 1;
	return {
		...filesTaken(
			taken,
			destinations.toSorted((left, right) => isHome(left) - isHome(right)),
		),
		homes: homes.map(({bucket}) => bucket),
		rulesBack: homes.map(({rules}) => rules),
	};
}

async function waysBack(
	source: string,
	destinations: readonly FollowedDestination[],
	known: Readonly<Record<string, readonly ReplicationRule[]>>,
	signal?: AbortSignal,
): Promise<readonly WayBack[]> {
	const rulesOf = async ({bucket, watched}: FollowedDestination): Promise<readonly ReplicationRule[]> => {
		if (Object.hasOwn(known, bucket)) return known[bucket] ?? [];
		const configuration = await watched?.connection.buckets
			.getReplication(watched.reference, signal)
			.catch((error: unknown) => {
				// Whoever has to sign in is asked once, and not again by what follows.
				if (signal?.aborted || failureKind(error) === 'credentials') throw error;
				return undefined;
			});
		return configuration?.Rules ?? [];
	};
	const leadsBack = (rule: ReplicationRule): boolean =>
		rule.Status === 'Enabled' && destinationOf(rule) === source;
	const all = await Promise.all(
		destinations.map(async (one) => ({
			bucket: one.bucket,
			rules: one.watched ? (await rulesOf(one)).filter(leadsBack) : [],
		})),
	);
	return all.filter(({rules}) => rules.length > 0);
}

/**
 * The ways back whose rules take the very files that go there, as many as the same prefix and tags do for, and what these are. What reached
 * every destination before still does, and reaches no others, which nobody would follow.
 */
function takenBothWays(
	{bucket, rules, asked, taken, wantedRuleId}: WayThere,
	returning: readonly WayBack[],
): {readonly homes: readonly WayBack[]; readonly taken: TestFileRules} {
	let found: {homes: readonly WayBack[]; taken: TestFileRules} = {homes: [], taken};
	for (const one of returning) {
		const homes = [...found.homes, one];
		const both = testFileRules([...asked, ...homes.flatMap((home) => home.rules)], wantedRuleId);
		if (!both) continue;
		const reachedBy = (of: readonly ReplicationRule[]): readonly string[] =>
			bucketsOfFile(of, testFileFolder('', both.rulePrefix), both.tags);
		const reached = new Set(reachedBy(rules));
		const isAsBefore =
			reached.size === taken.destinations.length && taken.destinations.every((name) => reached.has(name));
		if (isAsBefore && homes.every((home) => reachedBy(home.rules).includes(bucket)))
			found = {homes, taken: both};
	}

	return found;
}

/** The enabled rules that have metrics. */
export function metricRulesOf(rules: readonly ReplicationRule[]): readonly MetricRule[] {
	return rules
		.filter((rule) => rule.Status === 'Enabled' && optionsIn(rule).metrics === true)
		.map(({ID: ruleId = '', Destination}) => ({ruleId, destination: bucketOfArn(Destination.Bucket)}));
}

/**
 * The destinations of a bucket's rules, seen as `findReplication` sees them.
 *
 * @param buckets which of them
 */
export async function reachDestinations(
	buckets: readonly string[],
	options: Reach,
): Promise<readonly FollowedDestination[]> {
	return Promise.all(buckets.map(async (bucket) => ({bucket, ...(await reach(bucket, options))})));
}

type Reach = {
	readonly forDestinations: readonly Connection[];
	readonly source: Connection;
	readonly rules: readonly ReplicationRule[];
	readonly likely?: LikelyConnections;
	readonly signal?: AbortSignal;
};

/** A destination through the profile that sees it: those given for destinations have to answer, the source's is only a try. */
async function reach(
	bucket: string,
	{forDestinations, source, rules, likely, signal}: Reach,
): Promise<Omit<FollowedDestination, 'bucket'>> {
	const own = await Promise.all(
		forDestinations.map(async (connection) => ({
			connection,
			located: await locateBucket(bucket, connection, undefined, signal),
		})),
	);
	for (const {connection, located} of own) {
		if (located.state === 'existing') return {watched: {reference: located.reference, connection}};
	}

	const last = await locateBucket(bucket, source, undefined, signal).catch(() => undefined);
	if (last?.state === 'existing') return {watched: {reference: last.reference, connection: source}};
	// S3 says whether there is a bucket of this name to everybody.
	const isAbsent = last?.state === 'absent' || own.some(({located}) => located.state === 'absent');
	if (isAbsent) return {isAbsent};
	for (const connection of (await likely?.(bucket, destinationAccountOf(rules, bucket))) ?? []) {
		const located = await locateBucket(bucket, connection, undefined, signal).catch(() => undefined);
		if (located?.state === 'existing')
			return {
				watched: {reference: located.reference, connection},
				foundProfile: connection.profile,
			};
	}

	return {};
}

/** Throws the problem of a rule that was asked for and takes no files. */
function checkWanted(bucket: string, rules: readonly ReplicationRule[], wantedId: string | undefined): void {
	if (wantedId === undefined) return;
	const found = rules.find(({ID: id}) => id === wantedId);
	if (found?.Status === 'Enabled') return;
	const enabled = rules.filter(({Status}) => Status === 'Enabled').map(({ID: id = ''}) => id);
	throw new ProblemError(
		fixable(
			'rule-not-enabled',
			`Cannot watch rule ${wantedId}: it ${found ? 'is disabled' : 'does not exist'}`,
			`Enabled rules of ${bucket}: ${enabled.join(', ')}.`,
			['Name one of them: --rule-id ID.', 'Leave out --rule-id to watch all.'],
		),
	);
}
