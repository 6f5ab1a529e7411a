import {
	GetBucketReplicationCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {defaultRoleName} from '../../source/domain/answers/role-name.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {destinationOf, everything, inhabit, rulesOf, theirRule} from '../support/inhabited-world.js';
import {mortal} from '../support/mortal.js';
import {sandboxSession, type SandboxSessionOptions, tutorialAnswers} from '../support/sandbox-session.js';
import {sampled} from '../support/sampled.js';

const mode = 'cross-region';
const answers = {...tutorialAnswers(mode), twoWay: true};
const {sourceBucket = '', destinationBucket = ''} = answers;

async function withSession<T>(
	one: OpenSandbox,
	options: Partial<SandboxSessionOptions>,
	body: (session: Session) => Promise<T>,
): Promise<T> {
	const session = sandboxSession(one.sandbox, {answers, ...options});
	await session.openEnvironment('aws');
	try {
		return await body(session);
	} finally {
		session.finish();
		await session.close();
	}
}

const setUp = async (session: Session): Promise<boolean> => {
	expect(await session.makePlan(answers)).toMatchObject({ok: true});
	return session.apply();
};

async function undoAll(one: OpenSandbox, records: RecordStore): Promise<void> {
	const isLeft = await withSession(one, {records}, async (session) => {
		const made = await session.makeUndoPlan(undefined);
		expect(made.ok).toBe(true);
		return made.ok && made.plan !== undefined && session.undo();
	});
	if (isLeft) await undoAll(one, records);
}

const rulesBack = async (one: OpenSandbox) => {
	const {ReplicationConfiguration: found} = await destinationOf(one, mode).send(
		new GetBucketReplicationCommand({Bucket: destinationBucket}),
	);
	return found;
};

/** Somebody's rules, role, policies and files on both sides. */
async function inhabitBoth(one: OpenSandbox): Promise<void> {
	await inhabit(one, mode);
	const there = destinationOf(one, mode);
	await there.send(
		new PutBucketVersioningCommand({
			Bucket: destinationBucket,
			VersioningConfiguration: {Status: 'Enabled'},
		}),
	);
	await there.send(
		new PutBucketReplicationCommand({
			Bucket: destinationBucket,
			ReplicationConfiguration: {
				Role: `arn:aws:iam::111122223333:role/${defaultRoleName(mode, sourceBucket)}`,
				Rules: [{...theirRule, ID: 'theirs-back'}],
			},
		}),
	);
}

it.each(
	sampled(
		'two ways killed',
		[
			{at: 1, when: 'after'},
			{at: 2, when: 'before'},
			{at: 3, when: 'before'},
			{at: 3, when: 'after'},
		] as const,
		8,
	),
)(
	'a two-way run beside rules of others, killed $when its write $at takes effect, goes on, and its undo leaves theirs as they were',
	async (death) => {
		const one = await openSandbox();
		try {
			await inhabitBoth(one);
			const [theirs, theirsBack] = [await rulesOf(one, mode), await rulesBack(one)];
			const before = [await everything(one, mode), theirsBack];
			const records = memoryRecords();
			const life = mortal(death, records);
			await withSession(one, {records: life.records, wrap: life.wrap}, setUp);
			expect(life.hasDied()).toBe(true);

			expect(await withSession(one, {records}, setUp)).toBe(true);

			const [here, back] = [await rulesOf(one, mode), (await rulesBack(one))?.Rules ?? []];
			expect(here.map(({ID: id}) => id).toSorted()).toEqual([`${mode}-rule`, 'theirs']);
			expect(back.map(({ID: id}) => id).toSorted()).toEqual([`${mode}-rule-back`, 'theirs-back']);
			expect(here).toContainEqual(theirs[0]);
			expect(back).toContainEqual(theirsBack?.Rules?.[0]);

			await undoAll(one, records);

			expect([await everything(one, mode), await rulesBack(one)]).toEqual(before);
		} finally {
			await one.close();
		}
	},
);

it('two ways between a bucket and itself are refused before anything is read', async () => {
	const one = await openSandbox();
	const same = {...answers, destinationBucket: sourceBucket};
	const made = await withSession(one, {answers: same}, async (session) => session.makePlan(same));
	expect(made).toMatchObject({ok: false, problems: [{code: 'same-bucket'}]});
	expect(one.sandbox.requests.filter(({operation}) => /Bucket|Replication/.test(operation))).toEqual([]);
	await one.close();
});
