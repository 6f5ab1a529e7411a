import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	DeleteObjectCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it} from 'vitest';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {createVersioned, policyOf, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {until} from '../support/until.js';

/** A bucket and two destinations, each of which is replicated back to it, delete markers too. */
type Star = {
	readonly one: OpenSandbox;
	readonly session: Session;
	readonly ends: ReadonlyArray<readonly [S3Client, bucket: string]>;
	/** S3 takes its time with copies of delete markers; here they would be seen with what they are copies of. */
	readonly copies: {areLate: boolean};
};

let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

async function star(): Promise<Star> {
	const one = await openSandbox({replicationDelayMs: 5});
	const west = one.s3('source', 'us-west-2');
	const ends = [
		[one.source, 'middle'],
		[west, 'home-1'],
		[west, 'home-2'],
	] as const;
	for (const [client, bucket] of ends) await createVersioned(client, bucket);
	await one.iam.send(new CreateRoleCommand({RoleName: 'star', AssumeRolePolicyDocument: trustOfS3}));
	const PolicyDocument = policyOf([{Effect: 'Allow', Action: 's3:*', Resource: '*'}]);
	await one.iam.send(new PutRolePolicyCommand({RoleName: 'star', PolicyName: 'all', PolicyDocument}));
	const [middle, ...homes] = ends.map(([, bucket]) => bucket);
	for (const [client, Bucket] of ends) {
		const to = Bucket === middle ? homes : [middle ?? ''];
		const DeleteMarkerReplication = {Status: 'Enabled'} as const;
		const Rules = to.map((bucket, index) =>
			ruleTo(bucket, {ID: bucket, Priority: index + 1, DeleteMarkerReplication}),
		);
		const ReplicationConfiguration = {Role: 'arn:aws:iam::111122223333:role/star', Rules};
		await client.send(new PutBucketReplicationCommand({Bucket, ReplicationConfiguration}));
	}

	const answers = {environment: 'aws', sourceProfile: 'source', sourceBucket: 'middle'} as const;
	const copies = {areLate: false};
	const session = sandboxSession(one.sandbox, {
		...{command: 'watch', answers},
		wrap: (connection) => ({
			...connection,
			objects: {
				...connection.objects,
				async listVersions(...given) {
					const page = await connection.objects.listVersions(...given);
					const isOwn = ({key}: {readonly key: string}) => key === `of-${given[0].bucket}`;
					return copies.areLate ? {...page, markers: page.markers.filter(isOwn)} : page;
				},
			},
		}),
	});
	await session.openEnvironment('aws');
	close = async () => {
		session.finish();
		await session.close();
		await one.close();
	};
	return {one, session, ends, copies};
}

/** Begins a watch as the command does. */
const begin = async ({session}: Star, fileCount: number, followsOthers = false) => {
	const found = await session.findReplication('middle', {sourceProfile: 'source'}, []);
	expect(found.homes).toEqual(['home-1', 'home-2']);
	return {
		watched: session.watch({...found, staysOpen: true, followsOthers, fileCount, fileSizeBytes: 10}),
	};
};
const counts = ({session}: Star) => session.watchView.objectCounts(true);
const replicated = async (world: Star, count: number) =>
	until(() => counts(world).replicated === count, {describe: () => JSON.stringify(counts(world))});

describe('a watch with several ways back', () => {
	it('shows the delete markers of others at every bucket, and no copies of them', async () => {
		const world = await star();
		const {session, ends, copies} = world;
		copies.areLate = true;
		const {watched} = await begin(world, 1, true);
		await replicated(world, 3);
		for (const [client, Bucket] of ends)
			await client.send(new PutObjectCommand({Bucket, Key: `of-${Bucket}`, Body: 'x'}));
		await replicated(world, 6);
		const markers: Array<readonly unknown[]> = [];
		session.onEvent((event) => {
			if (event.type === 'delete-marker-found') markers.push([event.key, event.from, event.destinations]);
			if (event.type === 'delete-marker-replicated') markers.push([event.key, event.from, event.destination]);
		});
		for (const [client, Bucket] of ends)
			await client.send(new DeleteObjectCommand({Bucket, Key: `of-${Bucket}`}));
		await until(() => markers.length >= 3, {describe: () => JSON.stringify(markers)});
		copies.areLate = false;
		await until(() => markers.length >= 7, {describe: () => JSON.stringify(markers)});
		// Copies would be found by the looks that follow.
		const last = ends[0]?.[0];
		await last?.send(new PutObjectCommand({Bucket: 'middle', Key: 'after', Body: 'x'}));
		await replicated(world, 7);
		session.stopWatching();
		await watched;
		expect(markers.map((one) => JSON.stringify(one)).toSorted()).toEqual(
			[
				['of-middle', undefined, ['home-1', 'home-2']],
				['of-middle', undefined, 'home-1'],
				['of-middle', undefined, 'home-2'],
				['of-home-1', 'home-1', ['middle']],
				['of-home-1', 'home-1', 'middle'],
				['of-home-2', 'home-2', ['middle']],
				['of-home-2', 'home-2', 'middle'],
			]
				.map((one) => JSON.stringify(one))
				.toSorted(),
		);
	});

	it('goes on again without the one that nothing may be written to, and sends what was not sent', async () => {
		const world = await star();
		const {session, ends} = world;
		const [, [client, Bucket] = ends[0] ?? []] = ends as ReadonlyArray<readonly [S3Client, string]>;
		const Policy = policyOf([
			{
				Effect: 'Deny',
				Principal: '*',
				Action: 's3:PutObject',
				Resource: `arn:aws:s3:::${String(Bucket)}/*`,
			},
		]);
		await client?.send(new PutBucketPolicyCommand({Bucket, Policy}));
		let refusals = 0;
		session.onEvent(({type}) => {
			if (type === 'way-back-refused') refusals++;
		});
		const {watched} = await begin(world, 2);
		await replicated(world, 4);
		let goesOn = watched;
		for (const [again, wanted] of [
			[1, 10],
			[2, 16],
		] as const) {
			session.pauseWatching();
			session.uploadMore(3);
			session.stopWatching();
			await goesOn;
			expect([again, session.getState().filesWanted]).toEqual([again, wanted]);
			goesOn = session.watchAgain();
			await replicated(world, wanted);
		}

		session.stopWatching();
		await goesOn;
		expect(refusals).toBe(1);
		expect(counts(world)).toEqual({uploaded: 16, replicated: 16, failed: 0, pending: 0});
	});
});
