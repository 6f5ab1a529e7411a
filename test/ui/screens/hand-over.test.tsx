import {expect, test} from 'vitest';
import {agreement} from '../../../source/commands/accessible/agreement.js';
import {profileQuestion} from '../../../source/commands/accessible/profile-question.js';
import {questionContext} from '../../../source/commands/accessible/question-context.js';
import {readReceipt} from '../../../source/domain/hand-over/read-receipt.js';
import {plannedAnswers} from '../../../source/session/state/defaults.js';
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
	await screen.waitFor('Written: alices-logs-receipt.json');
	expect(readReceipt(written[0] ?? '')).toMatchObject({
		ok: true,
		receipt: {destination: {accountId: '777788889999', bucket: 'bobs-copies'}, asked: [{}, {}]},
	});
	expect(screen.session.finish()).toBe('succeeded');
	expect(screen.session.getState().run.operations.filter(({state}) => state !== 'waiting')).toEqual([]);
});

test('the same is offered aloud', async () => {
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
