import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {S3Client} from '@aws-sdk/client-s3';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import type {RecordLine} from '../../source/domain/record/run-record.js';
import {makeUndoPlan} from '../../source/domain/undo/make-undo-plan.js';
import {observeUndo} from '../../source/engine/undo/observe-undo.js';
import {sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {destinationOf} from '../support/inhabited-world.js';
import {temporaryFolder} from '../support/program.js';
import {sampled} from '../support/sampled.js';
import {openSandboxAws} from '../support/sandbox-session.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';
import {type BucketChange, bucketChanges} from './support/bucket-changes.js';
import {
	bucketsOf,
	deleteEverything,
	destinationBucket as Bucket,
	mode,
	ranWell,
	reasonOf,
	recordsWith,
	sourceBucket,
} from './support/own-world.js';

const deletesBucket = `delete-bucket:${Bucket}`;

let world: TriedWorld;
let client: S3Client;

beforeAll(async () => {
	world = await triedWorld(mode, async () => undefined);
	client = destinationOf(world.one, mode);
});

afterEach(async () => deleteEverything(world.one));

afterAll(async () => world.close());

/** The record as a version wrote it that knew neither answers nor images. */
const asOld = (lines: readonly RecordLine[]): readonly RecordLine[] =>
	withoutImages(lines).map((line) => (line.type === 'after' ? {...line, answer: undefined} : line));

/** The record of a run that was killed before it wrote down what became of its buckets. */
const withoutImages = (lines: readonly RecordLine[]): readonly RecordLine[] =>
	lines.filter(({type}) => type !== 'image' && type !== 'ended');

// Expectations: issue and README, "Undo"; what each setting is like at S3: S3 API Reference, the operation that puts it.
describe('a created bucket in which somebody changes after the run', () => {
	it.each(sampled('own bucket, changed', bucketChanges))(
		'$what stays, and the reason names it',
		async ({by, reason}) => {
			const {records} = await ranWell(world);
			await by(client, world);

			const undone = await world.undo({records});

			expect(undone.outcome).toBe('succeeded');
			expect(await bucketsOf(world.one)).toContain(Bucket);
			expect(await bucketsOf(world.one)).not.toContain(sourceBucket);
			expect(reasonOf(undone, deletesBucket)).toBe(reason);
		},
	);

	it.each(sampled('killed before the image', bucketChanges))(
		'$what stays, of a run that was killed before it could tell',
		async ({by, reason}) => {
			const {lines} = await ranWell(world);
			await by(client, world);

			const undone = await world.undo({records: await recordsWith(withoutImages(lines()))});

			expect(await bucketsOf(world.one)).toContain(Bucket);
			expect(await bucketsOf(world.one)).not.toContain(sourceBucket);
			expect(reasonOf(undone, deletesBucket)).toBe(reason);
		},
	);
});

describe('a created bucket that nobody changed', () => {
	it.each([
		{what: 'killed before the image was written', from: withoutImages},
		{what: 'recorded by an earlier version, which wrote neither answer nor image', from: asOld},
	])('goes: $what', async ({from}) => {
		const {lines} = await ranWell(world);

		const undone = await world.undo({records: await recordsWith(from(lines()))});

		expect(undone.outcome).toBe('succeeded');
		expect(await bucketsOf(world.one)).toEqual([]);
	});

	it('stays by the record of an earlier version where it is none of AWS’s defaults, whoever set it', async () => {
		const {lines} = await ranWell(world);
		const [{by, reason}] = bucketChanges.filter(({what}) => what === 'ownership') as [BucketChange];
		await by(client, world);

		const undone = await world.undo({records: await recordsWith(asOld(lines()))});

		expect(await bucketsOf(world.one)).toEqual([Bucket]);
		expect(reasonOf(undone, deletesBucket)).toBe(reason);
	});
});

describe('a change between the plan of the undo and DeleteBucket', () => {
	const code: Readonly<Record<string, string>> = {
		'an object': 'bucket-not-empty',
		'a noncurrent version': 'bucket-not-empty',
		'a delete marker': 'bucket-not-empty',
	};

	// The role is gone then, so that no rule can be put with it.
	const later = bucketChanges.filter(({what}) => what !== 'a rule');

	it.each(sampled('before DeleteBucket', later))('of $what keeps the bucket', async ({what, by}) => {
		const {records} = await ranWell(world);
		let hasChanged = false;
		const wrap = (connection: Connection): Connection => ({
			...connection,
			roles: {
				...connection.roles,
				// The buckets come after the role.
				async delete(...given) {
					await connection.roles.delete(...given);
					if (!hasChanged) await by(client, world);
					hasChanged = true;
				},
			},
		});

		const undone = await world.undo({records, wrap});

		expect(hasChanged).toBe(true);
		expect(undone).toMatchObject({outcome: 'failed', problem: {code: code[what] ?? 'changed-meanwhile'}});
		expect(await bucketsOf(world.one)).toContain(Bucket);
		const again = await world.undo({records});
		expect(again.outcome).toBe('succeeded');
		expect(await bucketsOf(world.one)).toEqual([Bucket]);
	});
});

describe('a setting that may not be read', () => {
	// Source of the actions: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
	const settings = [
		['s3:ListBucketMultipartUploads', 'its unfinished uploads cannot be read'],
		['s3:GetBucketTagging', 'its tags cannot be read'],
		['s3:GetLifecycleConfiguration', 'its lifecycle rules cannot be read'],
		['s3:GetBucketNotification', 'its event notifications cannot be read'],
		['s3:GetEncryptionConfiguration', 'its default encryption cannot be read'],
		['s3:GetBucketOwnershipControls', 'its object ownership cannot be read'],
		['s3:GetBucketPublicAccessBlock', 'its Block Public Access cannot be read'],
		['s3:GetBucketWebsite', 'its website configuration cannot be read'],
		['s3:GetBucketCORS', 'its CORS rules cannot be read'],
		['s3:GetBucketLogging', 'its access logging cannot be read'],
		['s3:GetInventoryConfiguration', 'its inventory cannot be read'],
		['s3:GetBucketObjectLockConfiguration', 'its Object Lock cannot be read'],
		['s3:GetBucketPolicy', 'its policy cannot be read'],
	] as const;

	/** A connection of somebody who may do everything but this. */
	async function connectionWithout(permission: string): Promise<Connection> {
		const policy = {
			Version: '2012-10-17',
			Statement: [
				{Effect: 'Allow', Action: '*', Resource: '*'},
				{Effect: 'Deny', Action: permission, Resource: `arn:aws:s3:::${Bucket}`},
			],
		};
		const {accessKeyId, secretAccessKey} = world.one.sandbox.addUser({
			accountId: sourceAccountId,
			userName: permission.replace(':', '-'),
			policy,
		});
		const credentialsFile = path.join(await temporaryFolder(), 'credentials');
		const text = `[source]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
		await writeFile(credentialsFile, text);
		const {endpointUrl, configFile} = world.one.sandbox;
		const opened = await openSandboxAws({endpointUrl, configFile, credentialsFile});
		return opened.connect('source');
	}

	it.each(sampled('settings not readable', settings, 6))(
		'keeps the bucket without %s: %s',
		async (permission, words) => {
			const {records} = await ranWell(world);
			const [read] = await records.list();
			const connection = await connectionWithout(permission);
			const record = (read as Extract<typeof read, {readonly ok: true}>).record;

			const plan = makeUndoPlan(record, await observeUndo(record, () => connection));

			const deletes = plan.steps.filter(({operation: {kind}}) => kind === 'delete-bucket');
			expect(deletes.map(({operation: {target, change}}) => [target, change])).toEqual([
				[sourceBucket, 'delete'],
				[Bucket, 'keep'],
			]);
			expect(deletes[1]?.reason).toEqual({
				kind: 'stays',
				text: `${words} (${permission})`,
				isNeeded: true,
			});
		},
	);

	// The rules of a bucket whose versioning the run enabled decide about more than the bucket.
	it('ends the undo before anything is changed where it is the rules, and names the permission', async () => {
		const {records} = await ranWell(world);
		const [read] = await records.list();
		const connection = await connectionWithout('s3:GetReplicationConfiguration');
		const record = (read as Extract<typeof read, {readonly ok: true}>).record;

		await expect(observeUndo(record, () => connection)).rejects.toMatchObject({
			problem: {
				code: 'not-allowed',
				cause: expect.stringContaining('The permission it needs is s3:GetReplicationConfiguration.'),
			},
		});
	});
});
