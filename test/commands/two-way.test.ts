import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	HeadObjectCommand,
	ListObjectVersionsCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import {CreateRoleCommand, ListRolesCommand} from '@aws-sdk/client-iam';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {createVersioned, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {until} from '../support/until.js';
import {awsFiles, runProgram, temporaryFolder} from '../support/program.js';
import {sampled} from '../support/sampled.js';

let one: OpenSandbox;
let env: Record<string, string>;
const all = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]};

beforeEach(async () => {
	one = await openSandbox();
	const keys = [
		['here', one.sandbox.addUser({accountId: '111122223333', userName: 'here', policy: all})],
		['there', one.sandbox.addUser({accountId: '444455556666', userName: 'there', policy: all})],
	] as const;
	env = {
		AWS_ENDPOINT_URL: one.sandbox.endpointUrl,
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
		...(await awsFiles({
			config: '[profile here]\nregion = us-east-1\n[profile there]\nregion = us-west-2\n',
			credentials: keys
				.map(
					([name, {accessKeyId, secretAccessKey}]) =>
						`[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
				)
				.join(''),
		})),
	};
});
afterEach(async () => one.close());

const modes = ['cross-region', 'cross-account'] as const;

const run = async (command: string, mode: Mode, ...more: readonly string[]) => {
	const {sourceBucket, sourceRegion, destinationBucket, destinationRegion} = tutorialNames(mode);
	return runProgram(
		[
			...[command, '--mode', mode, '--source-profile', 'here'],
			...['--destination-profile', {'cross-region': 'here', 'cross-account': 'there'}[mode]],
			...['--source-bucket', sourceBucket, '--source-region', sourceRegion],
			...['--destination-bucket', destinationBucket, '--destination-region', destinationRegion],
			...['--two-way', ...more],
		],
		{env},
	);
};

/** The clients that see each bucket of a tutorial. */
const clientsOf = (mode: Mode) => ({
	inSource: one.s3('source', 'us-east-1'),
	inDestination: one.s3(
		({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode],
		'us-west-2',
	),
});

const operationsOf = (events: ReadonlyArray<{readonly type: string}>) =>
	(events.find(({type}) => type === 'plan-made') as unknown as {operations: Array<Record<string, unknown>>})
		.operations;

const shared = [
	'create-bucket:source',
	'create-bucket:destination',
	'enable-versioning:source',
	'enable-versioning:destination',
];
/** One role serves both ways within one account; across accounts each side has its own, and a bucket policy lets it in. */
const thereOf = {
	'cross-region': [...shared, 'create-role', 'put-role-policy', 'put-replication'],
	'cross-account': [...shared, 'create-role', 'put-role-policy', 'put-bucket-policy', 'put-replication'],
};
const backOf = {
	'cross-region': ['put-role-policy:back', 'put-replication:back'],
	'cross-account': [
		'create-role:back',
		'put-role-policy:back',
		'put-bucket-policy:back',
		'put-replication:back',
	],
};

// Two rules, one a bucket: S3 User Guide, "Replicating metadata changes with replica modification sync" (documented).
it.each(sampled('two-way modes', modes, 10))(
	'--two-way sets up both directions of %s, keeps all at a second run, and undo takes both back',
	async (mode) => {
		const {sourceBucket, destinationBucket} = tutorialNames(mode);
		const applied = await run('apply', mode, '--yes', '--json', '--prefix', 'logs/', '--tag', 'team=a');
		expect(applied.exitCode, applied.stdout + applied.stderr).toBe(0);
		const planned = operationsOf(applied.events());
		expect(planned.every(({change}) => change === 'create')).toBe(true);
		expect(planned.filter(({direction}) => direction === undefined).map(({id}) => id)).toEqual(thereOf[mode]);
		expect(planned.filter(({direction}) => direction === 'back').map(({id}) => id)).toEqual(backOf[mode]);

		const {inSource, inDestination} = clientsOf(mode);
		const ends = [
			[inSource, sourceBucket, destinationBucket, ''],
			[inDestination, destinationBucket, sourceBucket, '-back'],
		] as const;
		for (const [s3, bucket, other, suffix] of ends) {
			const {ReplicationConfiguration: configuration} = await s3.send(
				new GetBucketReplicationCommand({Bucket: bucket}),
			);
			expect(configuration?.Rules).toHaveLength(1);
			expect(configuration?.Rules?.[0]).toMatchObject({
				ID: `${mode}-rule${suffix}`,
				Filter: {And: {Prefix: 'logs/', Tags: [{Key: 'team', Value: 'a'}]}},
				SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}},
				Destination: {Bucket: `arn:aws:s3:::${other}`},
			});
		}

		// Documented: S3 User Guide, "What does Amazon S3 replicate?": objects that are replicas themselves are not replicated.
		for (const [s3, bucket] of ends) {
			const put = (key: string, tags: string) =>
				s3.send(new PutObjectCommand({Bucket: bucket, Key: key, Body: bucket, Tagging: tags}));
			await put(`logs/from-${bucket}`, 'team=a');
			await put(`logs/untagged-${bucket}`, '');
			await put(`elsewhere-${bucket}`, 'team=a');
		}

		for (const [s3, bucket, other] of ends) {
			const stored = async () => {
				const {Versions: versions = []} = await s3.send(new ListObjectVersionsCommand({Bucket: bucket}));
				return versions.map(({Key: key}) => key).sort();
			};

			await expect
				.poll(stored, {timeout: 20_000})
				.toEqual(
					[
						`elsewhere-${bucket}`,
						`logs/from-${bucket}`,
						`logs/from-${other}`,
						`logs/untagged-${bucket}`,
					].sort(),
				);
			const {ReplicationStatus: status} = await s3.send(
				new HeadObjectCommand({Bucket: bucket, Key: `logs/from-${other}`}),
			);
			expect(status).toBe('REPLICA');
		}

		const again = await run('plan', mode, '--json', '--prefix', 'logs/', '--tag', 'team=a');
		expect(again.exitCode, again.stderr).toBe(0);
		expect(new Set(operationsOf(again.events()).map(({change}) => change))).toEqual(new Set(['keep']));

		const undone = await runProgram(['undo', '--yes', '--json'], {env});
		expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
		for (const [s3, bucket] of ends) {
			expect(await nameOf(s3.send(new GetBucketReplicationCommand({Bucket: bucket})))).toBe(
				'ReplicationConfigurationNotFoundError',
			);
			expect(await nameOf(s3.send(new GetBucketPolicyCommand({Bucket: bucket})))).toBe('NoSuchBucketPolicy');
		}

		for (const who of ['source', 'destination'] as const) {
			const {Roles: roles = []} = await one.iamOf(who).send(new ListRolesCommand({}));
			expect(roles.map(({RoleName: name}) => name)).toEqual([]);
		}
	},
);

const nameOf = async (call: Promise<unknown>): Promise<string> =>
	call.then(
		() => 'it is there',
		(error: unknown) => (error as Error).name,
	);

// Documented: S3 API Reference, ReplicationConfiguration: one role serves all rules of a bucket.
it.each(sampled('two-way takeovers', modes, 10))(
	'--two-way with a role of another name serves the rules of others in the destination bucket of %s, and undo gives them their role back',
	async (mode) => {
		const {sourceBucket, destinationBucket} = tutorialNames(mode);
		const {inSource, inDestination} = clientsOf(mode);
		const iam = one.iamOf(({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode]);
		for (const bucket of [destinationBucket, 'third-bucket']) await createVersioned(inDestination, bucket);
		const {Role: role} = await iam.send(
			new CreateRoleCommand({RoleName: 'theirs', AssumeRolePolicyDocument: trustOfS3}),
		);
		const theirs: ReplicationRule = {
			ID: 'theirs',
			Priority: 1,
			Status: 'Enabled',
			Filter: {Prefix: 'theirs/'},
			DeleteMarkerReplication: {Status: 'Disabled'},
			Destination: {Bucket: 'arn:aws:s3:::third-bucket'},
		};
		await inDestination.send(
			new PutBucketReplicationCommand({
				Bucket: destinationBucket,
				ReplicationConfiguration: {Role: role?.Arn, Rules: [theirs]},
			}),
		);
		const rules = async () =>
			(await inDestination.send(new GetBucketReplicationCommand({Bucket: destinationBucket})))
				.ReplicationConfiguration;
		const before = await rules();

		const applied = await run('apply', mode, '--yes', '--json', '--role-name', 'mine');

		expect(applied.exitCode, applied.stdout + applied.stderr).toBe(0);
		expect(await rules()).toMatchObject({
			Role: expect.stringMatching({'cross-region': /role\/mine$/, 'cross-account': /role\/mine-back$/}[mode]),
			Rules: expect.arrayContaining([expect.objectContaining(theirs)]) as unknown,
		});
		for (const Key of ['theirs/one', 'ours'])
			await inDestination.send(new PutObjectCommand({Bucket: destinationBucket, Key, Body: 'x'}));
		const isThere = (client: S3Client, Bucket: string, Key: string) => async () =>
			client.send(new HeadObjectCommand({Bucket, Key})).catch(() => undefined);
		await until(isThere(inDestination, 'third-bucket', 'theirs/one'));
		await until(isThere(inSource, sourceBucket, 'ours'));

		const undone = await runProgram(['undo', '--yes', '--json'], {env});

		expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
		expect(await rules()).toEqual(before);
	},
);

it('refuses a way back whose rule name somebody has, before anything is written', async () => {
	const mode = 'cross-region';
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	await run('apply', mode, '--yes', '--json');
	const {inDestination} = clientsOf(mode);
	const {ReplicationConfiguration: mine} = await inDestination.send(
		new GetBucketReplicationCommand({Bucket: destinationBucket}),
	);
	const [rule] = mine?.Rules ?? [];
	await inDestination.send(new CreateBucketCommand({Bucket: 'somebodys-bucket'}));
	await inDestination.send(
		new PutBucketVersioningCommand({
			Bucket: 'somebodys-bucket',
			VersioningConfiguration: {Status: 'Enabled'},
		}),
	);
	await inDestination.send(
		new PutBucketReplicationCommand({
			Bucket: destinationBucket,
			ReplicationConfiguration: {
				Role: mine?.Role,
				Rules: [{...(rule as ReplicationRule), Destination: {Bucket: 'arn:aws:s3:::somebodys-bucket'}}],
			},
		}),
	);
	const refused = await run('apply', mode, '--yes', '--json', '--rule-id', 'cross-region-rule');
	expect(refused.exitCode).toBe(1);
	expect(refused.stdout).toContain('rule-taken');
	expect(refused.stdout).toContain('cross-region-rule-back');
	expect(sourceBucket).not.toBe(destinationBucket);
});

it.each([
	[
		'a key of another region',
		['--two-way', '--back-kms-key', 'arn:aws:kms:eu-west-1:111122223333:key/1'],
		'kms-key-of-another-region',
	],
	['the key of the way back in the way there only', ['--back-kms-key', 'alias/k'], 'way-back-not-asked'],
	[
		'the role of the way back in the way there only',
		['--back-role-arn', 'arn:aws:iam::111122223333:role/r'],
		'way-back-not-asked',
	],
] as const)('refuses %s at once', async (_what, more, code) => {
	const {sourceBucket, sourceRegion, destinationBucket, destinationRegion} = tutorialNames('cross-region');
	const result = await runProgram(
		[
			...['plan', '--json', '--mode', 'cross-region', '--source-profile', 'here'],
			...['--source-bucket', sourceBucket, '--source-region', sourceRegion],
			...['--destination-bucket', destinationBucket, '--destination-region', destinationRegion],
			...more,
		],
		{env},
	);
	expect(result.exitCode).toBe(2);
	expect(result.stdout).toContain(code);
});
