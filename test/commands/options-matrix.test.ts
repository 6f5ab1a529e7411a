import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	GetBucketReplicationCommand,
	HeadObjectCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {rolePolicy, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {temporaryFolder} from '../support/program.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';
import {tutorialArgs} from '../support/tutorial-args.js';

type Beside = 'nothing' | 'V2' | 'V1';
type Cell = {
	readonly option: readonly string[];
	readonly mode: Mode;
	readonly beside: Beside;
	/** What becomes of an object that no filter of the table takes, or the code of a refusal. */
	readonly other: string;
	/** What the replica has. */
	readonly replica?: object;
};

/**
 * Written down beforehand. Sources (documented): S3 User Guide, "Replication configuration file elements" (filters, storage class, priority),
 * "Meeting compliance requirements with S3 Replication Time Control", "Replicating metadata changes with replica modification sync", "Changing
 * the replica owner" (across accounts only: the refusal in one account is this program's own).
 */
const options: ReadonlyArray<Omit<Cell, 'mode' | 'beside'>> = [
	{option: [], other: 'arrives'},
	{option: ['--prefix', 'logs/'], other: 'stays'},
	{option: ['--tag', 'team=a'], other: 'stays'},
	{option: ['--prefix', 'logs/', '--tag', 'team=a'], other: 'stays'},
	{option: ['--storage-class', 'GLACIER_IR'], other: 'arrives', replica: {StorageClass: 'GLACIER_IR'}},
	{option: ['--delete-markers'], other: 'arrives'},
	{option: ['--replication-time-control'], other: 'arrives'},
	{option: ['--metrics'], other: 'arrives'},
	{option: ['--priority', '7'], other: 'arrives'},
	{option: ['--replica-modifications'], other: 'arrives'},
	{option: ['--owner-override'], other: 'arrives'},
	{option: ['--delete-markers', '--tag', 'team=a'], other: 'delete-markers-with-tags'},
];

const cells = options.flatMap((row) =>
	(['cross-region', 'cross-account'] as const).flatMap((mode) =>
		(['nothing', 'V2', 'V1'] as const).map((beside): Cell => ({
			...row,
			mode,
			beside,
			other:
				row.option.includes('--owner-override') && mode === 'cross-region'
					? 'owner-override-in-one-account'
					: row.other,
		})),
	),
);
const isRefused = ({other}: Cell): boolean => other !== 'arrives' && other !== 'stays';

const theirV2: readonly ReplicationRule[] = [
	{
		ID: 'theirs',
		Priority: 1,
		Status: 'Enabled',
		Filter: {Prefix: 'theirs/'},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {Bucket: 'arn:aws:s3:::third-bucket'},
	},
];
const theirV1: readonly ReplicationRule[] = [
	{ID: 'theirs', Prefix: 'theirs/', Status: 'Enabled', Destination: {Bucket: 'arn:aws:s3:::third-bucket'}},
];

let one: OpenSandbox;
let env: Record<string, string>;
let home: string;

beforeEach(async () => {
	one = await openSandbox();
	home = await temporaryFolder();
	env = {
		AWS_ENDPOINT_URL: one.sandbox.endpointUrl,
		AWS_CONFIG_FILE: one.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: one.sandbox.credentialsFile,
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
	};
});
afterEach(async () => one.close());

const versioned = async (s3: S3Client, bucket: string): Promise<void> => {
	await s3.send(new CreateBucketCommand({Bucket: bucket}));
	await s3.send(
		new PutBucketVersioningCommand({Bucket: bucket, VersioningConfiguration: {Status: 'Enabled'}}),
	);
};

/** Somebody else's rule of the source bucket, with their role. */
const putTheirs = async (source: string, rules: readonly ReplicationRule[]): Promise<void> => {
	await versioned(one.source, source);
	await versioned(one.source, 'third-bucket');
	await one.iam.send(new CreateRoleCommand({RoleName: 'theirs', AssumeRolePolicyDocument: trustOfS3}));
	await one.iam.send(
		new PutRolePolicyCommand({
			RoleName: 'theirs',
			PolicyName: 'theirs',
			PolicyDocument: rolePolicy(source, 'third-bucket'),
		}),
	);
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: 'arn:aws:iam::111122223333:role/theirs', Rules: [...rules]},
		}),
	);
};

/** What is there before. */
const place: Readonly<Record<Beside, (source: string) => Promise<void>>> = {
	nothing: async () => undefined,
	V2: async (source) => putTheirs(source, theirV2),
	V1: async (source) => putTheirs(source, theirV1),
};

const rulesOf = async (bucket: string): Promise<unknown> =>
	one.source.send(new GetBucketReplicationCommand({Bucket: bucket})).then(
		({ReplicationConfiguration: configuration}) => configuration,
		(error: Error) => error.name,
	);

const run = async (...args: readonly string[]) => {
	const {stdout, stderr, exitCode} = await runHere(
		[...args, '--json', ...(args[0] === 'plan' ? [] : ['--yes'])],
		{env, home},
	);
	const events = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	return {events, exitCode, said: stdout + stderr};
};

it.each(sampled('refused options', cells.filter(isRefused)))(
	'$option in $mode beside $beside is refused: $other',
	async ({option, mode, beside, other}) => {
		const {sourceBucket} = tutorialNames(mode);
		await place[beside](sourceBucket);
		const before = await rulesOf(sourceBucket);
		const {events, exitCode} = await run('apply', ...tutorialArgs(mode), ...option);

		expect(exitCode).not.toBe(0);
		expect(events.at(-1)).toMatchObject({outcome: 'failed', problem: {code: other}});
		expect(await rulesOf(sourceBucket)).toEqual(before);
	},
);

const set = cells.filter((cell) => !isRefused(cell));
const besides = set.filter(({beside}) => beside !== 'nothing');
const alone = set.filter(({beside}) => beside === 'nothing');

/** Sets up, sends files, looks again, and undoes. */
const proved = async ({option, mode, other, replica = {}}: Cell): Promise<void> => {
	const {sourceBucket: source, destinationBucket: destination} = tutorialNames(mode);
	const before = await rulesOf(source);
	const applied = await run('apply', ...tutorialArgs(mode), ...option);
	expect(applied.exitCode, applied.said).toBe(0);

	const there = one.s3(
		({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode],
		'us-west-2',
	);
	await one.source.send(
		new PutObjectCommand({Bucket: source, Key: 'logs/taken', Tagging: 'team=a', Body: 'x'}),
	);
	await one.source.send(new PutObjectCommand({Bucket: source, Key: 'else/other', Body: 'x'}));
	await vi.waitFor(
		async () =>
			expect(await there.send(new HeadObjectCommand({Bucket: destination, Key: 'logs/taken'}))).toMatchObject(
				{ReplicationStatus: 'REPLICA', ...replica},
			),
		{timeout: 20_000},
	);
	const status = {arrives: 'COMPLETED', stays: undefined}[other];
	await vi.waitFor(
		async () =>
			expect(
				(await one.source.send(new HeadObjectCommand({Bucket: source, Key: 'else/other'}))).ReplicationStatus,
			).toBe(status),
		{timeout: 20_000},
	);

	const again = await run('plan', ...tutorialArgs(mode), ...option);
	const planned = again.events.find(({type}) => type === 'plan-made') as {
		operations: Array<{change: string}>;
	};
	expect(new Set(planned.operations.map(({change}) => change))).toEqual(new Set(['keep']));
	const undone = await run('undo');
	expect(undone.exitCode, undone.said).toBe(0);
	expect(await rulesOf(source)).toEqual(
		before === 'NoSuchBucket' ? 'ReplicationConfigurationNotFoundError' : before,
	);
};

it.each(sampled('options alone', alone))('$option in $mode: what it takes arrives, the rest $other', proved);

it.each(sampled('options beside others', besides))(
	'$option in $mode beside $beside: what it takes arrives, the rest $other',
	async (cell) => {
		await place[cell.beside](tutorialNames(cell.mode).sourceBucket);
		await proved(cell);
	},
);
