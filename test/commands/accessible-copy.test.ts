import {PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {copyAccessibly} from '../../source/commands/accessible/copy-questions.js';
import {askInTurn} from '../../source/commands/accessible/ask-in-turn.js';
import {questionContext} from '../../source/commands/accessible/question-context.js';
import {questionsOf} from '../../source/commands/accessible/questions.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {typedAhead} from '../support/typed-ahead.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 100_000});
});
afterAll(async () => open.close());

/** A bucket with an object that was there before its rule. */
async function oldSource(): Promise<string> {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	await put(open.source, pair.source, 'old');
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(pair.destination)]},
		}),
	);
	return pair.source;
}

/** Answers from the first question with lines: how it went, and what was said. */
async function answeredWith(lines: readonly string[]) {
	const session = sandboxSession(open.sandbox, {answers: {environment: 'aws'}, command: 'wizard'});
	await session.openEnvironment('aws');
	const {asker, said} = typedAhead(...lines);
	const told: string[] = [];
	const say = (line: string): void => void told.push(line);
	await askInTurn(questionsOf(questionContext(session, asker, {}, say)), 0, say);
	const copied = await copyAccessibly(session, {asker, say});
	asker.close();
	const {batch} = session.getState().run;
	const outcome = session.finish(copied.problem);
	await session.close();
	return {copied, batch, outcome, text: [said(), ...told].join('\n')};
}

it('copies objects that exist already, asked for as the first question, and compares', async () => {
	const {copied, batch, outcome, text} = await answeredWith([
		...['copy', 'source', await oldSource(), 'yes', 'yes', 'yes'],
	]);
	expect(text).toContain('4. copy, objects that exist already, with a job of S3');
	expect(text).toContain('Copy 1 object: about $0.25');
	expect(text).toContain('Compare both sides? yes or no [no]: ');
	expect(batch?.finished).toMatchObject({status: 'Complete', succeeded: 1, failed: 0});
	expect(batch?.comparisons).toMatchObject([{same: 1, missing: 0}]);
	expect([copied, outcome]).toEqual([{}, 'succeeded']);
});

it.each([
	['a no makes no job', ['no'], undefined, 'cancelled'],
	['wait leaves it waiting, which is no success', ['yes', 'wait'], 'Suspended', 'cancelled'],
	['no to the count cancels it, in capitals too', ['YES', 'NO', 'No'], 'Cancelled', 'succeeded'],
])('%s', async (_name, lines, status, ending) => {
	const {batch, outcome} = await answeredWith(['copy', 'source', await oldSource(), ...lines]);
	expect(batch?.progress?.status).toBe(status);
	expect(outcome).toBe(ending);
});

it('back leads to the bucket', async () => {
	const {copied} = await answeredWith(['copy', 'source', await oldSource(), 'back']);
	expect(copied).toEqual({isLeft: true});
});
