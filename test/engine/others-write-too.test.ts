import {GetRolePolicyCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {GetBucketVersioningCommand, PutBucketVersioningCommand} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {defaultRoleName} from '../../source/domain/answers/role-name.js';
import {rolePolicyName} from '../../source/domain/role/role-policy-name.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {
	destinationOf,
	inhabit,
	orName,
	putRules,
	putStatements,
	rulesOf,
	statementsOf,
	theirStatement,
} from '../support/inhabited-world.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';
import {sampled} from '../support/sampled.js';

const mode = 'cross-account';
const {sourceBucket, destinationBucket} = tutorialNames(mode);
const role = {
	RoleName: defaultRoleName(mode, sourceBucket),
	PolicyName: rolePolicyName(sourceBucket, destinationBucket),
};

const open: TriedWorld[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (world) => world.close()));
});

type Statements = ReadonlyArray<{readonly Sid?: string}>;

async function roleStatements({one}: TriedWorld): Promise<Statements> {
	const found = await orName(
		one.iam
			.send(new GetRolePolicyCommand(role))
			.then(({PolicyDocument: text = ''}) => JSON.parse(decodeURIComponent(text)) as unknown),
	);
	return (found as {readonly Statement?: Statements}).Statement ?? [];
}

async function setVersioning({one}: TriedWorld, Status: 'Enabled' | 'Suspended'): Promise<void> {
	await destinationOf(one, mode).send(
		new PutBucketVersioningCommand({Bucket: destinationBucket, VersioningConfiguration: {Status}}),
	);
}

/** A document: which port methods read and write it, what somebody else does to it, and who is in it. */
type Document = {
	readonly port: 'buckets' | 'roles';
	/** What the first argument of the methods names, or the second. */
	readonly target: string;
	readonly read: string;
	readonly writes: readonly string[];
	readonly change: (world: TriedWorld) => Promise<void>;
	readonly names: (world: TriedWorld) => Promise<readonly unknown[]>;
};

const rules: Document = {
	port: 'buckets',
	target: sourceBucket,
	read: 'getReplication',
	writes: ['putReplication', 'deleteReplication'],
	change: async ({one}) =>
		putRules(one, mode, [
			...(await rulesOf(one, mode)),
			ruleTo('third', {ID: 'newer', Priority: 9, Filter: {Prefix: 'newer/'}}),
		]),
	names: async ({one}) => (await rulesOf(one, mode)).map(({ID}) => ID),
};

const bucketPolicy: Document = {
	port: 'buckets',
	target: destinationBucket,
	read: 'getPolicy',
	writes: ['putPolicy', 'deletePolicy'],
	change: async ({one}) =>
		putStatements(one, mode, [
			...(await statementsOf(one, mode)),
			theirStatement(destinationBucket, 'newer'),
		]),
	names: async ({one}) => (await statementsOf(one, mode)).map(({Sid}) => Sid),
};

const rolePolicy: Document = {
	port: 'roles',
	target: role.PolicyName,
	read: 'getPolicy',
	writes: ['putPolicy', 'deletePolicy'],
	async change(world) {
		const newer = {Sid: 'newer', Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::third'};
		const Statement = [...(await roleStatements(world)), newer];
		const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement});
		await world.one.iam.send(new PutRolePolicyCommand({...role, PolicyDocument}));
	},
	names: async (world) => (await roleStatements(world)).map(({Sid}) => Sid),
};

const versioning = (status: 'Enabled' | 'Suspended'): Document => ({
	port: 'buckets',
	target: destinationBucket,
	read: 'getVersioning',
	writes: ['enableVersioning', 'suspendVersioning'],
	change: async (world) => setVersioning(world, status),
	async names({one}) {
		const answer = await destinationOf(one, mode).send(
			new GetBucketVersioningCommand({Bucket: destinationBucket}),
		);
		return [answer.Status === status ? 'newer' : 'ours'];
	},
});

type Method = (...parameters: unknown[]) => Promise<unknown>;
type Order = 'before the last reading' | 'after the write';

/** Connections between whose calls somebody else changes the document, once. */
function interrupted(
	{port, target, read, writes}: Document,
	order: Order,
	change: () => Promise<void>,
): (connection: Connection) => Connection {
	let reads = 0;
	let hasChanged = false;
	const changeOnce = async (): Promise<void> => {
		if (hasChanged) return;
		hasChanged = true;
		await change();
	};

	const isOf = ([first, second]: readonly unknown[]): boolean =>
		(first as {readonly bucket?: string}).bucket === target || second === target;
	return (connection) => {
		const methods = connection[port] as unknown as Record<string, Method>;
		const reading: Method = async (...parameters) => {
			// The first reading is the plan's, the second comes before the write.
			const isLast = isOf(parameters) && ++reads === 2;
			if (isLast && order === 'before the last reading') await changeOnce();
			return methods[read]?.(...parameters);
		};

		const writing =
			(name: string): Method =>
			async (...parameters) => {
				const answer = await methods[name]?.(...parameters);
				if (isOf(parameters) && order === 'after the write') await changeOnce();
				return answer;
			};

		const changed = {[read]: reading, ...Object.fromEntries(writes.map((name) => [name, writing(name)]))};
		return {...connection, [port]: {...methods, ...changed}};
	};
}

const before = 'before the last reading';
const after = 'after the write';
/** `null`: both survive, and it ends well. */
const cases: ReadonlyArray<{
	readonly what: string;
	readonly document: Document;
	readonly phase: 'run' | 'undo';
	readonly order: Order;
	readonly code: string | null;
	/** Whose it is in the end, where a second undo takes it for the run's. */
	readonly last?: string;
}> = [
	{what: 'rules', document: rules, phase: 'run', order: before, code: null},
	{what: 'rules', document: rules, phase: 'run', order: after, code: 'changed-after-write'},
	// The rule may need what would go next: the undo ends, and the next one knows of it.
	{what: 'rules', document: rules, phase: 'undo', order: before, code: 'changed-meanwhile'},
	{what: 'rules', document: rules, phase: 'undo', order: after, code: 'changed-after-write'},
	{what: 'bucket policy', document: bucketPolicy, phase: 'run', order: before, code: null},
	{what: 'bucket policy', document: bucketPolicy, phase: 'run', order: after, code: 'changed-after-write'},
	{what: 'bucket policy', document: bucketPolicy, phase: 'undo', order: before, code: null},
	{what: 'bucket policy', document: bucketPolicy, phase: 'undo', order: after, code: 'changed-after-write'},
	{what: 'role policy', document: rolePolicy, phase: 'run', order: before, code: null},
	{what: 'role policy', document: rolePolicy, phase: 'run', order: after, code: 'changed-after-write'},
	{what: 'role policy', document: rolePolicy, phase: 'undo', order: before, code: null},
	{what: 'role policy', document: rolePolicy, phase: 'undo', order: after, code: 'changed-after-write'},
	{what: 'versioning', document: versioning('Enabled'), phase: 'run', order: before, code: null},
	{what: 'versioning', document: versioning('Suspended'), phase: 'undo', order: before, code: null},
	// It is as it was before: S3 might answer late, and that is waited for, and told.
	{
		what: 'versioning',
		document: versioning('Enabled'),
		phase: 'undo',
		order: after,
		code: 'versioning-not-effective',
		last: 'ours',
	},
	{
		what: 'versioning',
		document: versioning('Suspended'),
		phase: 'run',
		order: after,
		code: 'versioning-not-effective',
	},
];

describe('what somebody else writes at the same time', () => {
	it.each(sampled('others write too', cases, 6))(
		'$what, $phase, $order: stays ($code)',
		async ({document, phase, order, code, last = 'newer'}) => {
			const world = await triedWorld(mode, inhabit);
			open.push(world);
			const records = memoryRecords();
			const setUps = {run: async () => undefined, undo: async () => world.run({records})};
			await setUps[phase]();

			const wrap = interrupted(document, order, async () => document.change(world));
			const tried = await world[phase]({records, wrap});

			expect(tried).toMatchObject({
				outcome: code === null ? 'succeeded' : 'failed',
				problem: code === null ? null : {code},
			});
			expect(await document.names(world)).toContain('newer');
			const toldBy = {[before]: '"type":"operation-merged"', [after]: code ?? ''};
			expect(tried.said.join('\n')).toContain(toldBy[order]);
			// Taken back to the end: theirs is there still, and nothing of the run's.
			const undone = await world.undoAll(records);
			expect(undone.filter(({outcome}) => outcome !== 'succeeded')).toEqual([]);
			const left = await document.names(world);
			expect(left).toContain(last);
			expect(left.filter((name) => ![last, 'theirs', 'Theirs'].includes(String(name)))).toEqual([]);
		},
	);
});
