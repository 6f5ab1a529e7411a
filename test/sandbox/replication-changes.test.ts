import {
	CompleteMultipartUploadCommand,
	CreateMultipartUploadCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	DeleteObjectTaggingCommand,
	GetObjectRetentionCommand,
	GetObjectTaggingCommand,
	HeadObjectCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketRequestPaymentCommand,
	PutObjectCommand,
	PutObjectLegalHoldCommand,
	PutObjectLockConfigurationCommand,
	PutObjectRetentionCommand,
	PutObjectTaggingCommand,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {until} from '../support/until.js';
import {openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {
	destinationPolicy,
	finalStatusOf,
	type Pair,
	type PairOptions,
	policyOf,
	put,
	rolePolicy,
	setUpPair,
	statusOf,
} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(() => open.close());

const key = 'k';
const later = new Date(Date.now() + 3_600_000);
const entriesOf = (versionId: string) =>
	open.sandbox.replications.filter((entry) => entry.versionId === versionId);

const setRole = (pair: Pair, missing: readonly string[], more: readonly object[] = []) =>
	open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'replication',
			PolicyDocument: JSON.stringify({
				Version: '2012-10-17',
				Statement: [
					...(JSON.parse(rolePolicy(pair.source, pair.destination, missing)) as {Statement: object[]})
						.Statement,
					...more,
				],
			}),
		}),
	);

const allowLockReads = (pair: Pair, actions = ['s3:GetObjectRetention', 's3:GetObjectLegalHold']) =>
	setRole(pair, [], [{Effect: 'Allow', Action: actions, Resource: `arn:aws:s3:::${pair.source}/*`}]);

const lock = (client: OpenSandbox['source'], bucket: string) =>
	client.send(
		new PutObjectLockConfigurationCommand({
			Bucket: bucket,
			ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
		}),
	);
const lockBoth = async (pair: Pair) => {
	await lock(open.source, pair.source);
	await lock(pair.destinationClient, pair.destination);
};
const denyAtDestination = (pair: Pair, action: string) =>
	pair.destinationClient.send(
		new PutBucketPolicyCommand({
			Bucket: pair.destination,
			Policy: policyOf([
				{Effect: 'Deny', Principal: '*', Action: action, Resource: `arn:aws:s3:::${pair.destination}/*`},
			]),
		}),
	);

const putWith = async (pair: Pair, more: object): Promise<string> => {
	const {VersionId = ''} = await open.source.send(
		new PutObjectCommand({Bucket: pair.source, Key: key, Body: 'x', ...more}),
	);
	return VersionId;
};
const putParts = async (pair: Pair): Promise<string> => {
	const input = {Bucket: pair.source, Key: key};
	const {UploadId} = await open.source.send(new CreateMultipartUploadCommand(input));
	const upload = (PartNumber: number, Body: Buffer) =>
		open.source.send(new UploadPartCommand({...input, UploadId, PartNumber, Body}));
	const [one, two] = [await upload(1, Buffer.alloc(5 * 1024 * 1024)), await upload(2, Buffer.alloc(1))];
	const Parts = [one, two].map(({ETag}, index) => ({ETag, PartNumber: index + 1}));
	const {VersionId = ''} = await open.source.send(
		new CompleteMultipartUploadCommand({...input, UploadId, MultipartUpload: {Parts}}),
	);
	return VersionId;
};

type Broken = {
	readonly broken: string;
	readonly setUp?: PairOptions;
	/** Makes ready what works. */
	readonly prepare?: (pair: Pair) => Promise<unknown>;
	readonly breakIt: (pair: Pair) => Promise<unknown>;
	readonly write: (pair: Pair) => Promise<string>;
	readonly reason: string;
};

const owner = (bucket: string) => [
	ruleTo(bucket, {
		Destination: {
			Bucket: `arn:aws:s3:::${bucket}`,
			Account: '444455556666',
			AccessControlTranslation: {Owner: 'Destination'},
		},
	}),
];

const lockedPair = async (pair: Pair) => {
	await lockBoth(pair);
	await allowLockReads(pair);
};
const onHold = (pair: Pair) => putWith(pair, {ObjectLockLegalHoldStatus: 'ON'});
const retained = (pair: Pair) =>
	putWith(pair, {ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: later});
const overriding = async (pair: Pair) => {
	await pair.destinationClient.send(
		new PutBucketOwnershipControlsCommand({
			Bucket: pair.destination,
			OwnershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerPreferred'}]},
		}),
	);
	const action = 's3:ObjectOwnerOverrideToBucketOwner';
	const statement = {Effect: 'Allow', Action: action, Resource: `arn:aws:s3:::${pair.destination}/*`};
	await setRole(pair, [], [statement]);
	const documented = JSON.parse(destinationPolicy(pair.roleArn, pair.destination)) as {Statement: object[]};
	await pair.destinationClient.send(
		new PutBucketPolicyCommand({
			Bucket: pair.destination,
			Policy: JSON.stringify({
				...documented,
				Statement: [...documented.Statement, {...statement, Principal: {AWS: pair.roleArn}}],
			}),
		}),
	);
};

const brokenWrites: readonly Broken[] = [
	{
		broken: 'the destination is gone',
		breakIt: (pair) => pair.destinationClient.send(new DeleteBucketCommand({Bucket: pair.destination})),
		write: (pair) => putWith(pair, {}),
		reason: 'DstBucketNotFound',
	},
	{
		broken: 'the destination has no Object Lock',
		prepare: allowLockReads,
		breakIt: (pair) => lock(open.source, pair.source),
		write: (pair) => putWith(pair, {}),
		reason: 'DstBucketObjectLockConfigMissing',
	},
	{
		broken: 'the role may not read the retention',
		prepare: lockedPair,
		breakIt: (pair) => allowLockReads(pair, ['s3:GetObjectLegalHold']),
		write: retained,
		reason: 'SrcGetRetentionNotPermitted',
	},
	{
		broken: 'the role may not read the legal hold',
		prepare: lockedPair,
		breakIt: (pair) => allowLockReads(pair, ['s3:GetObjectRetention']),
		write: onHold,
		reason: 'SrcGetLegalHoldNotPermitted',
	},
	{
		broken: 'the destination refuses retention',
		prepare: lockedPair,
		breakIt: (pair) => denyAtDestination(pair, 's3:PutObjectRetention'),
		write: retained,
		reason: 'DstPutRetentionNotPermitted',
	},
	{
		broken: 'the destination refuses legal holds',
		prepare: lockedPair,
		breakIt: (pair) => denyAtDestination(pair, 's3:PutObjectLegalHold'),
		write: onHold,
		reason: 'DstPutLegalHoldNotPermitted',
	},
	{
		broken: 'the destination refuses tags',
		breakIt: (pair) => denyAtDestination(pair, 's3:ReplicateTags'),
		write: (pair) => putWith(pair, {Tagging: 'a=b'}),
		reason: 'DstPutTaggingNotPermitted',
	},
	{
		broken: 'the role may not write a large object',
		breakIt: (pair) => setRole(pair, ['s3:ReplicateObject']),
		write: putParts,
		reason: 'DstMultipartInitNotPermitted',
	},
	{
		broken: 'the role may not override the owner',
		setUp: {isCrossAccount: true, rules: owner},
		prepare: overriding,
		breakIt: (pair) => setRole(pair, []),
		write: (pair) => putWith(pair, {}),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the requester has to pay at another account',
		setUp: {isCrossAccount: true},
		breakIt: (pair) =>
			pair.destinationClient.send(
				new PutBucketRequestPaymentCommand({
					Bucket: pair.destination,
					RequestPaymentConfiguration: {Payer: 'Requester'},
				}),
			),
		write: (pair) => putWith(pair, {}),
		reason: 'DstPutObjectNotPermitted',
	},
];

describe('a write fails for one thing that is broken, and did not before', () => {
	// Reasons: S3 User Guide, replication-metrics-events; what needs which permission: replication-change-owner,
	// setting-repl-config-perm-overview, replication-requirements.
	it.each(brokenWrites)('$broken: $reason', async ({setUp, prepare, breakIt, write, reason}) => {
		const works = await setUpPair(open, setUp);
		await prepare?.(works);
		const good = await write(works);
		expect(await finalStatusOf(open.source, works.source, key, good)).toBe('COMPLETED');
		const pair = await setUpPair(open, setUp);
		await prepare?.(pair);
		await breakIt(pair);
		const versionId = await write(pair);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('FAILED');
		expect(entriesOf(versionId)).toMatchObject([{failureReason: reason}]);
	});

	it.each([
		{stage: 'upload', reason: 'DstMultipartUploadNotPermitted', permitted: 1},
		{stage: 'completion', reason: 'DstMultipartCompleteNotPermitted', permitted: 2},
	])('permission is lost before the $stage of a large object: $reason', async ({reason, permitted}) => {
		// The role's permission is taken away from one attempt to the next: the clock stands still in between.
		const waits: (() => void)[] = [];
		const own = await openSandbox({
			replicationDelayMs: 1,
			clock: {
				now: () => Date.now(),
				wait: () =>
					new Promise((resolve) => {
						waits.push(resolve);
					}),
			},
		});
		const shared = open;
		open = own;
		const pair = await setUpPair(own);
		const versionId = await putParts(pair);
		for (let step = 0; step < permitted; step += 1) {
			(await until(() => waits.shift()))();
		}
		const next = await until(() => waits.shift());
		await setRole(pair, ['s3:ReplicateObject']);
		next();
		expect(await finalStatusOf(own.source, pair.source, key, versionId)).toBe('FAILED');
		expect(entriesOf(versionId)).toMatchObject([{failureReason: reason}]);
		open = shared;
		await own.close();
	});
});

describe('a replica follows what is changed at its source later', () => {
	const replicated = async (setUp?: PairOptions, prepare?: (pair: Pair) => Promise<unknown>) => {
		const pair = await setUpPair(open, setUp);
		await prepare?.(pair);
		const versionId = await putWith(pair, {});
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		return {pair, versionId, object: {Bucket: pair.source, Key: key, VersionId: versionId}};
	};
	const tag = (object: {Bucket: string; Key: string; VersionId: string}) =>
		open.source.send(
			new PutObjectTaggingCommand({...object, Tagging: {TagSet: [{Key: 'team', Value: 'a'}]}}),
		);
	const tagsAt = async ({destinationClient, destination}: Pair, VersionId: string) =>
		(await destinationClient.send(new GetObjectTaggingCommand({Bucket: destination, Key: key, VersionId})))
			.TagSet;

	it('its tags come and go (S3 User Guide, replication-what-is-isnot)', async () => {
		const {pair, versionId, object} = await replicated();
		await tag(object);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		expect(await tagsAt(pair, versionId)).toEqual([{Key: 'team', Value: 'a'}]);
		await open.source.send(new DeleteObjectTaggingCommand(object));
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		expect(await tagsAt(pair, versionId)).toEqual([]);
		expect(await statusOf(pair.destinationClient, pair.destination, key, versionId)).toBe('REPLICA');
	});

	// Documented: S3 User Guide, replication-what-is-isnot.
	it('its retention and legal hold', async () => {
		const {pair, versionId, object} = await replicated(undefined, lockedPair);
		await open.source.send(
			new PutObjectRetentionCommand({
				...object,
				Retention: {Mode: 'GOVERNANCE', RetainUntilDate: later},
			}),
		);
		await open.source.send(new PutObjectLegalHoldCommand({...object, LegalHold: {Status: 'ON'}}));
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		const head = await pair.destinationClient.send(
			new HeadObjectCommand({Bucket: pair.destination, Key: key, VersionId: versionId}),
		);
		expect(head).toMatchObject({
			ObjectLockLegalHoldStatus: 'ON',
			ObjectLockMode: 'GOVERNANCE',
			ObjectLockRetainUntilDate: later,
		});
	});

	it('and has the destination bucket’s own retention where the source has none', async () => {
		const {pair, versionId} = await replicated(undefined, async (made) => {
			await lockedPair(made);
			await made.destinationClient.send(
				new PutObjectLockConfigurationCommand({
					Bucket: made.destination,
					ObjectLockConfiguration: {
						ObjectLockEnabled: 'Enabled',
						Rule: {DefaultRetention: {Mode: 'GOVERNANCE', Days: 1}},
					},
				}),
			);
		});
		const {Retention} = await pair.destinationClient.send(
			new GetObjectRetentionCommand({Bucket: pair.destination, Key: key, VersionId: versionId}),
		);
		expect(Retention?.Mode).toBe('GOVERNANCE');
	});

	it.each<{broken: string; breakIt: (pair: Pair, versionId: string) => Promise<unknown>; reason: string}>([
		{
			broken: 'the role may not replicate tags',
			breakIt: (pair) => setRole(pair, ['s3:ReplicateTags']),
			reason: 'DstPutTaggingNotPermitted',
		},
		{
			broken: 'the role may not look at the object',
			breakIt: (pair) => setRole(pair, ['s3:GetObjectVersionForReplication']),
			reason: 'SrcHeadObjectNotPermitted',
		},
		{
			broken: 'the replica was deleted',
			breakIt: ({destination, destinationClient}, VersionId) =>
				destinationClient.send(new DeleteObjectCommand({Bucket: destination, Key: key, VersionId})),
			reason: 'DstVersionNotFound',
		},
	])('unless $broken: $reason', async ({breakIt, reason}) => {
		const {pair, versionId, object} = await replicated();
		await breakIt(pair, versionId);
		await tag(object);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('FAILED');
		expect(entriesOf(versionId).map(({failureReason}) => failureReason)).toEqual([undefined, reason]);
	});

	// Documented: S3 User Guide, replication-metrics-events.
	it('unless its tags no longer fit the rule: SrcObjectNotEligible', async () => {
		const pair = await setUpPair(open, {
			rules: (bucket) => [ruleTo(bucket, {Filter: {Tag: {Key: 'team', Value: 'b'}}})],
		});
		const versionId = await put(open.source, pair.source, key, 'team=b');
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		await tag({Bucket: pair.source, Key: key, VersionId: versionId});
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('FAILED');
		expect(entriesOf(versionId).at(-1)?.failureReason).toBe('SrcObjectNotEligible');
	});

	it('but is not made by tags that fit only later (S3 User Guide, replication-troubleshoot)', async () => {
		const pair = await setUpPair(open, {
			rules: (bucket) => [ruleTo(bucket, {Filter: {Tag: {Key: 'team', Value: 'a'}}})],
		});
		const versionId = await put(open.source, pair.source, key);
		await tag({Bucket: pair.source, Key: key, VersionId: versionId});
		expect(await statusOf(open.source, pair.source, key, versionId)).toBe('none');
	});
});

describe('what happened to the source before the copy', () => {
	it.each<{what: string; change: (pair: Pair, versionId: string) => Promise<unknown>; reason: string}>([
		{
			// Which of the two reasons stands for what is our reading: the documentation says object and version.
			what: 'its version was deleted, others are there',
			change: async ({source}, VersionId) => {
				await open.source.send(new PutObjectCommand({Bucket: source, Key: key, Body: 'newer'}));
				await open.source.send(new DeleteObjectCommand({Bucket: source, Key: key, VersionId}));
			},
			reason: 'SrcVersionNotFound',
		},
		{
			what: 'its one version was deleted',
			change: ({source}, VersionId) =>
				open.source.send(new DeleteObjectCommand({Bucket: source, Key: key, VersionId})),
			reason: 'SrcObjectNotFound',
		},
		{
			what: 'it went with its bucket',
			change: async ({source}, VersionId) => {
				await open.source.send(new DeleteObjectCommand({Bucket: source, Key: key, VersionId}));
				await open.source.send(new DeleteBucketCommand({Bucket: source}));
			},
			reason: 'SrcBucketNotFound',
		},
	])('$what: $reason', async ({change, reason}) => {
		const shared = open;
		open = await openSandbox({replicationDelayMs: 400});
		const pair = await setUpPair(open);
		const versionId = await putWith(pair, {});
		await change(pair, versionId);
		const entry = await until(() => entriesOf(versionId)[0]);
		expect(entry.failureReason).toBe(reason);
		await open.close();
		open = shared;
	});
});
