import {afterEach, describe, expect, it} from 'vitest';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RequestEntry} from '../../source/sandbox/start-sandbox.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {inhabit} from '../support/inhabited-world.js';
import {lockstep} from '../support/lockstep.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';

const open: OpenSandbox[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (one) => one.close()));
});

/** What reads the document that an operation writes. */
const readerOf: Readonly<Record<string, string>> = {
	PutBucketVersioning: 'GetBucketVersioning',
	PutBucketPolicy: 'GetBucketPolicy',
	DeleteBucketPolicy: 'GetBucketPolicy',
	PutBucketReplication: 'GetBucketReplication',
	DeleteBucketReplication: 'GetBucketReplication',
	PutRolePolicy: 'GetRolePolicy',
	DeleteRolePolicy: 'GetRolePolicy',
};

const isWrite = ({operation}: RequestEntry): boolean => operation in readerOf;

/** How long each write began after the last reading of its document had been answered, in milliseconds. */
function gaps(requests: readonly RequestEntry[]) {
	return requests.filter(isWrite).map((write) => {
		const ends = requests
			.filter(({operation, target}) => operation === readerOf[write.operation] && target === write.target)
			.map(({startedAt, durationMs}) => startedAt + durationMs)
			.filter((end) => end <= write.startedAt);
		return [write.operation, write.startedAt - Math.max(...ends)];
	});
}

const nothing = async (): Promise<void> => undefined;

async function requestsOf(prepare: typeof inhabit | typeof nothing) {
	const mode = 'cross-account';
	const steps = lockstep();
	const one = await openSandbox({latencyMs: 1, clock: steps.clock});
	open.push(one);
	await prepare(one, mode);
	const records = memoryRecords();
	const answers = tutorialAnswers(mode);
	const from = one.sandbox.requests.length;
	const session = sandboxSession(one.sandbox, {answers, records, wrap: steps.wrap});
	await session.openEnvironment('aws');
	await session.makePlan(answers);
	const isDone = await session.apply();
	session.finish();
	await session.close();
	const until = one.sandbox.requests.length;
	const undoing = sandboxSession(one.sandbox, {answers, records, wrap: steps.wrap});
	await undoing.openEnvironment('aws');
	await undoing.makeUndoPlan(undefined);
	const isUndone = await undoing.undo();
	undoing.finish();
	await undoing.close();
	expect([isDone, isUndone]).toEqual([true, true]);
	return {run: one.sandbox.requests.slice(from, until), undo: one.sandbox.requests.slice(until)};
}

/**
 * In lockstep a request takes a whole step, and what depends on an answer is sent in the next one: a write that begins in the very moment in
 * which the last reading of its document is answered has no other request before it.
 */
describe('between the last reading of a document and its write', () => {
	it('lies no other request, beside others', async () => {
		const {run, undo} = await requestsOf(inhabit);

		const unbroken = [...gaps(run), ...gaps(undo)];
		expect(gaps(run).map(([operation]) => operation)).toEqual(
			expect.arrayContaining([
				'PutBucketVersioning',
				'PutBucketPolicy',
				'PutBucketReplication',
				'PutRolePolicy',
			]),
		);
		expect(gaps(undo).map(([operation]) => operation)).toEqual(
			expect.arrayContaining([
				'PutBucketVersioning',
				'PutBucketPolicy',
				'PutBucketReplication',
				'DeleteRolePolicy',
			]),
		);
		expect(unbroken.filter(([, gapMs]) => gapMs !== 0)).toEqual([]);
	});

	it('lies no other request where an undo leaves nothing', async () => {
		const {undo} = await requestsOf(nothing);

		expect(gaps(undo).map(([operation]) => operation)).toEqual(
			expect.arrayContaining(['DeleteBucketPolicy', 'DeleteBucketReplication', 'DeleteRolePolicy']),
		);
		expect(gaps(undo).filter(([, gapMs]) => gapMs !== 0)).toEqual([]);
	});
});
