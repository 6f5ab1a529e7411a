import {beforeEach, expect, onTestFinished, test} from 'vitest';
import {sessionSummary} from '../../source/headless/writer.js';
import {failedIds} from '../../source/session/watch/watch-view.js';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {until} from '../support/until.js';

const wanted = {staysOpen: false, staysForFailed: true, followsOthers: false, fileSizeBytes: 10};

let one: OpenSandbox;
let session: Session;

beforeEach(async () => {
	one = await openSandbox();
	onTestFinished(async () => one.close());
	const answers = tutorialAnswers('cross-region');
	session = sandboxSession(one.sandbox, {answers});
	await session.openEnvironment('aws');
	await session.makePlan(answers);
	expect(await session.apply()).toBe(true);
});

/** Watches the buckets that were set up; the second of two files cannot be uploaded. Gives the watch once nothing is on its way. */
async function watchWithFailure(): Promise<{readonly watching: Promise<boolean>}> {
	one.sandbox.setFaults([{operation: 'PutObject', nth: 2, fault: 'AccessDenied'}]);
	const found = await session.findReplication(
		'my-us-east-1',
		{sourceProfile: 'source', sourceRegion: 'us-east-1'},
		[],
	);
	const watching = session.watch({...found, ...wanted, fileCount: 2});
	await until(() => {
		const {failed, replicated} = session.watchView.counts(0).objects;
		return failed === 1 && replicated === 1;
	});
	expect(session.getState().phase).toBe('watching');
	return {watching};
}

test('a watch that somebody looks at stays for files that failed, and ends when they were sent again and have arrived', async () => {
	const {watching} = await watchWithFailure();
	session.resend(failedIds(session.watchView));

	expect(await watching).toBe(true);
	expect(session.finish()).toBe('succeeded');
	expect(session.getState().run.finished?.objects).toMatchObject({uploaded: 2, replicated: 2, failed: 0});
});

test('it ends as failed where somebody ends it', async () => {
	const {watching} = await watchWithFailure();
	session.stopWatching();

	expect(await watching).toBe(true);
	expect(session.finish()).toBe('failed');
	expect(session.getState().run.finished?.problem).toMatchObject({
		code: 'files-not-uploaded',
		headline: 'Cannot upload 1 of 2 test files',
		cause: expect.stringContaining('PutObject'),
	});
	expect(sessionSummary(session, false)).toContainEqual(
		expect.stringContaining('2 files: 1 replicated, 1 failed'),
	);
});
