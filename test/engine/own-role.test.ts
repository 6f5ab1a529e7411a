import {
	CreateRoleCommand,
	GetRoleCommand,
	PutRolePolicyCommand,
	type Role,
	UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {defaultRoleName} from '../../source/domain/answers/role-name.js';
import type {RecordLine, RunHeader} from '../../source/domain/record/run-record.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {createVersioned, putRules, theirRule} from '../support/inhabited-world.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';
import {before} from './support/before-call.js';
import {
	bucketsOf,
	deleteEverything,
	deleteRoleWhole,
	mode,
	ranWell,
	readableRecords,
	reasonOf,
	recordsWith,
	rolesOf,
	sourceBucket,
} from './support/own-world.js';

const roleName = defaultRoleName(mode, sourceBucket);
const deletesRole = `delete-role:${roleName}`;

let world: TriedWorld;

beforeAll(async () => {
	world = await triedWorld(mode, async () => undefined);
});

afterEach(async () => deleteEverything(world.one));

afterAll(async () => world.close());

describe('a role', () => {
	async function createLike(role: Role | undefined): Promise<void> {
		await world.one.iam.send(
			new CreateRoleCommand({
				RoleName: roleName,
				Path: role?.Path,
				Description: role?.Description,
				AssumeRolePolicyDocument: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''),
			}),
		);
	}

	/** The role of the run as somebody else makes it again, to the letter. */
	async function makeRoleAgain(): Promise<void> {
		const {Role: role} = await world.one.iam.send(new GetRoleCommand({RoleName: roleName}));
		await deleteRoleWhole(world.one, roleName);
		await createLike(role);
	}

	it('that somebody deleted and made again stays: its id is another', async () => {
		const {records} = await ranWell(world);
		await makeRoleAgain();

		const undone = await world.undo({records});

		expect(undone.outcome).toBe('succeeded');
		expect(await rolesOf(world.one)).toEqual([roleName]);
		expect(reasonOf(undone, deletesRole)).toBe('somebody deleted it and made it again since');
	});

	it('that is made again after the plan of the undo stays as well', async () => {
		const {records} = await ranWell(world);
		const wrap = before({port: 'roles', method: 'deletePolicy', nth: 1}, makeRoleAgain);

		const undone = await world.undo({records, wrap});

		expect(undone).toMatchObject({outcome: 'failed', problem: {code: 'changed-meanwhile'}});
		expect(await rolesOf(world.one)).toEqual([roleName]);
	});

	it('whose trust policy somebody changes after the plan of the undo stays', async () => {
		const {records} = await ranWell(world);
		const Statement = {
			Effect: 'Allow',
			Principal: {AWS: 'arn:aws:iam::111122223333:root'},
			Action: 'sts:AssumeRole',
		};
		const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement});
		const wrap = before({port: 'roles', method: 'deletePolicy', nth: 1}, async () => {
			await world.one.iam.send(new UpdateAssumeRolePolicyCommand({RoleName: roleName, PolicyDocument}));
		});

		const undone = await world.undo({records, wrap});

		expect(undone).toMatchObject({outcome: 'failed', problem: {code: 'changed-meanwhile'}});
		expect(await rolesOf(world.one)).toEqual([roleName]);
		const again = await world.undo({records});
		expect(again.outcome).toBe('succeeded');
		expect(reasonOf(again, deletesRole)).toBe(
			'it is not as this run made it: its description or its trust policy is another',
		);
	});

	it('with which somebody puts a rule after the rules were taken out stays', async () => {
		const {records} = await ranWell(world);
		await createVersioned(world.one, 'third');
		const wrap = before({port: 'roles', method: 'deletePolicy', nth: 1}, async () =>
			putRules(world.one, mode, [theirRule]),
		);

		const undone = await world.undo({records, wrap});

		expect(undone).toMatchObject({outcome: 'failed', problem: {code: 'changed-meanwhile'}});
		expect(await rolesOf(world.one)).toEqual([roleName]);
		const again = await world.undo({records});
		expect(again.outcome).toBe('succeeded');
		expect(reasonOf(again, deletesRole)).toBe('other rules use it');
	});

	it('into which somebody puts a policy after the plan of the undo stays, and the next undo knows why', async () => {
		const {records} = await ranWell(world);
		const Statement = {Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::elsewhere'};
		const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement});
		const wrap = before({port: 'roles', method: 'delete', nth: 1}, async () => {
			const theirs = {RoleName: roleName, PolicyName: 'theirs', PolicyDocument};
			await world.one.iam.send(new PutRolePolicyCommand(theirs));
		});

		const undone = await world.undo({records, wrap});

		// IAM API Reference, DeleteRole: DeleteConflict.
		expect(undone.outcome).toBe('failed');
		expect(undone.problem?.cause).toContain('DeleteConflict');
		expect(await rolesOf(world.one)).toEqual([roleName]);
		const again = await world.undo({records});
		expect(again.outcome).toBe('succeeded');
		expect(reasonOf(again, deletesRole)).toBe('1 other policy is in it');
	});

	it('that somebody made to the letter just before CreateRole was there already, and stays', async () => {
		const first = await ranWell(world);
		const {Role: role} = await world.one.iam.send(new GetRoleCommand({RoleName: roleName}));
		await world.undo({records: first.records});
		const {records} = readableRecords();
		const wrap = before({port: 'roles', method: 'create', nth: 1}, async () => createLike(role));
		const ran = await world.run({records, wrap, fileCount: 0});
		expect(ran.outcome).toBe('succeeded');
		expect(ran.said.join('\n')).toContain(
			`Somebody made ${roleName} after the plan: it is not this run’s, and an undo leaves it.`,
		);

		const undone = await world.undo({records});

		expect(await bucketsOf(world.one)).toEqual([]);
		expect(await rolesOf(world.one)).toEqual([roleName]);
		expect(reasonOf(undone, deletesRole)).toBe('it was there already when this run was to create it');
	});

	it('that a rule names which another run wrote stays', async () => {
		const {lines} = await ranWell(world);
		await createVersioned(world.one, 'third');
		await createVersioned(world.one, 'fourth');
		const Role = `arn:aws:iam::111122223333:role/${roleName}`;
		const ReplicationConfiguration = {Role, Rules: [ruleTo('fourth')]};
		await world.one.source.send(new PutBucketReplicationCommand({Bucket: 'third', ReplicationConfiguration}));
		const records = await recordsWith(ofAnother(lines(), 'third'), lines());

		const undone = await world.undo({records});

		expect(undone.outcome).toBe('succeeded');
		expect(await rolesOf(world.one)).toEqual([roleName]);
		expect(reasonOf(undone, deletesRole)).toBe('rules of third use it');
	});

	it('goes where what another run wrote does not name it any more, and what is not looked at is told', async () => {
		const {lines} = await ranWell(world);
		await createVersioned(world.one, 'third');
		const records = await recordsWith(ofAnother(lines(), 'third'), lines());

		const undone = await world.undo({records});

		expect(await rolesOf(world.one)).toEqual([]);
		expect(undone.said.join('\n')).toContain(
			`Rules elsewhere that use role ${roleName} stop when it is deleted.`,
		);
	});
});

/** The record of another run, which wrote rules with the same role to another bucket. */
function ofAnother(lines: readonly RecordLine[], bucket: string): readonly RecordLine[] {
	const [header] = lines as readonly RunHeader[];
	return [
		{...(header as RunHeader), runId: 'another', ends: []},
		...lines.flatMap((line): readonly RecordLine[] =>
			line.type === 'before' && line.operation.kind === 'put-replication'
				? [{...line, step: 1, operation: {...line.operation, target: bucket}}]
				: [],
		),
	];
}
