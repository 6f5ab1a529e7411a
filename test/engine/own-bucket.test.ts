import {CreateBucketCommand, PutBucketPolicyCommand, PutBucketTaggingCommand} from '@aws-sdk/client-s3';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {defaultRoleName} from '../../source/domain/answers/role-name.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {createVersioned, putRules, rulesOf, theirRule, theirStatement} from '../support/inhabited-world.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';
import {before} from './support/before-call.js';
import {
	bucketsOf,
	clientOf,
	deleteEverything,
	deleteWhole,
	destinationBucket,
	mode,
	ranWell,
	readableRecords,
	reasonOf,
	rolesOf,
	sourceBucket,
} from './support/own-world.js';

const roleName = defaultRoleName(mode, sourceBucket);
const deletesRole = `delete-role:${roleName}`;
const deletesBucket = (bucket: string): string => `delete-bucket:${bucket}`;

let world: TriedWorld;

beforeAll(async () => {
	world = await triedWorld(mode, async () => undefined);
});

afterEach(async () => deleteEverything(world.one));

afterAll(async () => world.close());

/** A bucket as somebody of the same account makes it. */
async function createTheirs(Bucket: string): Promise<void> {
	await clientOf(world.one, Bucket).send(
		new CreateBucketCommand({
			Bucket,
			...(Bucket === destinationBucket ? {CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}} : {}),
		}),
	);
}

async function tag(Bucket: string): Promise<void> {
	const Tagging = {TagSet: [{Key: 'owner', Value: 'them'}]};
	await clientOf(world.one, Bucket).send(new PutBucketTaggingCommand({Bucket, Tagging}));
}

describe('an undo of a run that created everything', () => {
	it.each([0, 1])('deletes it where nobody changed anything (%i files)', async (fileCount) => {
		const {records} = await ranWell(world, fileCount);

		const undone = await world.undo({records});

		expect(undone).toMatchObject({outcome: 'succeeded', problem: null});
		expect(await bucketsOf(world.one)).toEqual([]);
		expect(await rolesOf(world.one)).toEqual([]);
	});

	it.each([sourceBucket, destinationBucket])(
		'keeps %s that somebody deleted and made again with a policy and tags',
		async (bucket) => {
			const {records} = await ranWell(world);
			await deleteWhole(world.one, bucket);
			await createTheirs(bucket);
			await tag(bucket);
			const Policy = JSON.stringify({Version: '2012-10-17', Statement: [theirStatement(bucket)]});
			await clientOf(world.one, bucket).send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));

			const undone = await world.undo({records});

			expect(undone.outcome).toBe('succeeded');
			expect(await bucketsOf(world.one)).toEqual([bucket]);
			expect(reasonOf(undone, deletesBucket(bucket))).toBe(
				'its policy has other statements; its tags: this run made none; its versioning: another than after the run',
			);
		},
	);

	it('keeps a bucket that was made again as empty as a new one: the run left it with versioning', async () => {
		const {records} = await ranWell(world);
		await deleteWhole(world.one, destinationBucket);
		await createTheirs(destinationBucket);

		const undone = await world.undo({records});

		expect(await bucketsOf(world.one)).toEqual([destinationBucket]);
		expect(reasonOf(undone, deletesBucket(destinationBucket))).toBe(
			'its versioning: another than after the run',
		);
	});

	it('keeps a bucket to which another tool added a rule, and the role that this rule uses', async () => {
		const {records} = await ranWell(world);
		await createVersioned(world.one, 'third');
		await putRules(world.one, mode, [...(await rulesOf(world.one, mode)), theirRule]);

		const undone = await world.undo({records});

		expect(undone.outcome).toBe('succeeded');
		expect([...(await bucketsOf(world.one))].sort()).toEqual([sourceBucket, 'third']);
		expect((await rulesOf(world.one, mode)).map(({ID}) => ID)).toEqual(['theirs']);
		expect(await rolesOf(world.one)).toEqual([roleName]);
		expect(reasonOf(undone, deletesBucket(sourceBucket))).toBe('other replication rules are in it: theirs');
		expect(reasonOf(undone, deletesRole)).toBe('other rules use it');
	});

	it('keeps a bucket into which a rule sends that another tool added', async () => {
		const {records} = await ranWell(world);
		const added = ruleTo(destinationBucket, {ID: 'theirs', Priority: 4, Filter: {Prefix: 'logs/'}});
		await putRules(world.one, mode, [...(await rulesOf(world.one, mode)), added]);

		const undone = await world.undo({records});

		expect([...(await bucketsOf(world.one))].sort()).toEqual([sourceBucket, destinationBucket].sort());
		expect(reasonOf(undone, deletesBucket(destinationBucket))).toBe(
			`other replication rules send objects to it: theirs of ${sourceBucket}`,
		);
	});
});

describe('a bucket that somebody of the same account makes just before CreateBucket', () => {
	// S3 API Reference, CreateBucket: BucketAlreadyOwnedByYou; in us-east-1 200 OK, which is why it is looked for before.
	it.each([
		{bucket: destinationBucket, where: 'elsewhere', method: 'create', nth: 1},
		{bucket: sourceBucket, where: 'in us-east-1', method: 'head', nth: 2},
	])('was there already, and stays: $where', async ({bucket, method, nth}) => {
		const {records, lines} = readableRecords();
		const wrap = before({port: 'buckets', method, nth, about: bucket}, async () => createTheirs(bucket));
		const ran = await world.run({records, wrap, fileCount: 0});
		expect(ran.outcome).toBe('succeeded');

		const undone = await world.undo({records});

		expect(await bucketsOf(world.one)).toEqual([bucket]);
		expect(reasonOf(undone, deletesBucket(bucket))).toBe(
			'it was there already when this run was to create it',
		);
		expect(lines().filter((line) => line.type === 'image')).toHaveLength(1);
		const finished = ran.said.filter((text) => text.includes('"type":"operation-finished"'));
		expect(finished.filter((text) => text.includes(`"kind":"create-bucket","target":"${bucket}"`))).toEqual([
			expect.stringContaining('"change":"keep"'),
			expect.stringContaining('"change":"keep"'),
		]);
		expect(ran.said.join('\n')).not.toContain(`Bucket created: ${bucket}`);
		expect(ran.said).toContain(`  = Keep bucket: ${bucket} is right already`);
		expect(ran.said).toContain(
			`      ! Somebody made ${bucket} after the plan: it is not this run’s, and an undo leaves it.`,
		);
		expect(ran.said.join('\n')).toContain('"operations":{"created":6,"updated":0,"kept":1,');
	});

	it('stays by its tags where it is made in the one request that nobody sees', async () => {
		const {records} = readableRecords();
		const wrap = before({port: 'buckets', method: 'create', nth: 1, about: sourceBucket}, async () => {
			await createTheirs(sourceBucket);
			await tag(sourceBucket);
		});
		await world.run({records, wrap, fileCount: 0});

		const undone = await world.undo({records});

		expect(await bucketsOf(world.one)).toEqual([sourceBucket]);
		expect(reasonOf(undone, deletesBucket(sourceBucket))).toBe('its tags: this run made none');
	});
});
