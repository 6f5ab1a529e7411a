import {PutBucketReplicationCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {planBatch} from '../../../source/domain/batch/plan-batch.js';
import {fixable, type Problem} from '../../../source/domain/problem.js';
import {sessionSummary} from '../../../source/headless/writer.js';
import type {Session} from '../../../source/session/session.js';
import {newSessionState} from '../../../source/session/state/session-state.js';
import {SessionContext} from '../../../source/ui/hooks/use-session.js';
import {CopyScreen} from '../../../source/ui/screens/run/copy-screen.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {type Pair, put, setUpPair} from '../../sandbox/support/replicated-pair.js';
import {renderAsking} from '../../support/render-asking.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {until} from '../../support/until.js';
import {expectWithinFrame} from '../../support/within-frame.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(async () => open.close());

/** A pair whose source has objects that were there before its rule. */
async function oldPair(keys: readonly string[], isEnabled = true): Promise<Pair> {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	for (const key of keys) await put(open.source, pair.source, key);
	const rules = isEnabled ? [ruleTo(pair.destination)] : [ruleTo(pair.destination, {Status: 'Disabled'})];
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: rules},
		}),
	);
	return pair;
}

/** From the first screen to the plan of a job. */
async function openPlan({source}: Pick<Pair, 'source'>) {
	const screen = await renderAsking({
		aws: open.sandbox,
		answers: {mode: 'cross-region', sourceProfile: 'source', sourceBucket: source},
	});
	await screen.waitFor('▸ AWS');
	screen.press('down', 'down', 'down', 'enter');
	await screen.waitFor('Which bucket is replicated?');
	await screen.waitFor(`▸ ${source.slice(0, 5)}`);
	screen.press('enter');
	return screen;
}

describe('objects that exist already, in the wizard', () => {
	it('leads from the first screen to a job, its honest end, a comparison and the watch', async () => {
		const pair = await oldPair(['a', 'b']);
		const screen = await openPlan(pair);
		const plan = await screen.waitFor('a make the job');
		expect(plan).toContain(`Objects of ${pair.source}`);
		await screen.waitFor('$0.25');
		screen.type('a');
		await screen.waitFor('Copy 2 objects: about $0.25');
		screen.type('y');
		await screen.waitFor('Complete: 2 copied, 0 failed');
		screen.type('v');
		await screen.waitFor('Listing costs from $');
		screen.type('y');
		await screen.waitFor('2 the same, 0 missing');
		screen.press('enter');
		await until(() => screen.session.getState().phase === 'watching');
		expect(screen.session.getState()).toMatchObject({stepId: 'watch', errand: 'copy'});
		expect(screen.session.finish()).toBe('succeeded');
	});

	it('cancels the job after a no to its count', async () => {
		const screen = await openPlan(await oldPair(['a']));
		await screen.waitFor('a make the job');
		screen.type('a');
		await screen.waitFor('Copy 1 object');
		screen.type('n');
		await screen.waitFor('Cancelled: 0 copied');
	});

	it('leaves a job that waits, and says how one comes back to it', async () => {
		const screen = await openPlan(await oldPair(['a']));
		await screen.waitFor('a make the job');
		screen.type('a');
		await screen.waitFor('Copy 1 object');
		screen.type('q');
		await screen.waitFor('It waits for a yes');
		await screen.waitFor('s3-replicate batch --job');
		// Nothing is copied yet: that is no success.
		expect(screen.session.finish()).toBe('cancelled');
	});

	it('says what keeps a job from being planned', async () => {
		const screen = await openPlan(await oldPair(['a'], false));
		await screen.waitFor('no rule is enabled');
		screen.press('escape');
		await screen.waitFor('Which bucket is replicated?');
	});

	it('is offered after a set-up of a source with objects, and the watch goes on after it', async () => {
		const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
		await open.source.send(new PutObjectCommand({Bucket: pair.source, Key: 'old', Body: 'x'}));
		const screen = await renderAsking({
			aws: open.sandbox,
			answers: {
				mode: 'cross-region',
				sourceProfile: 'source',
				sourceRegion: 'us-east-1',
				sourceBucket: pair.source,
				destinationRegion: 'us-west-2',
				destinationBucket: pair.destination,
				testFileCount: 1,
			},
		});
		await screen.waitFor('▸ AWS');
		screen.press('enter');
		await screen.waitFor('5/9 Options');
		screen.press('enter');
		const checked = await screen.waitFor('⏎ go on');
		expect(checked).toContain('1 object exists already: S3 leaves it alone.');
		expect(checked.replaceAll(/\s+/g, ' ')).toContain(`s3-replicate batch --source-bucket ${pair.source}`);
		screen.press('enter');
		await screen.waitFor('a apply');
		screen.type('a');
		await screen.waitFor('1 object exists already: S3 leaves it alone.');
		// Enter watches: the set-up is tried before a job costs something.
		screen.press('enter');
		await screen.waitFor('q end');
		await until(() => screen.session.watchView.objectCounts().replicated === 1);
		screen.type('B');
		await screen.waitFor('Copy objects that exist already?');
		screen.press('down', 'enter');
		await screen.waitFor('a make the job');
		screen.type('a');
		await screen.waitFor('Copy 1 object');
		screen.type('y');
		await screen.waitFor('Complete: 1 copied');
		screen.press('enter');
		await until(() => screen.session.getState().phase === 'watching');
		// What the set-up did is told, and what the job made besides.
		expect(screen.session.getState().run.plan?.ruleId).not.toBe('');
		screen.session.finish();
		expect(screen.session.getState().run.finished).toMatchObject({outcome: 'succeeded', problem: null});
		const summary = sessionSummary(screen.session, true).join('\n');
		expect(summary).toContain('✓ Replication is working');
		expect(summary).toMatch(/Job +\S+: 1 copied, 0 failed/);
		// What was said before the job is no longer so.
		expect(summary).not.toContain('already');
	});
});

const plan = {
	...{schemaVersion: 1, mode: 'cross-region', title: 'Objects of my-logs that exist already (us-east-1)'},
	source: {bucket: 'my-logs', accountId: '111122223333', region: 'us-east-1', profile: 'default'},
	destination: {bucket: 'copies', accountId: '111122223333', region: 'us-west-2', profile: 'default'},
};
const notes = Array.from(
	{length: 9},
	(_, index) => `Note ${index} that is long enough to need two rows of a small terminal.`,
);
const planned = planBatch({
	...{runId: '20261128-200529-9b34', partition: 'aws', source: plan.source, destination: plan.destination},
	...{wanted: {statuses: ['NONE', 'FAILED']}, there: {hasBucket: false}, notes},
});
const failures = Array.from({length: 12}, (_, index) => ({
	...{reason: `Reason${index}`, count: 1000, message: '', means: 'What it means.', mend: 'What mends it.'},
	examples: [{key: `logs/${'k'.repeat(90)}`, versionId: 'v1'}],
}));
const finished = {
	...{type: 'job-finished', jobId: 'job-1', status: 'Complete', total: 5, succeeded: 3, failed: 2},
	...{isNothingToCopy: false, failures},
};
const progress = {
	...{type: 'job-progressed', jobId: 'job-1', status: 'Suspended', total: 1_204_000, succeeded: 0, failed: 0},
	...{perSecond: null, remainingMs: null, elapsedMs: 100_000},
};
const existing = 'More than 1,000 objects exist already: S3 leaves them alone.';

/** A session at a stage of the step. */
function sessionAt(stage: string, {problem}: {readonly problem?: Problem} = {}): Session {
	const batch = {job: {type: 'job-created', jobId: 'job-1', sourceBucket: 'my-logs', isNew: true}, progress};
	const state = {
		...newSessionState({sourceBucket: 'my-logs'}, new Set(), 'abc123', 'copy'),
		stepId: 'copy',
		copying: {stage, problem, before: {run: {plan: {...planned, existing}}, phase: 'asking'}},
		run: {
			...{operations: [], endpointUrl: null, plan: planned},
			batch: {...batch, comparisons: [], ...(stage === 'ended' ? {finished} : {})},
		},
	};
	return {
		getState: () => state,
		subscribe: () => () => undefined,
		openCopy: async () => Promise.resolve(),
	} as unknown as Session;
}

it('tells what the last job came to, not what was counted before it', async () => {
	const session = sessionAt('offered');
	const {run} = session.getState();
	Object.assign(run.batch ?? {}, {finished});
	const screen = await renderScreen(
		<SessionContext value={session}>
			<CopyScreen onLeave={() => undefined} />
		</SessionContext>,
		screenSizes[0],
	);
	const frame = (await screen.waitFor('After the last job')).replaceAll(/\s+/g, ' ');
	expect(frame).toContain('(Complete: 3 copied, 2 failed) another one takes what is not copied yet.');
	expect(frame).not.toContain('1,000');
});

it('keeps asking whether to cancel when the objects are counted meanwhile: that yes copies nothing', async () => {
	const listeners = new Set<() => void>();
	const answers: string[] = [];
	const session = Object.assign(sessionAt('following'), {
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		agreeCopy: (answer: string) => void answers.push(answer),
	});
	const screen = await renderScreen(
		<SessionContext value={session}>
			<CopyScreen onLeave={() => undefined} />
		</SessionContext>,
	);
	await screen.waitFor('C cancel the job');
	screen.type('C');
	await screen.waitFor('Cancel the job?');
	Object.assign(session.getState().copying ?? {}, {stage: 'confirming'});
	// A new state, as the session gives one after each event.
	const counted = {...session.getState()};
	Object.assign(session, {getState: () => counted});
	for (const listener of listeners) listener();
	await screen.quiet();
	expect(screen.frame()).toContain('Cancel the job?');
	screen.type('y');
	await until(() => answers.length > 0);
	expect(answers).toEqual(['no']);
});

describe.each(screenSizes)('objects that exist already, at $columns × $rows', (size) => {
	it.each([
		['offered', 'More than 1,000 objects exist', 'esc back   q quit'],
		['planning', 'Reading the rules of my-logs', 'esc back   q quit'],
		['planned', 'A job costs $0.25', 'esc back   q quit'],
		['failed', 'Cannot copy', 'esc back   q quit'],
		['following', '0 of 1,204,000', 'q leave it running'],
		['confirming', 'Copy 1,204,000 objects: about $1.45', 'q leave it waiting'],
		['left', 'Come back to it: s3-replicate batch --job job-1', 'q quit'],
		['ended', 'Complete: 3 copied, 2 failed', 'q quit'],
		['verifying', 'Comparing my-logs', '^C stop safely'],
	])('%s keeps within the frame and says what matters, and how one leaves', async (stage, text, wayOut) => {
		const problem = stage === 'failed' ? fixable('x', 'Cannot copy', 'Why.', ['Next.']) : undefined;
		const screen = await renderScreen(
			<SessionContext value={sessionAt(stage, {...(problem ? {problem} : {})})}>
				<CopyScreen onLeave={() => undefined} />
			</SessionContext>,
			size,
		);
		await screen.waitFor(
			(frame) => frame.replaceAll(/\s+/g, ' ').includes(text) && / (?:\?|F1) help/.test(frame),
		);
		expectWithinFrame(screen, size);
		expect(screen.lines().at(-2)).toContain(wayOut);
	});
});
