import path from 'node:path';
import {
	CreateBucketCommand,
	DeleteBucketReplicationCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {expect, onTestFinished, test} from 'vitest';
import {agreement} from '../../../source/commands/accessible/agreement.js';
import {profileQuestion} from '../../../source/commands/accessible/profile-question.js';
import {questionContext} from '../../../source/commands/accessible/question-context.js';
import {readReceipt} from '../../../source/domain/hand-over/read-receipt.js';
import {plannedAnswers} from '../../../source/session/state/defaults.js';
import {handOverFiles} from '../../../source/commands/files/hand-over-files.js';
import {openReceipt, receiptFiles} from '../../../source/commands/files/receipt-files.js';
import {othersProfile} from '../../../source/domain/answers/others-profile.js';
import type {Receipt} from '../../../source/domain/hand-over/receipt.js';
import {destinationAccountId, openSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {temporaryFolder} from '../../support/program.js';
import {screenSizes} from '../../support/render-screen.js';
import {expectWithinFrame} from '../../support/within-frame.js';
import {askingSession, openedSandbox} from '../../support/asking-session.js';
import {renderAsking} from '../../support/render-asking.js';
import {typedAhead} from '../../support/typed-ahead.js';

/** A place for receipts, and what was written there. */
const receiptPlace = () => {
	const written: string[] = [];
	return {
		written,
		receipts: {
			async save(file: string, text: string) {
				written.push(text);
				return file;
			},
		},
	};
};

test('who has no profile of the destination’s account is led to a file for its owner, and changes nothing', async () => {
	const {written, receipts} = receiptPlace();
	const aws = await openedSandbox();
	const screen = await renderAsking({
		answers: {environment: 'aws', mode: 'cross-account'},
		...{aws, receipts},
	});
	await screen.waitFor('source bucket?');
	screen.press('enter');
	await screen.waitFor('destination bucket?');
	// The source's own is refused, and what to do without another is said.
	screen.press('up', 'enter');
	await screen.waitFor('Type the account’s 12 digits');
	screen.type('777788889999');
	await screen.waitFor('No profile is of account 777788889999');
	screen.press('enter');
	await screen.waitFor('4/9 Buckets');
	screen.type('alices-logs');
	await screen.waitFor('+ create alices-logs');
	screen.press('enter');
	await screen.waitFor('Source       alices-logs');
	screen.type('bobs-copies');
	await screen.waitFor(': its owner makes it');
	screen.press('enter');
	await screen.waitFor('5/9 Options');
	screen.press('enter');
	await screen.waitFor('6/9 Check');
	await screen.waitFor(() => screen.session.getState().planning.state === 'ready');
	screen.press('enter');
	await screen.waitFor('Press a to write what account 777788889999 must do');
	screen.type('a');
	await screen.waitFor('File written. q ends, and tells who does what next. alices-logs');
	expect(readReceipt(written[0] ?? '')).toMatchObject({
		ok: true,
		receipt: {destination: {accountId: '777788889999', bucket: 'bobs-copies'}, asked: [{}, {}]},
	});
	expect(screen.session.finish()).toBe('succeeded');
	expect(screen.session.getState().run.operations.filter(({state}) => state !== 'waiting')).toEqual([]);
});

test('the same is offered for a screen reader', async () => {
	const {written, receipts} = receiptPlace();
	const {session} = await askingSession({
		answers: {
			...{environment: 'aws', mode: 'cross-account', sourceProfile: 'source'},
			...{sourceBucket: 'alices-aloud', sourceRegion: 'us-east-1'},
			...{destinationBucket: 'bobs-aloud', destinationRegion: 'us-west-2'},
		},
		...{aws: await openedSandbox(), receipts},
	});
	await session.openEnvironment('aws');
	const {asker, said} = typedAhead('another owner', '12', '777788889999', 'yes');
	const told: string[] = [];
	const say = (line: string): void => void told.push(line);
	await profileQuestion('destination', questionContext(session, asker, {}, say)).ask();
	const result = await session.makePlan(plannedAnswers(session.getState()));
	expect(await agreement(session, result, {asker, say})).toBe('yes');
	await session.handOver();
	asker.close();
	expect(told).toEqual([
		expect.stringContaining('An account id has 12 digits'),
		expect.stringContaining('No profile is needed'),
	]);
	expect(said()).toContain('Write what account 777788889999 must do? yes or no [no]: ');
	expect(readReceipt(written[0] ?? '').ok).toBe(true);
});

test.each(screenSizes)(
	'an open hand-over is listed at $columns × $rows and gone on with: it waits, stops on a difference, applies, and is listed no more',
	async (size) => {
		const open = await openSandbox({replicationDelayMs: 5});
		onTestFinished(async () => open.close());
		const stateDirectory = await temporaryFolder();
		const file = path.join(stateDirectory, 'hand.json');
		const on = {aws: open.sandbox, stateDirectory, receipts: receiptFiles()};
		await open.source.send(new CreateBucketCommand({Bucket: 'alices-logs'}));
		await open.source.send(
			new PutBucketVersioningCommand({
				Bucket: 'alices-logs',
				VersioningConfiguration: {Status: 'Enabled'},
			}),
		);
		await open.destination.send(
			new CreateBucketCommand({
				Bucket: 'bobs-copies',
				CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
			}),
		);
		const {session: asking} = await askingSession(on);
		await asking.openEnvironment('aws');
		const {ok} = await asking.makePlan({
			...{environment: 'aws', mode: 'cross-account', sourceProfile: 'source'},
			...{sourceBucket: 'alices-logs', destinationBucket: 'bobs-copies'},
			destinationProfile: othersProfile(destinationAccountId),
		});
		expect(ok).toBe(true);
		await asking.handOver(file);
		const ofReceipt = await openReceipt(file);

		const screen = await renderAsking(on, size);
		const first = await screen.waitFor(
			/Hand-over +\d{4}-\d\d-\d\d(?: \d\d:\d\d UTC)?, waits for (?:the owner of )?4444555/,
		);
		expect(first.includes('alices-logs → bobs-copies')).toBe(size.columns >= 80);
		expect(first).toMatch(/Existing[^]*Copy/);
		expectWithinFrame(screen, size);
		const openIt = (): void => screen.press('down', 'down', 'enter');
		openIt();
		const waits = await screen.waitFor(`account ${destinationAccountId} has not confirmed`);
		expect(waits).toMatch(size.columns > 100 ? /✓ Env {2}● Plan/ : /2\/4 Plan/);
		expect(waits).toContain('r retry');
		expectWithinFrame(screen, size);

		// The other owner’s side; then somebody writes a rule beside it.
		const {session: other} = await askingSession({...on, stateDirectory: await temporaryFolder()});
		await other.openEnvironment('aws');
		await other.planReceived(ofReceipt, 'destination');
		expect(await other.apply()).toBe(true);
		// The file comes back beside the one that was written, as a download does.
		const back = path.join(stateDirectory, 'hand (1).json');
		expect(await other.confirmReceived(ofReceipt, back)).toBeUndefined();
		const {roleArn: Role} = (ofReceipt satisfies Receipt).source;
		await open.source.send(
			new PutBucketReplicationCommand({
				Bucket: 'alices-logs',
				ReplicationConfiguration: {Role, Rules: [ruleTo('bobs-copies', {ID: 'of somebody else'})]},
			}),
		);
		screen.type('r');
		await screen.waitFor('something changed since');
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: 'alices-logs'}));

		// Back at the first screen it is offered as before; nothing of it is left in the answers.
		screen.press('escape');
		await screen.waitFor('Where should it happen?');
		expect(screen.session.getState().answers.sourceBucket).toBeUndefined();
		openIt();
		const planned = await screen.waitFor('Press a to apply. Enter does nothing here.');
		expect(planned).toMatch(/Put replication rule +alices/);
		expect(planned).not.toMatch(/bobs-copies +(?:create|add)/);
		expectWithinFrame(screen, size);
		screen.type('a');
		await screen.waitFor(size.columns > 100 ? '● Watch' : '4/4 Watch');
		screen.type('u');
		await screen.waitFor('replicated');
		expect(await handOverFiles(path.join(stateDirectory, 's3-replicate')).list()).toEqual([]);
		expect(await handOverFiles(stateDirectory).list()).toEqual([]);
	},
);
