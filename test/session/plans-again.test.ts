import {expect, test} from 'vitest';
import {paceWords} from '../../source/commands/services/sandbox-pace.js';
import {sessionSummary} from '../../source/headless/writer.js';
import {completedAnswers} from '../../source/session/state/defaults.js';
import type {Session} from '../../source/session/session.js';
import {sessionAtStep} from '../support/session-at-step.js';

const plan = async (session: Session) => session.makePlan(completedAnswers(session.getState()));

test('a wizard left before its plan is applied was cancelled, and nothing was changed', async () => {
	const session = await sessionAtStep('plan');
	await plan(session);
	expect(session.finish()).toBe('cancelled');
	expect(session.getState().run.finished).toMatchObject({
		operations: {created: 0, updated: 0, kept: 0},
		problem: {cause: 'It was left before anything was changed.'},
	});
});

test('the command that does the same again starts a sandbox as this one was', async () => {
	const session = await sessionAtStep('plan');
	await plan(session);
	session.finish();
	const words = paceWords({latency: 0, replicationDelay: 800, faults: 'my faults.json'});
	const again = sessionSummary(session, true, words).find((line) => line.startsWith('  Again'));
	expect(again).toMatch(/ --sandbox .*--latency 0 --replication-delay 800 --faults 'my faults\.json' --yes$/);
});

test('a wizard left before there is a plan says so in one line', async () => {
	const session = await sessionAtStep('buckets');
	session.interrupt();
	expect(session.finish()).toBe('cancelled');
	expect(sessionSummary(session, true)).toEqual(['– Cancelled: nothing was changed']);
});

test('a plan made of answers that have changed meanwhile is never the one that is applied', async () => {
	const session = await sessionAtStep('plan');
	const outdated = plan(session);
	session.answer('buckets', {sourceBucket: 'another-source'});
	expect(await outdated).toMatchObject({ok: true, plan: {source: {bucket: 'my-us-east-1'}}});
	expect(session.getState().planning.state).toBe('idle');
	const [first, second] = [plan(session), plan(session)];
	await Promise.all([first, second]);
	expect(session.getState()).toMatchObject({
		planning: {state: 'ready'},
		run: {plan: {source: {bucket: 'another-source'}}},
	});
});

test('what a run did counts as done by it when a second plan keeps it', async () => {
	const session = await sessionAtStep('plan');
	await plan(session);
	await session.apply();
	await plan(session);
	expect(session.getState().phase).toBe('asking');
	expect(session.getState().run.operations.map(({operation}) => operation.change)).toEqual(
		Array.from({length: 7}, () => 'keep'),
	);
	await session.apply();
	expect(session.finish()).toBe('succeeded');
	expect(session.getState().run.finished?.operations).toEqual({created: 7, updated: 0, kept: 0, deleted: 0});
});

test('a watch that was ended can be followed by another', async () => {
	const session = await sessionAtStep('plan');
	await plan(session);
	await session.apply();
	const wanted = {staysOpen: true, followsOthers: false, fileCount: 1, fileSizeBytes: 10};
	const first = session.watchPlanned(wanted);
	expect(session.getState().phase).toBe('watching');
	session.stopWatching();
	expect(await first).toBe(true);
	expect(session.getState().phase).toBe('watched');
	expect(await session.watchPlanned({...wanted, staysOpen: false})).toBe(true);
	expect(session.finish()).toBe('succeeded');
	expect(session.getState().run.finished?.objects).toMatchObject({uploaded: 1, replicated: 1});
});

test('Back from the watch view leads to the plan: the step between acts by itself', async () => {
	const session = await sessionAtStep('watch');
	session.back();
	expect(session.getState().stepId).toBe('plan');
});
