import type {BucketReference, Connection} from '../../../engine/connections.js';
import {bucketOfArn, roleNameOf} from '../../../domain/arn.js';
import {
	batchPolicyName,
	batchRoleName,
	batchService,
	batchTrust,
	trustsBatch,
	reportBucketName,
} from '../../../domain/batch/batch-role.js';
import {type LifecycleRule, lifecycleRulesOn} from '../../../domain/batch/lifecycle-rules.js';
import type {RuleFilter} from '../../../domain/rule/rule-filter.js';
import {describedRun} from '../../../domain/batch/job-description.js';
import type {BatchPlanRequest} from '../../../domain/batch/plan-batch.js';
import {type JobSummary, openJobStatuses} from '../../../domain/observed/batch-job.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import type {PlannedEnd} from '../../../domain/operations/plan-context.js';
import {fixable, type Problem, ProblemError} from '../../../domain/problem.js';
import {trustedBesides} from '../../../domain/role/trust-policy.js';
import {locateBucket} from '../../../engine/locate-bucket.js';

/** The jobs of this program for a bucket that are not over, newest first. */
export async function openJobs(
	{jobs}: Connection,
	{bucket, accountId, region}: BucketReference,
	signal: AbortSignal,
): Promise<readonly JobSummary[]> {
	const found = await jobs.list({accountId, region}, openJobStatuses, signal);
	return found.filter((job) => describedRun(job)?.sourceBucket === bucket);
}

/** The ends of a plan: the source, and the first destination that somebody sees. */
export function endsOf({
	source,
	destinations,
	replication,
}: ObservedReplication): readonly [PlannedEnd, PlannedEnd] {
	const {bucket, region, accountId, profile} = source;
	const end: PlannedEnd = {bucket, region, accountId, profile};
	const enabled = (replication?.Rules ?? []).filter(({Status}) => Status === 'Enabled');
	for (const {Destination} of enabled) {
		const there = destinations[bucketOfArn(Destination.Bucket)];
		if (there?.state !== 'existing') continue;
		const {seen} = there;
		return [
			end,
			{bucket: seen.bucket, region: seen.region, accountId: seen.accountId, profile: seen.profile},
		];
	}

	const [first] = enabled;
	return [
		end,
		{
			...end,
			...(first ? {bucket: bucketOfArn(first.Destination.Bucket)} : {}),
			...(first?.Destination.Account === undefined ? {} : {accountId: first.Destination.Account}),
		},
	];
}

/** What of a run's things is there already: its role, its bucket. */
export async function thingsThere(
	connection: Connection,
	{accountId, region}: BucketReference,
	runId: string,
	signal: AbortSignal,
): Promise<BatchPlanRequest['there']> {
	const roleName = batchRoleName(runId);
	const bucket = {bucket: reportBucketName(accountId, runId), accountId, region};
	const [role, policy, {state}] = await Promise.all([
		connection.roles.get(roleName, signal),
		connection.roles.getPolicy(roleName, batchPolicyName, signal),
		connection.buckets.head(bucket, signal),
	]);
	return {
		hasBucket: state === 'existing',
		...(role ? {role: {arn: role.arn, ...(policy ? {policy} : {})}} : {}),
	};
}

/**
 * The bucket for reports that somebody named: of the source's account and region, and no bucket of the replication. Gives the ARN of the key
 * that it encrypts with, where it is one of KMS. Throws the problem of another one.
 * Source: S3 User Guide, "Tracking job status and completion reports"; "Troubleshooting replication" (not the source bucket).
 */
export async function reportBucketKey(
	name: string,
	connection: Connection,
	{source, destinations}: ObservedReplication,
	signal: AbortSignal,
): Promise<string | undefined> {
	if (name === source.bucket || Object.hasOwn(destinations, name))
		throw new ProblemError(
			unusable(
				name,
				'It is a bucket of this replication: reports there would be replicated, or mixed with replicas.',
			),
		);
	const located = await locateBucket(name, connection, source.region, signal);
	if (located.state !== 'existing')
		throw new ProblemError(
			unusable(name, 'The source’s account has no such bucket, or it may not be looked at.'),
		);
	const {reference} = located;
	if (reference.region !== source.region)
		throw new ProblemError(
			unusable(
				name,
				`It is in ${reference.region}, and reports go to the source’s region, ${source.region}.`,
			),
		);
	const {algorithm, keyId} = await connection.settings.getEncryption(reference, signal);
	if (!algorithm.startsWith('aws:kms')) return undefined;
	if (keyId?.startsWith('arn:')) return keyId;
	const key = await connection.keys.describe({key: keyId ?? 'alias/aws/s3', region: source.region}, signal);
	return key?.arn;
}

/** A role that somebody named has to be there, and to trust S3 Batch Operations. Throws the problem of one that does not. */
export async function throwUnlessTrusting(
	arn: string,
	{roles}: Connection,
	signal: AbortSignal,
): Promise<void> {
	const role = await roles.get(roleNameOf(arn), signal);
	if (role?.arn !== arn)
		throw new ProblemError(
			fixable(
				'role-unusable',
				`Cannot use the role ${arn}`,
				'There is no such role in the account of the source.',
				['Check the ARN, or leave out --role-arn: a role is made then.'],
			),
		);
	if (trustsBatch(role.trust)) return;
	throw new ProblemError({
		...fixable(
			'role-unusable',
			`Cannot use the role ${roleNameOf(arn)}`,
			`Its trust policy does not let ${batchService} assume it.`,
			['Give the role the trust policy below, or leave out --role-arn: a role is made then.'],
		),
		documents: [{title: 'Trust policy', value: trustedBesides(role.trust, batchTrust)}],
	});
}

/** What a yes is given in spite of: lifecycle rules that act on the same objects meanwhile. Source: S3 User Guide, "Replicating existing objects". */
export async function lifecycleNotes(
	ends: ReadonlyArray<{readonly connection: Connection; readonly reference: BucketReference}>,
	filters: readonly RuleFilter[],
	signal: AbortSignal,
): Promise<readonly string[]> {
	const notes = await Promise.all(
		ends.map(async ({connection, reference}) => {
			const {settings} = await connection.settings.getImage(reference, signal);
			const rules = Array.isArray(settings.lifecycle) ? (settings.lifecycle as readonly LifecycleRule[]) : [];
			const acting = lifecycleRulesOn(rules, filters);
			return acting.length === 0
				? []
				: [
						`${reference.bucket} has lifecycle rules on the same objects${namesOf(acting)}: delete markers may arrive before their versions. AWS advises to turn them off until the job is over.`,
					];
		}),
	);
	return notes.flat();
}

function unusable(bucket: string, cause: string): Problem {
	return fixable('report-bucket', `Cannot use ${bucket} for reports`, cause, [
		'Name another one: --report-bucket NAME, or leave it out: a bucket is made then.',
	]);
}

function namesOf(rules: readonly LifecycleRule[]): string {
	const names = rules.flatMap(({ID}) => ID ?? []);
	return names.length === 0
		? ''
		: ` (${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and others' : ''})`;
}
