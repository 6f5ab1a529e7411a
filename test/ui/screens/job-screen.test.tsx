import {readFile} from 'node:fs/promises';
import {expect, test, vi} from 'vitest';
import type {Session} from '../../../source/session/session.js';
import {SessionContext} from '../../../source/ui/hooks/use-session.js';
import {JobScreen} from '../../../source/ui/screens/run/job-screen.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';

/** A session that follows a job. */
function sessionWith(cancelJob: () => Promise<void>, interrupt: () => void): Session {
	const batch = {
		job: {
			type: 'job-created',
			jobId: '65e3a2e2-cfc3-fc6f-bc05-f8bde22d80a6',
			sourceBucket: 'my-logs',
			region: 'us-east-1',
		},
		progress: {
			...{type: 'job-progressed', jobId: 'job-1', status: 'Active', total: 1_204_000},
			...{succeeded: 310_400, failed: 3, perSecond: 402, remainingMs: 2_222_000, elapsedMs: 1_030_000},
		},
		comparisons: [],
	};
	const state = {run: {batch, endpointUrl: null}, answers: {sourceProfile: 'work'}, interrupts: 0};
	return {
		getState: () => state,
		subscribe: () => () => undefined,
		cancelJob,
		interrupt,
	} as unknown as Session;
}

const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');

test('README shows it as it is drawn', async () => {
	const {screen} = await open({columns: 80, rows: 20});
	await screen.waitFor('310,403 of 1,204,000');
	const shown = /<!-- job -->\s*```text\n([^]*?)\n```/.exec(readme)?.[1];
	// The difference that a failure prints is what has to be written into README.
	expect(shown).toBe(screen.frame().trimEnd());
});

const open = async (size: (typeof screenSizes)[number]) => {
	const cancelJob = vi.fn(async () => Promise.resolve());
	const interrupt = vi.fn();
	const screen = await renderScreen(
		<SessionContext value={sessionWith(cancelJob, interrupt)}>
			<JobScreen />
		</SessionContext>,
		size,
	);
	return {screen, cancelJob, interrupt};
};

test.each(screenSizes)('a job shows how far it is, at $columns × $rows', async (size) => {
	const {screen} = await open(size);
	await screen.waitFor('310,403 of 1,204,000');
	const frame = screen.frame();
	expect(frame).toContain('402/s');
	expect(frame).toContain('about 37:02');
	expect(frame).toContain('my-logs');
});

test('C asks before it cancels, and n goes back', async () => {
	const {screen, cancelJob} = await open({columns: 80, rows: 24});
	await screen.waitFor('Copying objects');
	screen.type('C');
	await screen.waitFor('Cancel the job?');
	screen.type('n');
	await screen.waitFor('Copying objects');
	expect(cancelJob).not.toHaveBeenCalled();
	// Without Shift as well.
	screen.type('c');
	await screen.waitFor('Cancel the job?');
	screen.type('y');
	await screen.waitFor('Copying objects');
	expect(cancelJob).toHaveBeenCalledOnce();
});

test('q leaves the job running', async () => {
	const {screen, interrupt, cancelJob} = await open({columns: 80, rows: 24});
	await screen.waitFor('Copying objects');
	screen.type('q');
	await vi.waitFor(() => expect(interrupt).toHaveBeenCalledOnce());
	expect(cancelJob).not.toHaveBeenCalled();
});
