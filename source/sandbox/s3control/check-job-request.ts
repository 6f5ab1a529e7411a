import {
	type CreateJobRequest,
	type JobManifest,
	type JobReport,
	type KeyNameConstraint,
} from '@aws-sdk/client-s3-control';
import {controlError} from './errors.js';

const maxTokenLength = 64;
const maxDescriptionLength = 256;
const maxPriority = 2 ** 31 - 1;
const statuses = ['NONE', 'FAILED', 'COMPLETED', 'REPLICA'];

/**
 * Throws what S3 Control answers to a request that cannot be a job (S3 Control API reference, CreateJob; which words stand for
 * what: guessed). Operations beside S3ReplicateObject are none of the sandbox's.
 */
export function checkJobRequest(request: CreateJobRequest): void {
	const refuse = (message: string): never => {
		throw controlError('BadRequestException', message);
	};
	const {Operation, Report, ClientRequestToken: token, Priority: priority, RoleArn, Manifest} = request;
	if (Operation === undefined || Object.keys(Operation).length !== 1) refuse('A job has one operation.');
	if (Operation?.S3ReplicateObject === undefined) {
		throw controlError(
			'NotImplemented',
			`The sandbox does not implement jobs of ${Object.keys(Operation ?? {}).join(', ')}.`,
		);
	}
	if (token === undefined || token === '' || token.length > maxTokenLength) {
		refuse(`ClientRequestToken must have 1 to ${maxTokenLength} characters.`);
	}
	if (priority === undefined || priority < 0 || priority > maxPriority) {
		refuse(`Priority must be between 0 and ${maxPriority}.`);
	}
	if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(RoleArn ?? '')) refuse('RoleArn must be the ARN of a role.');
	if ((request.Description?.length ?? 0) > maxDescriptionLength) {
		refuse(`Description must have at most ${maxDescriptionLength} characters.`);
	}
	const generator = request.ManifestGenerator?.S3JobManifestGenerator;
	if ((Manifest === undefined) === (generator === undefined)) {
		refuse('A job has either a manifest or a manifest generator.');
	}
	if (Manifest !== undefined) checkManifest(Manifest, refuse);
	const filter = generator?.Filter;
	if (filter?.ObjectReplicationStatuses?.some((status) => !statuses.includes(status))) {
		refuse(`ObjectReplicationStatuses must be of ${statuses.join(', ')}.`);
	}
	if (textsOf(filter?.KeyNameConstraint).some((texts) => texts.length > 1)) {
		refuse('A list of KeyNameConstraint takes one string.');
	}
	if (
		generator !== undefined &&
		generator.EnableManifestOutput === true &&
		!generator.ManifestOutputLocation
	) {
		refuse('ManifestOutputLocation is required where EnableManifestOutput is true.');
	}
	const format = generator?.ManifestOutputLocation?.ManifestFormat;
	if (format !== undefined && format !== 'S3InventoryReport_CSV_20211130') {
		refuse('ManifestFormat must be S3InventoryReport_CSV_20211130.');
	}
	checkReport(Report, refuse);
}

function textsOf(names: KeyNameConstraint = {}): ReadonlyArray<readonly string[]> {
	return [names.MatchAnyPrefix ?? [], names.MatchAnySuffix ?? [], names.MatchAnySubstring ?? []];
}

type Refuse = (message: string) => never;

function checkManifest({Spec, Location}: JobManifest, refuse: Refuse): void {
	if (Spec?.Format !== 'S3BatchOperations_CSV_20180820') {
		throw controlError(
			'NotImplemented',
			`The sandbox does not implement manifests of ${Spec?.Format ?? ''}.`,
		);
	}
	const fields: readonly string[] = Spec.Fields ?? [];
	if (!fields.includes('Bucket') || !fields.includes('Key'))
		refuse('A manifest needs the fields Bucket and Key.');
	if (fields.some((field) => !['Bucket', 'Key', 'VersionId', 'Ignore'].includes(field))) {
		refuse('The fields of a manifest are Bucket, Key, VersionId and Ignore.');
	}
	if (!Location?.ETag || !/^arn:[^:]+:s3:::[^/]+\/.+$/.test(Location.ObjectArn ?? '')) {
		refuse('A manifest needs the ARN and the ETag of an object.');
	}
}

function checkReport(report: JobReport | undefined, refuse: Refuse): void {
	if (report?.Enabled === undefined) return refuse('Report is required.');
	if (!report.Enabled) return;
	if (!/^arn:[^:]+:s3:::[^/]+$/.test(report.Bucket ?? '')) refuse('A report needs the ARN of a bucket.');
	if (report.Format !== 'Report_CSV_20180820') refuse('A report has the format Report_CSV_20180820.');
	if (report.ReportScope !== 'AllTasks' && report.ReportScope !== 'FailedTasksOnly') {
		refuse('A report is about AllTasks or FailedTasksOnly.');
	}
}
