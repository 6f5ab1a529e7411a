import type {PolicyDocument} from '../../policy/document.js';
import {bucketArn, globalRegion, partitionOfArn, roleArn, roleNameOf} from '../arn.js';
import type {BatchStatus, JobFilter, JobRequest} from '../observed/batch-job.js';
import {bucketBeside, type CreateBucket} from '../operations/create-bucket.js';
import {jobFor} from '../operations/create-job.js';
import {roleBeside} from '../operations/create-role.js';
import type {PlannedEnd} from '../operations/plan-context.js';
import {policyOfRole} from '../operations/put-role-policy.js';
import {folderIn, type ReportFolder} from '../operations/report-folder.js';
import type {Plan} from '../plan/plan.js';
import {
	batchFolder,
	batchPolicyName,
	batchRoleName,
	batchRolePolicy,
	batchTrust,
	reportBucketName,
} from './batch-role.js';
import {jobDescription} from './job-description.js';
import {jobPriceText} from './job-price.js';
import {requestedAgain} from './too-early.js';

/** Which objects somebody wants to be copied. Times in milliseconds since 1970. */
export type WantedObjects = {
	readonly statuses: readonly BatchStatus[];
	readonly prefix?: string;
	readonly createdAfter?: number;
	readonly createdBefore?: number;
	readonly storageClasses?: readonly string[];
	/** A list of one's own in the place of all that. */
	readonly manifest?: {readonly fields: readonly string[]; readonly rows: number; readonly md5: string};
};

/** What a job is planned from. */
export type BatchPlanRequest = {
	/** The run whose names everything gets: this one, or the earlier one that it goes on with. */
	readonly runId: string;
	readonly partition: string;
	readonly source: PlannedEnd;
	/** The first of the destinations; for the plan's head. */
	readonly destination: PlannedEnd;
	readonly wanted: WantedObjects;
	/** The bucket for reports that somebody named; without it the run makes one. */
	readonly reportBucket?: string;
	/** The key that it encrypts with, where it is one of KMS. */
	readonly reportKeyArn?: string;
	/** A role that somebody named; without it the run makes one. */
	readonly roleArn?: string;
	/** What an earlier try has made already. */
	readonly there: {
		readonly hasBucket: boolean;
		readonly role?: {readonly arn: string; readonly policy?: PolicyDocument};
	};
	/** The request that an earlier try has sent, or was about to: it is repeated as it is. */
	readonly earlier?: JobRequest;
	/** The last request of which the run has made a job: the token of another one is another. */
	readonly made?: JobRequest;
	/** What has to be known before a yes, in sentences. */
	readonly notes: readonly string[];
};

/** Higher goes first among the jobs of an account; this is between. */
const priority = 10;

/**
 * What it takes that S3 copies objects that exist already: a bucket for the reports, a role for the job, the job. The job waits for a
 * confirmation once it is prepared. Pure.
 * Source: S3 User Guide, "Replicating existing objects with Batch Replication"; S3 Control API Reference, CreateJob.
 */
export function planBatch(request: BatchPlanRequest): Plan {
	const {source, destination, there, runId, partition, roleArn: given} = request;
	const bucket = bucketFor(request);
	const folder = folderFor(request, bucket);
	const role =
		given === undefined
			? roleBeside(
					{...baseOf(request), target: batchRoleName(runId), region: globalRegion(partition)},
					{
						description: `Lets S3 Batch Operations replicate objects. Created by s3-replicate, run ${runId}.`,
						trust: batchTrust,
					},
					there.role !== undefined,
				)
			: undefined;
	const policy = role && policyOfRole(role, batchPolicyName, policyFor(request, folder), there.role?.policy);
	const before = [folder, ...(role && policy ? [role, policy] : [])];
	const job = jobFor(
		{...baseOf(request), target: source.bucket, requires: before.map(({id}) => id)},
		request.earlier ?? requestFor(request, folder),
		jobNotes(request),
	);
	return {
		schemaVersion: 1,
		mode: source.accountId === destination.accountId ? 'cross-region' : 'cross-account',
		title: `Objects of ${source.bucket} that exist already (${source.region})`,
		source,
		destination,
		roleName: roleNameOf(job.after.RoleArn),
		ruleId: '',
		operations: [...(bucket ? [bucket] : []), ...before, job],
	};
}

function baseOf({source}: BatchPlanRequest) {
	return {side: 'source', account: source.accountId, region: source.region} as const;
}

function reportBucketOf({reportBucket, source, runId}: BatchPlanRequest): string {
	return reportBucket ?? reportBucketName(source.accountId, runId);
}

/** S3 gives new buckets Block Public Access and its own encryption. Source: S3 User Guide, "Default settings for new S3 buckets". */
function bucketFor(request: BatchPlanRequest): CreateBucket | undefined {
	if (request.reportBucket !== undefined) return undefined;
	const place = {...baseOf(request), target: reportBucketOf(request)};
	return bucketBeside(place, 'reports', request.there.hasBucket, [
		'For the job’s reports, never the source: AWS advises against that. An undo deletes it with them.',
	]);
}

function folderFor(request: BatchPlanRequest, bucket: CreateBucket | undefined): ReportFolder {
	const {wanted, runId} = request;
	const prefix = `${batchFolder(runId)}/`;
	const place = {
		...baseOf(request),
		target: reportBucketOf(request),
		requires: bucket ? [bucket.id] : [],
	};
	if (!wanted.manifest) return folderIn(place, {Prefix: prefix});
	const {md5, rows} = wanted.manifest;
	return folderIn(place, {
		Prefix: prefix,
		Manifest: {Key: `${prefix}manifest.csv`, MD5: md5, Rows: rows},
	});
}

function policyFor(
	{partition, source, reportKeyArn}: BatchPlanRequest,
	folder: ReportFolder,
): PolicyDocument {
	return batchRolePolicy({
		partition,
		sourceBucket: source.bucket,
		reportBucket: folder.target,
		reportPrefix: folder.after.Prefix.replace(/\/$/, ''),
		...(folder.after.Manifest ? {manifestKey: folder.after.Manifest.Key} : {}),
		...(reportKeyArn === undefined ? {} : {reportKeyArn}),
	});
}

function jobNotes({earlier, runId, notes}: BatchPlanRequest): readonly string[] {
	return [
		`${jobPriceText}. It waits for your yes once S3 has counted the objects.`,
		...(earlier ? [`Goes on with run ${runId}, which was stopped: with what that asked for.`] : []),
		...notes,
	];
}

function requestFor(request: BatchPlanRequest, folder: ReportFolder): JobRequest {
	const {runId, partition, source, wanted, roleArn: given, there, made} = request;
	const {Manifest: manifest, Prefix} = folder.after;
	const role = given ?? there.role?.arn ?? roleArn(partition, source.accountId, batchRoleName(runId));
	return {
		AccountId: source.accountId,
		Operation: {S3ReplicateObject: {}},
		Report: {
			Enabled: true,
			Bucket: bucketArn(partitionOfArn(role), folder.target),
			Format: 'Report_CSV_20180820',
			Prefix: Prefix.replace(/\/$/, ''),
			ReportScope: 'AllTasks',
		},
		Priority: priority,
		RoleArn: role,
		ConfirmationRequired: true,
		ClientRequestToken: made ? requestedAgain(made).ClientRequestToken : `s3-replicate-${runId}`,
		Description: jobDescription(runId, source.bucket),
		...(manifest && wanted.manifest
			? {
					Manifest: {
						Spec: {Format: 'S3BatchOperations_CSV_20180820', Fields: wanted.manifest.fields},
						Location: {
							ObjectArn: `${bucketArn(partition, folder.target)}/${manifest.Key}`,
							ETag: manifest.MD5,
						},
					},
				}
			: {
					ManifestGenerator: {
						S3JobManifestGenerator: {
							SourceBucket: bucketArn(partition, source.bucket),
							ExpectedBucketOwner: source.accountId,
							EnableManifestOutput: false,
							Filter: filterOf(wanted),
						},
					},
				}),
	};
}

function filterOf(wanted: WantedObjects): JobFilter {
	const {statuses, prefix, createdAfter, createdBefore, storageClasses = []} = wanted;
	return {
		EligibleForReplication: true,
		ObjectReplicationStatuses: statuses,
		...(createdAfter === undefined ? {} : {CreatedAfter: new Date(createdAfter).toISOString()}),
		...(createdBefore === undefined ? {} : {CreatedBefore: new Date(createdBefore).toISOString()}),
		...(prefix === undefined ? {} : {KeyNameConstraint: {MatchAnyPrefix: [prefix]}}),
		...(storageClasses.length === 0 ? {} : {MatchAnyStorageClass: storageClasses}),
	};
}
