import {DeleteRolePolicyCommand, ListRolePoliciesCommand} from '@aws-sdk/client-iam';
import {
	DeleteBucketCommand,
	DeleteBucketPolicyCommand,
	DeleteBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {expect, onTestFinished, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {until} from '../support/until.js';
import {sampled} from '../support/sampled.js';

const Bucket = 'c-b';
const answers = {
	...tutorialAnswers('cross-account'),
	sourceBucket: 'c-a',
	destinationBucket: Bucket,
	roleName: 'c-role',
};

/** A replication between two accounts that works, and a watch of it that has not begun. */
async function watchedPair() {
	const open = await openSandbox();
	onTestFinished(open.close);
	const setUp = sandboxSession(open.sandbox, {answers});
	await setUp.openEnvironment('aws');
	await setUp.makePlan(answers);
	expect(await setUp.apply()).toBe(true);
	const session = sandboxSession(open.sandbox, {answers});
	await session.openEnvironment('aws');
	const found = await session.findReplication('c-a', answers, ['destination']);
	return {open, setUp, session, found};
}

const destinationOf = (open: OpenSandbox) => open.s3('destination', 'us-west-2');

type Case = readonly [
	broken: string,
	reason: string,
	headline: string,
	fix: readonly string[],
	breakIt: (open: OpenSandbox) => Promise<unknown>,
];

/** The five set-ups of which the watch told nothing that helps. */
const cases: readonly Case[] = [
	[
		'a removed bucket policy',
		'DstPutObjectNotPermitted',
		'The policy of c-b lacks role c-role',
		['put-bucket-policy'],
		(open) => destinationOf(open).send(new DeleteBucketPolicyCommand({Bucket})),
	],
	[
		'suspended versioning',
		'DstBucketUnversioned',
		'Versioning of c-b is suspended',
		['enable-versioning'],
		(open) =>
			destinationOf(open).send(
				new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}}),
			),
	],
	[
		'a missing role policy',
		'SrcGetObjectNotPermitted',
		'Role c-role lacks s3:GetObjectVersionForReplication on c-a',
		['put-role-policy'],
		async (open) => {
			const RoleName = 'c-role';
			const {PolicyNames = []} = await open.iam.send(new ListRolePoliciesCommand({RoleName}));
			for (const PolicyName of PolicyNames)
				await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
		},
	],
	[
		'a deleted destination',
		'DstBucketNotFound',
		'Bucket c-b does not exist',
		['create-bucket', 'enable-versioning', 'put-bucket-policy'],
		(open) => destinationOf(open).send(new DeleteBucketCommand({Bucket})),
	],
	[
		'a deleted rule',
		'SrcBucketReplicationConfigMissing',
		'c-a has no replication rule',
		['put-replication'],
		(open) => open.source.send(new DeleteBucketReplicationCommand({Bucket: 'c-a'})),
	],
];

test.each(sampled('causes in a watch', cases, 8))(
	'of %s the watch tells the cause and its mend by itself',
	async (...row) => {
		const [, reason, headline, fix, breakIt] = row;
		const {open, session, found} = await watchedPair();
		const events: RunEvent[] = [];
		session.onEvent((event) => events.push(event));
		await breakIt(open);
		const ended = session.watch({
			...found,
			staysOpen: true,
			followsOthers: false,
			fileCount: 2,
			fileSizeBytes: 10,
		});
		const first = await until(() => session.watchView.causes[0]);

		expect(first).toMatchObject({reason, headline, certainty: 'certain'});
		const rows = () => session.watchView.rows({offset: 0, limit: 9}, Date.now()).rows;
		await until(() => rows().every((row) => row.reason === reason));
		session.stopWatching();
		await ended;
		const told = events.flatMap((event) => (event.type === 'cause-found' ? [event.reason] : []));
		expect(new Set(told).size).toBe(told.length);
		const [mended] = events.flatMap((event) => (event.type === 'cause-found' ? [event.fix] : []));
		expect(mended?.map(({kind}) => kind)).toEqual(fix);

		expect(session.openMend()).toBe(true);
		expect(session.getState()).toMatchObject({stepId: 'plan', answers: {ruleId: found.before.Rules[0]?.ID}});
	},
);

test('a destination that is not there is told as that before anything fails', async () => {
	const {open, session} = await watchedPair();
	await destinationOf(open).send(new DeleteBucketCommand({Bucket}));
	const found = await session.findReplication('c-a', answers, ['destination']);
	expect(found).toMatchObject({destinations: [{bucket: Bucket, isAbsent: true}], blindProfiles: []});
	const ended = session.watch({
		...found,
		staysOpen: true,
		followsOthers: true,
		fileCount: 0,
		fileSizeBytes: 10,
	});
	const first = await until(() => session.watchView.causes[0]);
	expect(first).toMatchObject({reason: 'DstBucketNotFound', certainty: 'certain'});
	expect(session.watchView.notes).toEqual([`Bucket ${Bucket} does not exist: nothing can arrive there.`]);
	session.stopWatching();
	await ended;
});

test('a mend lets the failed files arrive, and the cause is gone', async () => {
	const {open, setUp, session, found} = await watchedPair();
	await destinationOf(open).send(new DeleteBucketPolicyCommand({Bucket}));
	const request = {...found, staysOpen: true, followsOthers: false, fileCount: 2, fileSizeBytes: 10};
	const ended = session.watch(request);
	await until(() => session.watchView.objectCounts().failed === 2 && session.watchView.causes.length > 0);
	session.stopWatching();
	await ended;
	await setUp.makePlan(answers);
	expect(await setUp.apply()).toBe(true);
	const again = session.watch({...request, fileCount: 0, resendsFailed: true});
	await until(() => session.watchView.objectCounts().replicated === 2);
	session.stopWatching();
	await again;

	expect(session.watchView.objectCounts()).toMatchObject({replicated: 2, failed: 0});
	expect(session.watchView.causes).toEqual([]);
});
