import {execFileSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import type {Connection} from '../../../source/aws/ports.js';
import {fixable, ProblemError} from '../../../source/domain/problem.js';
import {App} from '../../../source/ui/app/app.js';
import {type Clock, createClock} from '../../../source/ui/clock.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {expectWithinFrame} from '../../support/within-frame.js';
import {sessionAtStep, type SessionAtStepOptions} from '../../support/session-at-step.js';

const noLeave = (): void => undefined;

/** A session whose plan is applied, at the watch view. */
const appliedSession = async (options?: SessionAtStepOptions) => {
	const session = await sessionAtStep('plan', options);
	await session.makePlan({
		...session.getState().answers,
		sourceProfile: 'source',
		sourceBucket: 'my-us-east-1',
		sourceRegion: 'us-east-1',
		destinationBucket: 'my-us-west-2',
		destinationRegion: 'us-west-2',
	});
	await session.apply();
	session.next();
	session.next();
	return session;
};

test.each(screenSizes)('follows the test files at $columns × $rows within its frame', async (size) => {
	const session = await appliedSession({answers: {testFileCount: 3}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	await screen.waitFor('✓ 3 replicated   ◐ 0 pending   ✗ 0 failed of 3');
	// The source is asked when all have arrived.
	const frame = await screen.waitFor(/00003\.txt .*✓ COMPLETED/);
	expect(frame).toMatch(
		/my-us-east-1(?: \(us-east-1\))? → my-us-west-2(?: \(us-west-2\))? .*(?:live|all settled)/,
	);
	expect(frame).toMatch(/p50 .*p95 .*p99 .*max /s);
	expect(frame).toMatch(/00003\.txt .*✓ COMPLETED +✓ REPLICA +\d.* −\d/);
	// The sandbox has one line, with the keys whole.
	expect(
		screen
			.lines()
			.filter((line) => /^ {2}sandbox(?: http:\S+)? {3}o upload a file {3}c aws command$/.test(line)),
	).toHaveLength(1);
	expectWithinFrame(screen, size);
	screen.type('c');
	expect(await screen.waitFor('Drop a file in')).toContain('--endpoint-url');
	expectWithinFrame(screen, size);
});

test('clocks stand still when everything has come to its end', async () => {
	let listeners = 0;
	const clock: Clock = {
		...createClock(),
		everySecond() {
			listeners++;
			return () => {
				listeners--;
			};
		},
	};
	const session = await appliedSession({answers: {testFileCount: 1}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, {clock});
	await vi.waitFor(() => expect(listeners).toBe(1));
	await screen.waitFor('✓ COMPLETED');
	await screen.waitFor('✓ 1 replicated');
	await vi.waitFor(() => expect(listeners).toBe(0));
	screen.type('u');
	await vi.waitFor(() => expect(listeners).toBe(1));
	await screen.waitFor('✓ 2 replicated');
	expect(listeners).toBe(0);
});

test('the first file after a new role goes alone, and that is said', async () => {
	const session = await appliedSession({replicationDelayMs: 2000});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	const frame = await screen.waitFor('Sending one file first');
	expect(frame).toMatch(/Sending one file first: a new role needs time; at most \d+ s$/m);
	expect(frame).toContain('◐ 1 pending   ✗ 0 failed of 5   4 to send');
	expect(frame).toContain('1 file');
});

test("somebody else's file appears in the list with its sign", async () => {
	const session = await appliedSession({answers: {testFileCount: 1}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('✓ 1 replicated');
	await screen.waitFor(/sandbox http:\S+ {3}o upload a file {3}c aws command$/m);
	screen.type('c');
	await screen.waitFor('Copied, where the terminal allows it');
	const copied = /\u001B\]52;c;([^\u0007]+)\u0007/.exec(screen.output())?.[1] ?? '';
	const line = Buffer.from(copied, 'base64').toString().replace(' aws --profile', ' env echo --profile');
	// What the shell makes of the pasted line, without an AWS CLI: the words of one command.
	const words = execFileSync('/bin/sh', ['-c', line], {encoding: 'utf8'});
	screen.press('escape');
	const {endpointUrl} = session.getState().run;
	expect(words.trim()).toBe(
		`--profile source --endpoint-url ${endpointUrl} s3 cp /etc/hosts s3://my-us-east-1/`,
	);
	const {openAwsEnvironment} = await import('../../../source/commands/services/aws-environment.js');
	const files = session.getState().environment;
	expect(files.state).toBe('ready');
	const other = await openAwsEnvironment({
		environment: {},
		endpointUrl: endpointUrl ?? undefined,
		location: (files as {value: {sandboxFiles: {configFile: string; credentialsFile: string}}}).value
			.sandboxFiles,
		offersDefaultChain: false,
	});
	const connection = await other.connect('source');
	await connection.objects.put(
		{bucket: 'my-us-east-1', region: 'us-east-1', accountId: '111122223333'},
		{key: 'dropped-in.txt', body: 'hello'},
	);
	await screen.waitFor('✓ 2 replicated');
	expect(screen.frame()).toMatch(/▸ • dropped-in\.txt/);
	expect(screen.frame()).toContain('2 files   • from others');
});

test('a long list shows a window of itself', async () => {
	const session = await appliedSession({answers: {testFileCount: 30}});
	const size = {columns: 60, rows: 16};
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	await screen.waitFor('✓ 30 replicated');
	expect(screen.frame()).toMatch(/1-\d of 30 files/);
	screen.press('end');
	await screen.waitFor(/▸ .*00001\.txt/);
	expect(screen.frame()).toMatch(/\d+-30 of 30 files/);
	expectWithinFrame(screen, size);
	screen.press('home', 'pageDown');
	await screen.waitFor((frame) => !/▸ .*00001\.txt/.test(frame));
});

test('a watch that cannot go on says why, and starts again', async () => {
	let isBroken = true;
	const session = await appliedSession({
		answers: {testFileCount: 1},
		wrap: (connection) => ({
			...connection,
			objects: {
				...connection.objects,
				async listVersions(...given) {
					if (isBroken) throw new TypeError('no such thing');
					return connection.objects.listVersions(...given);
				},
			},
		}),
	});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('✗ Cannot go on: something unforeseen happened');
	expect(screen.frame()).toContain('r watch again');
	isBroken = false;
	screen.type('r');
	await screen.waitFor('✓ 1 replicated');
	expect(session.finish()).toBe('succeeded');
});

test('a watch whose credentials expire says so once, and goes on when they are renewed', async () => {
	const refusal = new ProblemError(
		fixable('expired-credentials', 'Cannot go on: the credentials have expired', 'ExpiredToken.', [
			'Sign in again.',
		]),
	);
	let isRefused = true;
	const session = await appliedSession({
		answers: {testFileCount: 1},
		wrap: (connection) => ({
			...connection,
			objects: {
				...connection.objects,
				async headVersion(...given) {
					if (isRefused) throw refusal;
					return connection.objects.headVersion(...given);
				},
			},
		}),
	});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('! Cannot go on: the credentials have expired; next try in');
	isRefused = false;
	await screen.waitFor('✓ COMPLETED');
	expect(screen.frame()).not.toContain('! Cannot go on');
	expect(session.finish()).toBe('succeeded');
});

test('Esc leads back to the plan, and q ends with the summary', async () => {
	const onLeave = vi.fn();
	const session = await appliedSession({answers: {testFileCount: 1}});
	const screen = await renderScreen(<App session={session} onLeave={onLeave} />);
	await screen.waitFor('✓ 1 replicated');
	screen.press('escape');
	await screen.waitFor('nothing to change');
	screen.press('enter');
	// Another file is sent; the numbers go on.
	await screen.waitFor('◐ 1 pending');
	await screen.waitFor('✓ 2 replicated');
	screen.type('q');
	await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
	expect(session.finish()).toBe('succeeded');
	expect(session.getState().run.finished?.operations.created).toBe(7);
});

test('o asks for a path, says what is wrong with it, and uploads that file, followed and removed like the others', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-test-'));
	onTestFinished(async () => rm(folder, {recursive: true, force: true}));
	await writeFile(path.join(folder, 'my notes.txt'), 'hello');
	const connections: Connection[] = [];
	const session = await appliedSession({
		answers: {testFileCount: 1},
		wrap(connection) {
			connections.push(connection);
			return connection;
		},
	});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('✓ 1 replicated');
	screen.type('o');
	await screen.waitFor('Upload a file of yours');
	screen.type(`${folder}/missing`);
	screen.press('enter');
	await screen.waitFor('Cannot find the file');
	screen.press('ctrlU');
	screen.type(folder);
	screen.press('enter');
	await screen.waitFor('Cannot upload a folder');
	screen.press('ctrlU');
	// As a terminal writes a file that is dragged into it.
	screen.type(`'${folder}/my notes.txt'`);
	screen.press('enter');
	await screen.waitFor(/my notes\.txt +5 B .*✓ REPLICA/);
	expect(screen.frame()).toContain('✓ 2 replicated');
	expect(screen.frame()).not.toContain('from others');
	expect(await session.cleanUpWatched()).toBe(true);
	const {operations} = session.getState().run;
	expect(operations.map(({state}) => state)).toEqual(operations.map(() => 'done'));
	const reference = {bucket: 'my-us-east-1', region: 'us-east-1', accountId: '111122223333'};
	expect(await connections[0]?.objects.listVersions(reference, {prefix: ''})).toMatchObject({versions: []});
});
