import type {BucketReference, Connection} from '../aws/ports.js';
import {bucketOfArn} from '../domain/arn.js';
import {fixable, ProblemError} from '../domain/problem.js';
import {isWholeBucket, type ReplicationRule} from '../domain/replication-configuration.js';
import {testFilePrefix} from '../domain/test-file.js';
import type {WatchedDestination} from './watch/watch-options.js';

export type FoundReplication = {
	readonly source: WatchedDestination;
	readonly destinations: ReadonlyArray<{readonly bucket: string; readonly watched?: WatchedDestination}>;
};

/**
 * Finds where a bucket's objects are replicated to, by its enabled rules that take the test files.
 * A destination is looked at with the destination's connection, else with the source's where it lets it; otherwise only the
 * source's status can be seen. Throws the problem of a bucket that is absent, somebody else's or not replicated.
 */
export async function findReplication(
	bucket: string,
	source: Connection,
	destination: Connection | undefined,
	options: {readonly region?: string; readonly signal?: AbortSignal},
): Promise<FoundReplication> {
	const reference = await locate(bucket, source, options.region, options.signal);
	if (!reference) throw new ProblemError(notFound(bucket, source.profile));
	const configuration = await source.buckets.getReplication(reference, options.signal);
	const enabled = (configuration?.Rules ?? []).filter(({Status}) => Status === 'Enabled');
	if (enabled.length === 0) throw new ProblemError(notReplicated(bucket));
	const taking = enabled.filter(takesTestFiles);
	if (taking.length === 0) throw new ProblemError(noRuleForTestFiles(bucket));
	const buckets = [...new Set(taking.map((rule) => bucketOfArn(rule.Destination.Bucket)))];
	const destinations = await Promise.all(
		buckets.map(async (name) => {
			const connection = destination ?? source;
			const found = await locate(name, connection, undefined, options.signal).catch((error: unknown) => {
				// With a profile of its own the destination has to answer; the source's is only a try.
				if (destination) throw error;
				return undefined;
			});
			return {bucket: name, watched: found && {reference: found, connection}};
		}),
	);
	return {source: {reference, connection: source}, destinations};
}

/** The bucket with its region and the account that must own it, or nothing where it is absent or not this account's. */
async function locate(
	bucket: string,
	connection: Connection,
	region: string | undefined,
	signal?: AbortSignal,
): Promise<BucketReference | undefined> {
	const {identity, buckets, homeRegion} = connection;
	const {accountId} = await identity.getCaller(signal);
	let reference: BucketReference = {bucket, region: region ?? homeRegion, accountId};
	let answer = await buckets.head(reference, signal);
	if (answer.state === 'elsewhere') {
		reference = {...reference, region: answer.region};
		answer = await buckets.head(reference, signal);
	}

	return answer.state === 'here' ? reference : undefined;
}

function takesTestFiles(rule: ReplicationRule): boolean {
	if (isWholeBucket(rule)) return true;
	if (rule.Filter?.Tag || rule.Filter?.And?.Tags) return false;
	const prefix = rule.Filter ? (rule.Filter.Prefix ?? rule.Filter.And?.Prefix ?? '') : (rule.Prefix ?? '');
	return testFilePrefix.startsWith(prefix);
}

function notFound(bucket: string, profile: string) {
	return fixable(
		'bucket-not-found',
		`Cannot watch ${bucket}: profile ${profile} does not find it in its account`,
		'There is no bucket of this name, it belongs to another account, or the profile may not look at it (s3:ListBucket).',
		['Check the name.', 'Choose the profile of the account that owns it: --source-profile NAME.'],
	);
}

function notReplicated(bucket: string) {
	return fixable(
		'not-replicated',
		`Cannot watch ${bucket}: it is not replicated`,
		'The bucket has no enabled replication rule.',
		['Set one up: start s3-replicate without a command, or with apply.'],
	);
}

function noRuleForTestFiles(bucket: string) {
	return fixable(
		'no-rule-for-test-files',
		`Cannot test ${bucket}: no rule of it takes the test files`,
		`Test files are named ${testFilePrefix}…, and the filter of every enabled rule leaves that out.`,
		['Add a rule whose filter takes them.'],
	);
}
