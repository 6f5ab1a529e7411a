import {expect, test, vi} from 'vitest';
import type {Connection} from '../../../source/aws/ports.js';
import {recordFiles} from '../../../source/commands/files/record-files.js';
import {leftToUndo} from '../../../source/domain/record/run-record.js';
import {fixable, ProblemError} from '../../../source/domain/problem.js';
import type {Sandbox} from '../../../source/sandbox/start-sandbox.js';
import {completedAnswers} from '../../../source/session/state/defaults.js';
import {type SessionState} from '../../../source/session/state/session-state.js';
import {App} from '../../../source/ui/app/app.js';
import {openedSandbox} from '../../support/asking-session.js';
import {shortPauses} from '../../support/fast-clock.js';
import {temporaryFolder} from '../../support/program.js';
import {renderAsking} from '../../support/render-asking.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {sandboxSession, tutorialAnswers} from '../../support/sandbox-session.js';
import {sessionAtStep} from '../../support/session-at-step.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const noLeave = (): void => undefined;

const refusal = new ProblemError(
	fixable('not-allowed', 'Cannot put the replication rule: it is not allowed', 'AWS says AccessDenied.', [
		'Let somebody allow it.',
	]),
);

/** Buckets whose rules may not be written. */
const withoutRules = (connection: Connection): Connection => ({
	...connection,
	buckets: {...connection.buckets, putReplication: async () => Promise.reject(refusal)},
});

/** A run on what stands for AWS that stopped at its last change; gives where its record is: in a new folder, or in one that has others. */
async function stoppedRun(aws: Sandbox, folder?: string): Promise<string> {
	const stateDirectory = folder ?? (await temporaryFolder());
	const answers = tutorialAnswers('cross-account');
	const records = recordFiles(stateDirectory);
	// Records are told apart by when they began.
	const session = sandboxSession(aws, {answers, records, wrap: withoutRules, clock: shortPauses});
	await session.openEnvironment('aws');
	await session.makePlan(answers);
	expect(await session.apply()).toBe(false);
	expect(session.finish()).toBe('failed');
	await session.close();
	return stateDirectory;
}

test.each(screenSizes)(
	'a run that failed is taken back from where it failed, at $columns × $rows',
	async (size) => {
		const session = await sessionAtStep('plan', {wrap: withoutRules});
		const onLeave = vi.fn();
		const screen = await renderScreen(<App session={session} onLeave={onLeave} />, size);
		await screen.waitFor('⏎ apply');
		screen.press('enter');
		await screen.waitFor('U undo');

		screen.type('U');

		const frame = await screen.waitFor('⏎ undo');
		expect(frame).toContain('Undoes what this run did');
		expect(frame).toMatch(/- Delete role +s3cr/);
		expectWithinFrame(screen, size);
		// Any row can be opened, and says all of what it does.
		screen.press('right');
		const opened = await screen.waitFor('close');
		expect(opened).toContain('Will be deleted');
		expect(opened).toContain('account 111122223333');
		expectWithinFrame(screen, size);
		screen.press('escape');
		await screen.waitFor('⏎ undo');
		screen.press('enter');
		await screen.waitFor('is undone.');
		expectWithinFrame(screen, size);
		// What was done opens as what was planned did.
		screen.press('right');
		expect(await screen.waitFor('close')).toMatch(/Deleted|Nothing to do/);
		expectWithinFrame(screen, size);
		screen.press('escape');
		await screen.waitFor('is undone.');
		await session.loadBuckets('source', true);
		expect(session.getState().buckets).toMatchObject({source: {state: 'ready', value: []}});
		await screen.waitFor('⏎ q quit');
		screen.press('enter');
		await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
		expect(session.finish()).toBe('succeeded');
	},
);

test('back from an undo after a failure leads to a new plan', async () => {
	const session = await sessionAtStep('plan', {wrap: withoutRules});
	await session.makePlan(completedAnswers(session.getState()));
	session.next();
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('U undo');
	screen.type('U');
	await screen.waitFor('⏎ undo');

	screen.press('escape');

	const planned = await screen.waitFor('⏎ apply');
	expect(planned).toContain('= 6 keep');
	expect(planned).toMatch(/= {2}Keep bucket +my-us-east-1/);
	expect(planned).not.toMatch(/= {2}(?:Create|Enable|Put)/);
});

test('a run that went well is taken back from its watch, which goes on if the undo was only looked at', async () => {
	const session = await sessionAtStep('plan', {answers: {testFileCount: 2}});
	const onLeave = vi.fn();
	const screen = await renderScreen(<App session={session} onLeave={onLeave} />);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	await screen.waitFor(/✓ 2\b/);

	screen.type('U');
	const frame = await screen.waitFor('⏎ undo');
	expect(frame).toMatch(/- Delete test files +my-us-east-1/);
	screen.press('escape');
	await screen.waitFor('p pause');
	expect(session.watchView.objectCounts()).toMatchObject({uploaded: 2, replicated: 2});
	screen.type('U');
	await screen.waitFor('⏎ undo');
	screen.press('enter');
	await screen.waitFor('is undone.');

	await session.loadBuckets('source', true);
	expect(session.getState().buckets).toMatchObject({source: {state: 'ready', value: []}});
	screen.press('enter');
	await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
	expect(session.finish()).toBe('succeeded');
});

test('the first screen offers to go on with a run that stopped, with its answers', async () => {
	const aws = await openedSandbox();
	const stateDirectory = await stoppedRun(aws);
	const screen = await renderAsking({aws, stateDirectory});
	const frame = await screen.waitFor('Resume');
	expect(frame).toMatch(/Resume +[-0-9]{10} [0-9:]{5} UTC, 7 of 8 done: my-\S*…\S*ount → my-\S*…\S*ount$/m);

	screen.press('down', 'down', 'enter');

	await screen.waitFor('⏎ go on');
	screen.press('enter');
	await screen.waitFor('a apply');
	expect(screen.session.getState().answers).toMatchObject(tutorialAnswers('cross-account'));
	screen.type('a');
	await screen.waitFor('9/9 Watch');
});

test('the first screen offers to take a run back; on what is no sandbox of its own Enter alone does not', async () => {
	const aws = await openedSandbox();
	const stateDirectory = await stoppedRun(aws);
	const screen = await renderAsking({aws, stateDirectory});
	expect(await screen.waitFor('▸ AWS')).toContain('Undo');

	screen.press('down', 'down', 'down', 'enter');

	await screen.waitFor('a undo');
	screen.press('enter');
	expect(screen.session.getState().phase).toBe('asking');
	screen.type('a');
	await screen.waitFor('is undone.');
	const [left] = await recordFiles(stateDirectory).list();
	expect(left).toMatchObject({ok: true});
	screen.press('enter');
	await vi.waitFor(() => expect(screen.leaves()).toBe(1));
});

test('where two runs were about the same buckets, the end of one undo leads to the other', async () => {
	const aws = await openedSandbox();
	const stateDirectory = await stoppedRun(aws);
	// As if it had ended well: what comes after it does not go on with it.
	const [first] = await recordFiles(stateDirectory).list();
	const writer = await recordFiles(stateDirectory).extend(first?.runId ?? '');
	await writer.append({type: 'ended', at: 1, outcome: 'succeeded'});
	await stoppedRun(aws, stateDirectory);
	const screen = await renderAsking({aws, stateDirectory});
	await screen.waitFor('▸ AWS');
	screen.press('down', 'down', 'down', 'enter');
	await screen.waitFor('Which run');
	screen.press('enter');
	// What the second run failed to write is not there: that is seen at once, and the run is done with.
	const seen = await screen.waitFor('U undo the other run');
	const left = ({recordedRuns}: SessionState) => recordedRuns.map(leftToUndo);
	expect(left(screen.session.getState())).toEqual([0, 6]);
	expect(seen).toContain('Nothing is left to undo. Another run on these buckets can be undone: ');

	screen.type('U');

	await screen.waitFor('a undo');
	screen.type('a');
	const second = await screen.waitFor('is undone.');
	expect(second).not.toMatch(/Another run|U undo|If you stop now/);
	const records = await recordFiles(stateDirectory).list();
	expect(records.map((found) => found.ok && leftToUndo(found.record))).toEqual([0, 0]);
});

test('a run that was gone on with is taken back together with what went on', async () => {
	const aws = await openedSandbox();
	const stateDirectory = await stoppedRun(aws);
	await stoppedRun(aws, stateDirectory);
	const screen = await renderAsking({aws, stateDirectory});
	await screen.waitFor('▸ AWS');

	screen.press('down', 'down', 'down', 'enter');

	expect(await screen.waitFor('a undo')).toContain('Undoes a set-up of 2 runs');
	screen.type('a');
	await screen.waitFor('is undone.');
	const records = await recordFiles(stateDirectory).list();
	expect(records.map((found) => found.ok && leftToUndo(found.record))).toEqual([0, 0]);
});

test('without a run of before nothing is offered but where to begin', async () => {
	const screen = await renderAsking();
	const frame = await screen.waitFor('▸ Sandbox');
	expect(frame).not.toMatch(/Resume|Undo/);
});
