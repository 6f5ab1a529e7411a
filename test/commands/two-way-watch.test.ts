import path from 'node:path';
import {
	DeleteObjectCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetObjectTaggingCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {describe, expect, it} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {everything, inhabit} from '../support/inhabited-world.js';
import type {OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {recordedWorld} from '../support/recorded-world.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {hangsAfterMs, until} from '../support/until.js';
import {sampled} from '../support/sampled.js';

const modes = ['cross-region', 'cross-account'] as const;
const fileCount = 3;
/** Who sees the destination. */
const destinationProfiles = {'cross-region': 'source', 'cross-account': 'destination'} as const;

/** Both buckets of a tutorial, each with a client that sees it. */
function endsOf(
	one: OpenSandbox,
	mode: Mode,
): readonly [there: readonly [S3Client, string], back: readonly [S3Client, string]] {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	return [
		[one.s3('source', 'us-east-1'), sourceBucket],
		[one.s3(destinationProfiles[mode], 'us-west-2'), destinationBucket],
	];
}

/** The policy of a bucket with a statement more, which denies what nobody replicates with. */
async function withDeny(client: S3Client, Bucket: string, Action: string): Promise<string> {
	const {Policy = '{"Version":"2012-10-17","Statement":[]}'} = await client
		.send(new GetBucketPolicyCommand({Bucket}))
		.catch(() => ({Policy: undefined}));
	const document = JSON.parse(Policy) as {readonly Statement: readonly object[]};
	const statement = {Sid: 'No', Effect: 'Deny', Principal: '*', Action, Resource: `arn:aws:s3:::${Bucket}/*`};
	return JSON.stringify({...document, Statement: [...document.Statement, statement]});
}

async function versionsIn(client: S3Client, bucket: string): Promise<readonly string[]> {
	const {Versions = [], DeleteMarkers = []} = await client.send(
		new ListObjectVersionsCommand({Bucket: bucket}),
	);
	return [...Versions, ...DeleteMarkers].map(({Key: key, VersionId: id}) => `${key} ${id}`).toSorted();
}

/** The requests and the copies that a test file costs, which a loop would multiply. */
function trafficOf({sandbox}: OpenSandbox) {
	return {
		puts: sandbox.requests
			.filter(({operation, target}) => operation === 'PutObject' && target?.includes('s3-replicate-test/'))
			.map(({target}) => target)
			.toSorted(),
		copies: sandbox.replications
			.filter(({key}) => key.includes('s3-replicate-test/'))
			.map(({bucket, key, destination, outcome}) => `${bucket}/${key} ${destination} ${outcome}`)
			.toSorted(),
	};
}

// Documented: S3 User Guide, "What does Amazon S3 replicate?": replicas that another rule made are not replicated.
describe.each(sampled('two-way watch', modes, 10))('apply --two-way --files in %s', (mode) => {
	it('uploads to both sides, follows both, goes in no circles, and undo removes all of it', async () => {
		const world = await recordedWorld();
		const {one} = world;
		await inhabit(one, mode);
		const before = await everything(one, mode);
		const {sourceBucket, destinationBucket} = tutorialNames(mode);

		const applied = await world.apply(mode, '--two-way', '--files', String(fileCount));

		expect(applied.exitCode, applied.stdout + applied.stderr).toBe(0);
		const events = applied.events();
		const total = 2 * fileCount;
		expect(events.at(-1)).toMatchObject({
			outcome: 'succeeded',
			objects: {uploaded: total, replicated: total, failed: 0, pending: 0},
		});
		const keysOf = (type: string, direction: string | undefined) =>
			events.filter((event) => event.type === type && event.direction === direction);
		const folder = `s3-replicate-test/${String(events[0]?.runId)}/`;
		const there = ['00001', '00002', '00003'].map((name) => `${folder}${name}.txt`);
		const back = ['00001', '00002', '00003'].map((name) => `${folder}back-${name}.txt`);
		expect(keysOf('object-uploaded', undefined).map(({key}) => key)).toEqual(there);
		expect(keysOf('object-uploaded', 'back').map(({key}) => key)).toEqual(back);
		expect(
			keysOf('object-replicated', undefined)
				.map(({key, destination}) => [key, destination])
				.toSorted(),
		).toEqual(there.map((key) => [key, destinationBucket]));
		expect(
			keysOf('object-replicated', 'back')
				.map(({key, destination}) => [key, destination])
				.toSorted(),
		).toEqual(back.map((key) => [key, sourceBucket]));

		// One upload and one copy a file, the same versions on both sides: nothing came round.
		expect(trafficOf(one)).toEqual({
			puts: [
				...there.map((key) => `${sourceBucket}/${key}`),
				...back.map((key) => `${destinationBucket}/${key}`),
			].toSorted(),
			copies: [
				...there.map((key) => `${sourceBucket}/${key} ${destinationBucket} COMPLETED`),
				...back.map((key) => `${destinationBucket}/${key} ${sourceBucket} COMPLETED`),
			].toSorted(),
		});
		const [here, other] = await Promise.all(
			endsOf(one, mode).map(async ([client, bucket]) =>
				(await versionsIn(client, bucket)).filter((name) => name.startsWith(folder)),
			),
		);
		expect(here).toHaveLength(total);
		expect(other).toEqual(here);

		const undone = await world.run('undo', '--yes');

		expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
		expect(await everything(one, mode)).toEqual(before);
	});

	it('is cleaned up on both sides, and more files go both ways', async () => {
		const world = await recordedWorld();
		const {one} = world;
		// S3 takes its time with copies of delete markers; here they would be seen with what they are copies of.
		let areCopiesLate = true;
		const session = sandboxSession(one.sandbox, {
			answers: {...tutorialAnswers(mode), twoWay: true, deleteMarkers: true},
			records: memoryRecords(),
			wrap: (connection) => ({
				...connection,
				objects: {
					...connection.objects,
					async listVersions(...given) {
						const page = await connection.objects.listVersions(...given);
						const isHome = ({key}: {readonly key: string}) => key === `theirs-${given[0].bucket}`;
						return areCopiesLate ? {...page, markers: page.markers.filter(isHome)} : page;
					},
				},
			}),
		});
		await session.openEnvironment('aws');
		const planned = await session.makePlan({
			...tutorialAnswers(mode),
			...{twoWay: true, deleteMarkers: true},
		});
		expect(planned).toMatchObject({ok: true});
		expect(await session.apply()).toBe(true);
		const watched = session.watchPlanned({
			staysOpen: true,
			followsOthers: true,
			fileCount: 1,
			fileSizeBytes: 10,
		});
		const {watchView} = session;
		const replicated = () => watchView.objectCounts(true).replicated;
		await until(() => replicated() === 2, {describe: () => JSON.stringify(watchView.objectCounts(true))});
		session.uploadMore(2);
		await until(() => replicated() === 6, {describe: () => JSON.stringify(watchView.objectCounts(true))});

		// What others write on either side is found there once, and not as a replica on the other.
		const ends = endsOf(one, mode);
		for (const [client, bucket] of ends)
			await client.send(new PutObjectCommand({Bucket: bucket, Key: `theirs-${bucket}`, Body: 'theirs'}));
		await until(() => replicated() === 8, {describe: () => JSON.stringify(watchView.objectCounts(true))});

		// So is the marker that somebody deletes one with; its copy, which comes into a bucket that is looked through, is nobody's.
		const markers: Array<readonly unknown[]> = [];
		const endMarkers = session.onEvent((event) => {
			if (event.type === 'delete-marker-found')
				markers.push([event.key, event.direction, event.destinations]);
			if (event.type === 'delete-marker-replicated')
				markers.push([event.key, event.direction, event.destination]);
		});
		const deleted = ends.map(([, bucket]) => `theirs-${bucket}`);
		for (const [index, [client, bucket]] of ends.entries())
			await client.send(new DeleteObjectCommand({Bucket: bucket, Key: deleted[index]}));
		await until(() => markers.length >= 2, {describe: () => JSON.stringify(markers)});
		areCopiesLate = false;
		await until(() => markers.length >= 4, {describe: () => JSON.stringify(markers)});
		const [home, away] = ends.map(([, bucket]) => bucket);
		expect(markers.toSorted()).toEqual(
			[
				[deleted[0], undefined, [away]],
				[deleted[0], undefined, away],
				[deleted[1], 'back', [home]],
				[deleted[1], 'back', home],
			].toSorted(),
		);
		endMarkers();
		session.stopWatching();
		expect(await watched).toBe(true);
		const counts = watchView.counts(0);
		// Two of others' and their two markers are among them.
		expect([counts.total, counts.others]).toEqual([10, 4]);
		const {sourceBucket, destinationBucket, sourceRegion} = tutorialNames(mode);
		expect(watchView.destinations().map((one) => [one.bucket, one.replicated, one.pending])).toEqual([
			[destinationBucket, 4, 0],
			[sourceBucket, 4, 0],
		]);
		expect(watchView.object(`theirs-${destinationBucket}`, 0)).toMatchObject({
			direction: 'back',
			isOurs: false,
			state: 'replicated',
		});

		expect(await session.cleanUpWatched()).toBe(true);

		for (const [client, bucket] of ends) {
			const left = (await versionsIn(client, bucket)).map((name) => name.split(' ')[0]);
			// Each version, and the marker over it.
			expect(left).toEqual(
				[destinationBucket, sourceBucket].flatMap((name) => [`theirs-${name}`, `theirs-${name}`]).toSorted(),
			);
		}

		session.finish();
		await session.close();

		// With one more destination a new watch finds all of them, and the way back, by the buckets' own rules.
		const third = one.name('third');
		const args = tutorialArgs(mode).map((arg) => (arg === destinationBucket ? third : arg));
		const added = await world.run('apply', '--yes', ...args, '--files', '1');
		expect(added.exitCode, added.stdout + added.stderr).toBe(0);
		// The first rule stays, and the usual name gets a suffix.
		const {ReplicationConfiguration: configuration} = await ends[0][0].send(
			new GetBucketReplicationCommand({Bucket: sourceBucket}),
		);
		const bucketOf: Record<string, string | undefined> = {};
		for (const {ID: id = '', Destination: to} of configuration?.Rules ?? []) bucketOf[id] = to?.Bucket;
		expect(bucketOf).toEqual({
			[`${mode}-rule`]: `arn:aws:s3:::${destinationBucket}`,
			[`${mode}-rule-2`]: `arn:aws:s3:::${third}`,
		});
		expect(added.events().find(({type}) => type === 'plan-made')).toMatchObject({
			rules: [{id: `${mode}-rule`}, {id: `${mode}-rule-2`}],
		});
		expect(
			added
				.events()
				.filter(({type}) => type === 'object-replicated')
				.map(({destination}) => destination)
				.toSorted(),
		).toEqual([destinationBucket, third, sourceBucket].toSorted());
		const profiles = ['--source-profile', 'source', '--destination-profile', destinationProfiles[mode]];
		const again = await world.run('watch', '--source-bucket', sourceBucket, ...profiles, '--files', '2');
		expect(again.exitCode, again.stdout + again.stderr).toBe(0);
		expect(again.events().at(-1)).toMatchObject({
			outcome: 'succeeded',
			objects: {uploaded: 4, replicated: 4, failed: 0, pending: 0},
		});
		expect(
			again
				.events()
				.filter(({type}) => type === 'object-replicated')
				.map(({key, destination, direction}) =>
					[path.posix.basename(String(key)), destination, direction].join(' '),
				)
				.toSorted(),
		).toEqual(
			['00001.txt', '00002.txt']
				.flatMap((name) => [
					`${name} ${destinationBucket} `,
					`${name} ${third} `,
					`back-${name} ${sourceBucket} back`,
				])
				.toSorted(),
		);

		// With a rule back from there as well, both ways back are followed, each with files of its own.
		const backArgs = ['--source-region', 'us-west-2', '--destination-region', sourceRegion];
		const other = {'cross-region': 'source', 'cross-account': 'destination'}[mode];
		const led = await world.run(
			...['apply', '--yes', '--mode', mode, '--files', '0', '--rule-id', 'home', '--role-name', 'home'],
			...['--source-profile', other, '--destination-profile', 'source', ...backArgs],
			...['--source-bucket', third, '--destination-bucket', sourceBucket],
		);
		expect(led.exitCode, led.stdout + led.stderr).toBe(0);
		const all = await world.run('watch', '--source-bucket', sourceBucket, ...profiles, '--files', '2');
		expect(all.exitCode, all.stdout + all.stderr).toBe(0);
		expect(all.events().at(-1)).toMatchObject({
			outcome: 'succeeded',
			objects: {uploaded: 6, replicated: 6, failed: 0, pending: 0},
		});
		const homesOf = (type: string) =>
			all
				.events()
				.filter((event) => event.type === type)
				.map(({key, direction = 'there', from = ''}) =>
					[path.posix.basename(String(key)), direction, from].join(' '),
				)
				.toSorted();
		const sentBack = ['1', '2'].flatMap((number) => [
			`back-0000${number}.txt back ${destinationBucket}`,
			`back-2-0000${number}.txt back ${third}`,
		]);
		expect(homesOf('object-uploaded')).toEqual(
			['00001.txt there ', '00002.txt there ', ...sentBack].toSorted(),
		);
		expect(homesOf('object-replicated')).toEqual(
			['1', '2']
				.flatMap((number) => Array.from({length: 2}, () => `0000${number}.txt there `))
				.concat(sentBack)
				.toSorted(),
		);

		// Nobody may write to one of them: the watch goes on without that way, and says so.
		await ends[1][0].send(
			new PutBucketPolicyCommand({
				Bucket: destinationBucket,
				Policy: await withDeny(ends[1][0], destinationBucket, 's3:PutObject'),
			}),
		);
		const less = await world.run(
			...['watch', '--source-bucket', sourceBucket, ...profiles, '--files', '2', '--rule-id', `${mode}-rule`],
		);
		expect(less.exitCode, less.stdout + less.stderr).toBe(0);
		expect(less.events().at(-1)).toMatchObject({
			outcome: 'succeeded',
			objects: {uploaded: 4, replicated: 4, failed: 0, pending: 0},
		});
		expect(less.events().filter(({type}) => type === 'check-finished')).toMatchObject([
			{result: 'warning', problem: {code: 'way-back-refused'}},
		]);
		const unknown = await world.run(
			'watch',
			'--source-bucket',
			sourceBucket,
			...profiles,
			'--rule-id',
			'none',
		);
		expect(unknown.events().at(-1)).toMatchObject({problem: {code: 'rule-not-enabled'}});

		// Its test file is taken back from every destination that it reached.
		const runId = String(added.events()[0]?.runId);
		const undone = await world.run('undo', runId, '--yes');
		expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
		for (const [client, bucket] of ends)
			expect((await versionsIn(client, bucket)).filter((name) => name.includes(runId))).toEqual([]);
	});
});

// Documented: S3 User Guide, "Replicating metadata changes with replica modification sync".
it.each(sampled('two-way tags', modes, 10))(
	'brings tags that are changed on a replica back to where the file came from: %s',
	async (mode) => {
		const world = await recordedWorld();
		const applied = await world.apply(mode, '--two-way', '--files', '1');
		expect(applied.exitCode, applied.stdout + applied.stderr).toBe(0);
		const folder = `s3-replicate-test/${String(applied.events()[0]?.runId)}/`;
		const [here, there] = endsOf(world.one, mode);
		for (const [name, [replicaS3, replica], [homeS3, home]] of [
			['00001.txt', there, here],
			['back-00001.txt', here, there],
		] as const) {
			const key = `${folder}${name}`;
			const tags = [{Key: 'changed', Value: `in ${replica}`}];
			await replicaS3.send(new PutObjectTaggingCommand({Bucket: replica, Key: key, Tagging: {TagSet: tags}}));
			await expect
				.poll(async () => (await homeS3.send(new GetObjectTaggingCommand({Bucket: home, Key: key}))).TagSet, {
					timeout: hangsAfterMs,
				})
				.toEqual(tags);
		}
	},
);
