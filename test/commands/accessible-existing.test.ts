import {CreateBucketCommand, DeleteBucketPolicyCommand, GetBucketPolicyCommand} from '@aws-sdk/client-s3';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {askInTurn, lastNeeded} from '../../source/commands/accessible/ask-in-turn.js';
import {lookAtExisting} from '../../source/commands/accessible/existing-questions.js';
import {questionContext} from '../../source/commands/accessible/question-context.js';
import {questionsOf} from '../../source/commands/accessible/questions.js';
import type {Host} from '../../source/commands/host/host.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {setUpPair} from '../sandbox/support/replicated-pair.js';
import {openSandboxAws, sandboxSession} from '../support/sandbox-session.js';
import {typedAhead} from '../support/typed-ahead.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(async () => open.close());

/** Answers the questions of a replication that exists with lines, from the first: the session, and what was said. */
async function answeredWith(lines: readonly string[], files = {}) {
	const environment = await openSandboxAws({...open.sandbox, ...files});
	const session = sandboxSession(open.sandbox, {
		answers: {environment: 'aws'},
		command: 'wizard',
		environment,
	});
	await session.openEnvironment('aws');
	session.onEvent(({type}) => {
		if (type === 'watch-started') session.stopWatching();
	});
	const {asker, said} = typedAhead(...lines);
	const told: string[] = [];
	const say = (line: string): void => void told.push(line);
	const questions = questionsOf(questionContext(session, asker, {}, say));
	await askInTurn(questions, 0, say);
	const wantsBack = await lookAtExisting({} as Host, session, {asker, say});
	asker.close();
	await session.close();
	await environment.close();
	return {session, wantsBack, questions, text: [said(), ...told].join('\n')};
}

it('offers what exists as the first question, tells why, mends after a yes and watches', async () => {
	const pair = await setUpPair(open, {isCrossAccount: true});
	await open.source.send(new CreateBucketCommand({Bucket: 'without-rules'}));
	await pair.destinationClient.send(new DeleteBucketPolicyCommand({Bucket: pair.destination}));
	const {session, wantsBack, text} = await answeredWith([
		...['existing', 'source', 'without-rules', pair.source],
		// A no changes nothing and asks again.
		...['why', 'mend', 'no', 'mend', 'yes', 'watch'],
	]);
	expect(text).toContain('3. existing, diagnose or watch a replication that exists');
	expect(text).toContain(`${pair.source}, rules: 1 to ${pair.destination}`);
	expect(text).toContain('without-rules has no replication rule.');
	expect(text).toContain('What next [mend]: ');
	expect(text).toContain(`Statement for the policy of ${pair.destination}:`);
	// After the mend nothing is left to mend.
	expect(text).toContain('What next [watch]: ');
	const {Policy: policy} = await pair.destinationClient.send(
		new GetBucketPolicyCommand({Bucket: pair.destination}),
	);
	expect(policy).toContain(pair.roleArn);
	const {run, phase, errand} = session.getState();
	expect([errand, phase, wantsBack]).toEqual(['existing', 'watched', false]);
	expect(run.causes?.certain).toBeGreaterThan(0);
});

it('leads back to its questions, and on to those of a set-up', async () => {
	const pair = await setUpPair(open);
	const {session, wantsBack, questions} = await answeredWith([
		'existing',
		'source',
		pair.source,
		'again',
		'back',
	]);
	expect([wantsBack, lastNeeded(questions, questions.length)]).toEqual([true, questions.length - 1]);
	// Nothing of a set-up is asked: where, the profile and the bucket alone.
	expect(questions.filter((one) => one.isNeeded())).toHaveLength(3);
	session.chooseErrand('set-up');
	expect(questions.at(-1)?.isNeeded()).toBe(false);
	expect(questions.filter((one) => one.isNeeded()).length).toBeGreaterThan(6);
});

it('asks which of several rules takes the test files, and they have its prefix', async () => {
	const pair = await setUpPair(open, {
		rules: (bucket) => [
			ruleTo(bucket, {ID: 'all-logs', Filter: {Prefix: 'logs/'}, Priority: 1}),
			ruleTo(bucket, {ID: 'pictures', Filter: {Prefix: 'pictures/'}, Priority: 2}),
		],
	});
	const {session, text} = await answeredWith(['existing', 'source', pair.source, 'watch', 'pictures']);
	expect(text).toContain('Which rule takes test files [all-logs]: ');
	expect(session.getState().testFileFolder).toMatch(/^pictures\//);
});

it('asks for a profile of a destination that nobody sees', async () => {
	const pair = await setUpPair(open, {isCrossAccount: true});
	const folder = path.dirname(open.sandbox.configFile);
	// Nothing in the files tells the accounts.
	const files = {
		configFile: path.join(folder, 'config-3'),
		credentialsFile: path.join(folder, 'credentials-3'),
	};
	for (const name of ['configFile', 'credentialsFile'] as const) {
		const text = await readFile(open.sandbox[name], 'utf8');
		await writeFile(files[name], text.replaceAll(/aws_account_id.*/g, ''));
	}

	const {session, text} = await answeredWith(
		['existing', 'source', pair.source, 'profile', 'destination', 'stop'],
		files,
	);
	expect(text).toContain('profile, names a profile for a destination that nobody here sees');
	expect(text).toContain(`Profile of the account of ${pair.destination}`);
	expect(session.getState().diagnosis).toMatchObject({value: [{isDestinationSeen: true}]});
});
