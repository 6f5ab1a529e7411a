import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	CreateRoleCommand,
	GetRoleCommand,
	GetRolePolicyCommand,
	ListRolePoliciesCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	ListBucketsCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it, onTestFinished} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {recordFiles} from '../../source/commands/record-files.js';
import type {Mode} from '../../source/domain/mode.js';
import {trustPolicy} from '../../source/domain/replication-policies.js';
import {defaultRoleName} from '../../source/domain/role-name.js';
import {tutorialNames} from '../../source/domain/tutorial.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';

const open: OpenSandbox[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (one) => one.close()));
});

async function newSandbox(): Promise<OpenSandbox> {
	const one = await openSandbox();
	open.push(one);
	return one;
}

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-undo-'));
	onTestFinished(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

const writing = /^(create|put|enable|suspend|delete)/;

/** A process that dies at its n-th write: before it has an effect, or after. What comes later never happens. */
function mortal(deathAt: number, when: 'before' | 'after', onDeath: () => Promise<void>) {
	let count = 0;
	let isDead = false;
	const die = async (): Promise<never> => {
		if (!isDead) {
			isDead = true;
			await onDeath();
		}

		throw new Error('killed');
	};

	const wrapPort = <Port extends object>(port: Port): Port =>
		new Proxy(port, {
			get(target, name: string) {
				const method = (target as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[name];
				const isWrite = writing.test(name);
				return async (...args: readonly unknown[]) => {
					if (isDead) return die();
					const isLast = isWrite && ++count === deathAt;
					if (isLast && when === 'before') return die();
					const answer = await method?.(...args);
					return isLast ? die() : answer;
				};
			},
		});
	const wrap = (connection: Connection): Connection => ({
		...connection,
		buckets: wrapPort(connection.buckets),
		objects: wrapPort(connection.objects),
		roles: wrapPort(connection.roles),
	});
	return {wrap, hasDied: () => isDead};
}

/** A rule, a statement and a policy of somebody else; the buckets and the role that they need. */
async function inhabit(one: OpenSandbox, mode: Mode): Promise<void> {
	const names = tutorialNames(mode);
	const RoleName = defaultRoleName(mode, names.sourceBucket);
	for (const Bucket of [names.sourceBucket, 'third']) {
		await one.source.send(new CreateBucketCommand({Bucket}));
		await one.source.send(
			new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
		);
	}

	await one.iam.send(
		new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: JSON.stringify(trustPolicy)}),
	);
	await one.iam.send(
		new PutRolePolicyCommand({
			RoleName,
			PolicyName: 'theirs',
			PolicyDocument: JSON.stringify({
				Version: '2012-10-17',
				Statement: [{Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::elsewhere'}],
			}),
		}),
	);
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: names.sourceBucket,
			ReplicationConfiguration: {
				Role: `arn:aws:iam::111122223333:role/${RoleName}`,
				Rules: [ruleTo('third', {ID: 'theirs', Priority: 4, Filter: {Prefix: 'logs/'}})],
			},
		}),
	);
	const destination = destinationOf(one, mode);
	const Bucket = names.destinationBucket;
	await destination.send(
		new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
	);
	const statement = {
		Sid: 'Theirs',
		Effect: 'Allow',
		Principal: {AWS: 'arn:aws:iam::111122223333:root'},
		Action: 's3:GetObject',
		Resource: `arn:aws:s3:::${Bucket}/*`,
	};
	await destination.send(
		new PutBucketPolicyCommand({
			Bucket,
			Policy: JSON.stringify({Version: '2012-10-17', Statement: [statement]}),
		}),
	);
	await destination.send(
		new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}}),
	);
}

const destinationOf = (one: OpenSandbox, mode: Mode) =>
	one.s3(({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode], 'us-west-2');

const orName = async (call: Promise<unknown>): Promise<unknown> =>
	call.catch((error: unknown) => (error as Error).name);

/** Every document that a run may touch, as S3 and IAM give it. */
async function everything(one: OpenSandbox, mode: Mode): Promise<unknown> {
	const {sourceBucket, destinationBucket: Bucket} = tutorialNames(mode);
	const RoleName = defaultRoleName(mode, sourceBucket);
	const destination = destinationOf(one, mode);
	const policies = one.iam
		.send(new ListRolePoliciesCommand({RoleName}))
		.then(async ({PolicyNames = []}) =>
			Promise.all(
				PolicyNames.map(
					async (PolicyName) =>
						(await one.iam.send(new GetRolePolicyCommand({RoleName, PolicyName}))).PolicyDocument,
				),
			),
		);
	return Promise.all(
		[
			one.source.send(new ListBucketsCommand({})).then(({Buckets}) => Buckets?.map(({Name}) => Name)),
			one.source
				.send(new GetBucketReplicationCommand({Bucket: sourceBucket}))
				.then((answer) => answer.ReplicationConfiguration),
			destination.send(new GetBucketPolicyCommand({Bucket})).then(({Policy}) => Policy),
			destination.send(new GetBucketVersioningCommand({Bucket})).then(({Status}) => Status),
			one.source
				.send(new ListObjectVersionsCommand({Bucket: sourceBucket}))
				.then(({Versions = [], DeleteMarkers = []}) => [...Versions, ...DeleteMarkers]),
			destination
				.send(new ListObjectVersionsCommand({Bucket}))
				.then(({Versions = [], DeleteMarkers = []}) => [...Versions, ...DeleteMarkers]),
			one.iam.send(new GetRoleCommand({RoleName})).then(({Role}) => Role?.Description ?? 'none'),
			policies,
		].map(orName),
	);
}

type Death = {readonly at: number; readonly when: 'before' | 'after'};

/** A run that dies; gives the state directory as it was at that moment, and whether it came to that. */
async function run(
	one: OpenSandbox,
	mode: Mode,
	{at, when}: Death,
): Promise<{readonly state: string; readonly hasDied: boolean}> {
	const [state, then] = [await newFolder(), await newFolder()];
	const life = mortal(at, when, async () => cp(state, then, {recursive: true}));
	const answers = tutorialAnswers(mode);
	const session = sandboxSession(one.sandbox, {answers, records: recordFiles(state), wrap: life.wrap});
	await session.openEnvironment('aws');
	await session.makePlan(answers);
	const isDone = await session.apply();
	await (isDone
		? session.watchPlanned({staysOpen: false, followsOthers: false, fileCount: 1, fileSizeBytes: 10})
		: undefined);
	session.finish();
	await session.close();
	return {state: life.hasDied() ? then : state, hasDied: life.hasDied()};
}

/** An undo that dies, or not; the same way. */
async function undo(
	one: OpenSandbox,
	mode: Mode,
	state: string,
	{at, when}: Death = {at: 0, when: 'after'},
): Promise<{readonly state: string; readonly hasDied: boolean; readonly isDone: boolean}> {
	const then = await newFolder();
	const life = mortal(at, when, async () => cp(state, then, {recursive: true}));
	const answers = tutorialAnswers(mode);
	const session = sandboxSession(one.sandbox, {answers, records: recordFiles(state), wrap: life.wrap});
	await session.openEnvironment('aws');
	const planned = await session.makeUndoPlan(undefined);
	expect(planned).toMatchObject({ok: true});
	const isDone = session.getState().run.undo === undefined || (await session.undo());
	session.finish();
	await session.close();
	return {state: life.hasDied() ? then : state, hasDied: life.hasDied(), isDone};
}

const deaths = (count: number): readonly Death[] =>
	Array.from({length: count}, (_, index) => [
		{at: index + 1, when: 'before'} as const,
		{at: index + 1, when: 'after'} as const,
	]).flat();

const empty = async (): Promise<void> => undefined;
const worlds = [
	{what: 'from nothing', mode: 'cross-region', prepare: empty, writes: 8, undoWrites: 8},
	{what: 'from nothing', mode: 'cross-account', prepare: empty, writes: 9, undoWrites: 9},
	{what: 'beside others', mode: 'cross-region', prepare: inhabit, writes: 4, undoWrites: 5},
	{what: 'beside others', mode: 'cross-account', prepare: inhabit, writes: 5, undoWrites: 6},
] as const;

describe.each(worlds)('a $mode run that begins $what', ({mode, prepare, writes, undoWrites}) => {
	it.each(deaths(writes))('and is killed $when its write $at takes effect, is taken back', async (death) => {
		const one = await newSandbox();
		await prepare(one, mode);
		const before = await everything(one, mode);
		const {state, hasDied} = await run(one, mode, death);
		expect(hasDied).toBe(true);

		const {isDone} = await undo(one, mode, state);

		expect(isDone).toBe(true);
		expect(await everything(one, mode)).toEqual(before);
	});

	it.each(deaths(undoWrites))(
		'is taken back by a second undo where the first is killed $when its write $at takes effect',
		async (death) => {
			const one = await newSandbox();
			await prepare(one, mode);
			const before = await everything(one, mode);
			const {state} = await run(one, mode, {at: 0, when: 'after'});
			const first = await undo(one, mode, state, death);
			expect(first).toMatchObject({hasDied: true, isDone: false});

			const second = await undo(one, mode, first.state);

			expect(second.isDone).toBe(true);
			expect(await everything(one, mode)).toEqual(before);
		},
	);
});
