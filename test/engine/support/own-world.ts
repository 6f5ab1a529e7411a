import {
	DeleteRoleCommand,
	DeleteRolePolicyCommand,
	ListRolePoliciesCommand,
	ListRolesCommand,
} from '@aws-sdk/client-iam';
import {
	AbortMultipartUploadCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	ListBucketsCommand,
	ListMultipartUploadsCommand,
	ListObjectVersionsCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import type {RecordLine, RunHeader} from '../../../source/domain/record/run-record.js';
import {tutorialNames} from '../../../source/domain/answers/tutorial.js';
import {memoryRecords} from '../../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../../source/engine/record/record-store.js';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {destinationOf} from '../../support/inhabited-world.js';
import type {Tried, TriedWorld} from '../../support/tried-world.js';

export const mode = 'cross-region';
/** The first is in us-east-1, the second in us-west-2, both of one account. */
export const {sourceBucket, destinationBucket} = tutorialNames(mode);

const elsewhere: ReadonlySet<string> = new Set([destinationBucket, 'logs-west']);

/** The client of a bucket's region. */
export const clientOf = (one: OpenSandbox, bucket: string): S3Client =>
	elsewhere.has(bucket) ? destinationOf(one, mode) : one.source;

export async function bucketsOf(one: OpenSandbox): Promise<readonly string[]> {
	const {Buckets: found = []} = await one.source.send(new ListBucketsCommand({}));
	return found.map(({Name = ''}) => Name);
}

export async function rolesOf(one: OpenSandbox): Promise<readonly string[]> {
	const {Roles: found = []} = await one.iam.send(new ListRolesCommand({}));
	return found.map(({RoleName = ''}) => RoleName);
}

/** Deletes a bucket with whatever is in it. */
export async function deleteWhole(one: OpenSandbox, Bucket: string): Promise<void> {
	const client = clientOf(one, Bucket);
	const {Uploads = []} = await client.send(new ListMultipartUploadsCommand({Bucket}));
	for (const {Key, UploadId} of Uploads)
		await client.send(new AbortMultipartUploadCommand({Bucket, Key, UploadId}));
	const {Versions = [], DeleteMarkers = []} = await client.send(new ListObjectVersionsCommand({Bucket}));
	for (const {Key, VersionId} of [...Versions, ...DeleteMarkers])
		await client.send(new DeleteObjectCommand({Bucket, Key, VersionId}));
	await client.send(new DeleteBucketCommand({Bucket}));
}

export async function deleteRoleWhole({iam}: OpenSandbox, RoleName: string): Promise<void> {
	const {PolicyNames = []} = await iam.send(new ListRolePoliciesCommand({RoleName}));
	for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
	await iam.send(new DeleteRoleCommand({RoleName}));
}

/** So that the next run begins with nothing. */
export async function deleteEverything(one: OpenSandbox): Promise<void> {
	for (const bucket of await bucketsOf(one)) await deleteWhole(one, bucket);
	for (const role of await rolesOf(one)) await deleteRoleWhole(one, role);
}

/** Records whose lines can be read as they were written. */
export function readableRecords(): {
	readonly records: RecordStore;
	readonly lines: () => readonly RecordLine[];
} {
	const inner = memoryRecords();
	const lines: RecordLine[] = [];
	return {
		records: {
			...inner,
			async create(header) {
				lines.push(header);
				const writer = await inner.create(header);
				return {
					async append(line) {
						lines.push(line);
						await writer.append(line);
					},
				};
			},
		},
		lines: () => lines,
	};
}

/** Records with these lines, those of the oldest run first. */
export async function recordsWith(...runs: ReadonlyArray<readonly RecordLine[]>): Promise<RecordStore> {
	const records = memoryRecords();
	for (const [header, ...lines] of runs) {
		const writer = await records.create(header as RunHeader);
		for (const line of lines) await writer.append(line);
	}

	return records;
}

/** A run that ended well, and its record. */
export async function ranWell(world: TriedWorld, fileCount = 0): Promise<ReturnType<typeof readableRecords>> {
	const readable = readableRecords();
	const {outcome, problem} = await world.run({records: readable.records, fileCount});
	if (outcome !== 'succeeded') throw new Error(`The run ended as ${outcome}: ${problem?.headline}`);
	return readable;
}

/** Why an undo has kept something, as its plan said in JSON; `undefined`: it was not kept, `null`: for no reason. */
export function reasonOf({said}: Tried, id: string): unknown {
	const line = said.find((text) => text.startsWith('{"type":"undo-planned"'));
	const {plan} = JSON.parse(line ?? '{}') as {
		readonly plan: {
			readonly steps: ReadonlyArray<{
				readonly operation: {readonly id: string};
				readonly reason?: {readonly text: string};
			}>;
		};
	};
	return plan.steps.find(({operation}) => operation.id === id)?.reason?.text;
}
