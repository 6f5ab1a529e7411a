import type {BucketReference, Connection} from '../../aws/ports.js';
import type {BatchEvent} from '../../domain/batch/batch-event.js';
import {commonPrefix, type ListedVersion} from '../../domain/batch/compare-current.js';
import type {ComparedBuckets} from '../../domain/batch/compared-buckets.js';
import {comparisonPrice} from '../../domain/batch/job-price.js';
import {covers, type RuleFilter} from '../../domain/rule/rule-filter.js';
import {createChannel} from '../channel.js';
import type {Clock} from '../clock.js';
import {inParallel} from '../in-parallel.js';
import {withRetries} from '../retry.js';
import {compareBuckets, type CompareOptions, type Comparison} from './compare-buckets.js';

type End = {readonly connection: Connection; readonly reference: BucketReference};

/** What is compared, and how. */
type VerifyOptions = {
	readonly source: End;
	readonly destination: End;
	/** Those of the rules with this destination. */
	readonly filters: readonly RuleFilter[];
	/** What is younger may be on its way. */
	readonly lagMs: number;
	readonly createdAfter?: number;
	readonly createdBefore?: number;
	readonly maxObjects: number;
	readonly clock: Clock;
	readonly signal: AbortSignal;
};

/** So many of what is not as it should be are looked at one by one, and told. */
const maxLooks = 1000;
const looksAtOnce = 16;
const progressEveryMs = 5000;

type Odd = {readonly verdict: 'missing' | 'different' | 'not-known'; readonly version: ListedVersion};

/**
 * Compares two buckets by their listings of versions, tells how far it is, and looks then at the first of what is missing: the source's
 * status says which of them no rule takes. Writes nothing. Throws the problem of a bucket that may not be listed.
 */
export async function* verify(options: VerifyOptions): AsyncGenerator<BatchEvent, void> {
	const {source, destination, maxObjects, clock} = options;
	const pair = {sourceBucket: source.reference.bucket, destination: destination.reference.bucket};
	yield {type: 'comparison-started', ...pair, priceUsd: comparisonPrice(maxObjects)};
	const startedAt = clock.now();
	const channel = createChannel<BatchEvent>();
	const odd: Odd[] = [];
	let told = startedAt;
	const walk = compared(options, {
		onOdd(verdict, version) {
			if (odd.length < maxLooks) odd.push({verdict, version});
		},
		onPage({counts, versions}) {
			const now = clock.now();
			if (now - told < progressEveryMs) return;
			told = now;
			const elapsedMs = now - startedAt;
			const objects = Object.values(counts).reduce((sum, count) => sum + count, 0);
			channel.send({
				type: 'comparison-progressed',
				...pair,
				compared: objects,
				versions,
				perSecond: (objects * 1000) / elapsedMs,
				elapsedMs,
			});
		},
	});
	walk.then(
		() => channel.close(),
		(error: unknown) => channel.close(error),
	);
	yield* channel.read();
	const found = await walk;
	const looked = found.isCut ? {told: [], left: new Map<string, number>()} : await lookedAt(options, odd);
	for (const [index, event] of looked.told.entries()) yield {...event, ...pair, number: index + 1};
	const moved = (verdict: Odd['verdict'], by: number): number =>
		found.counts[verdict] + by - (looked.left.get(verdict) ?? 0);
	const finished: ComparedBuckets = {
		...pair,
		same: found.counts.same,
		missing: moved('missing', looked.left.get('known-missing') ?? 0),
		different: found.counts.different,
		notKnown: moved('not-known', 0),
		young: found.counts.young,
		leftOut: found.counts['left-out'] + (looked.left.get('left-out') ?? 0),
		onlyThere: found.onlyThere,
		versions: found.versions,
		requests: {list: found.pages.source + found.pages.destination, head: odd.length},
		elapsedMs: clock.now() - startedAt,
		isCut: found.isCut,
	};
	yield {type: 'comparison-finished', ...finished};
}

async function compared(
	{source, destination, filters, lagMs, clock, ...options}: VerifyOptions,
	told: Pick<CompareOptions, 'onOdd' | 'onPage'>,
): Promise<Comparison> {
	const {signal} = options;
	const prefix = commonPrefix(filters);
	// A walk of hours outlives a network that is down for a while.
	const patiently = async <T>(call: () => Promise<T>): Promise<T> =>
		withRetries(call, {clock, signal, onRetry: () => undefined});
	const listOf =
		({connection, reference}: End) =>
		async (from: Partial<Parameters<Connection['objects']['listVersions']>[1]>) =>
			patiently(async () => connection.objects.listVersions(reference, {...from, prefix}, signal));
	const {createdAfter, createdBefore, maxObjects} = options;
	return compareBuckets({
		...told,
		source: listOf(source),
		destination: listOf(destination),
		terms: {filters, youngSince: clock.now() - lagMs, createdAfter, createdBefore},
		maxObjects,
		signal,
	});
}

type Told = Omit<
	Extract<BatchEvent, {readonly type: 'comparison-differed'}>,
	'sourceBucket' | 'destination' | 'number'
>;

/**
 * Asks the source about the first of what is missing. A replica is replicated no further; whether a rule with tags takes an object its
 * status says, or, where it was written before the rule, its tags.
 */
async function lookedAt(
	{source: {connection, reference}, filters, signal}: VerifyOptions,
	odd: readonly Odd[],
): Promise<{readonly told: readonly Told[]; readonly left: ReadonlyMap<string, number>}> {
	const left = new Map<string, number>();
	const add = (name: string): void => void left.set(name, (left.get(name) ?? 0) + 1);
	const told: Array<Told | undefined> = odd.map(() => undefined);
	await inParallel([...odd.entries()], looksAtOnce, async ([index, {verdict, version}]) => {
		const {key, versionId} = version;
		const one = {type: 'comparison-differed', key, versionId} as const;
		if (verdict === 'different') {
			told[index] = {...one, verdict};
			return;
		}

		const there = await connection.objects.describeVersion(reference, {key, versionId}, signal);
		// Somebody deleted it meanwhile.
		if (there.state !== 'existing') {
			add(verdict);
			return;
		}

		const {status, encryption} = there;
		const isTaken =
			status === 'REPLICA' || encryption.kind === 'customer'
				? false
				: status !== null || verdict === 'missing' || (await isTagged(version));
		if (!isTaken) {
			add(verdict);
			add('left-out');
			return;
		}

		if (verdict === 'not-known') {
			add(verdict);
			add('known-missing');
		}

		told[index] = {...one, verdict: 'missing', status};
	});

	async function isTagged({key, versionId}: ListedVersion): Promise<boolean> {
		const tags = await connection.objects.getTags(reference, {key, versionId}, signal);
		return filters.some((filter) => covers(filter, {prefix: key, tags}));
	}

	return {told: told.filter((one) => one !== undefined), left};
}
