import {access, chmod, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {externalDataInterceptor} from '@aws-sdk/shared-ini-file-loader';
import {connect} from '../../source/aws/connect.js';
import {runProcessesByThemselves} from '../../source/aws/credentials/run-credential-process.js';
import {masked} from '../../source/domain/text/masked.js';
import {type Problem, problemFrom} from '../../source/domain/problem.js';
import {sharedFiles} from '../aws/support/seen-hosts.js';
import {cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {openTerminal, restoredTerminal} from '../support/terminal.js';
import {until} from '../support/until.js';

const given = JSON.stringify({Version: 1, AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: 'x'});

async function sessionWith(command: string) {
	const config = await sharedFiles({
		config: `[profile p]\ncredential_process = ${command}\n[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = p\n`,
	});
	return connect('p', {config, environment: {}}).identity.getSession();
}

const problemWith = async (command: string): Promise<Problem> =>
	sessionWith(command).then(() => expect.unreachable(), problemFrom);

describe('a credential_process', () => {
	test('gives credentials', async () => {
		expect(await sessionWith(`echo '${given}'`)).toEqual({isTemporary: false, expiresAt: undefined});
	});

	test('runs in a session of its own, without a terminal, with nothing to read', async () => {
		const folder = await temporaryFolder();
		const file = path.join(folder, 'seen');
		// Its session, whether it has a terminal, and what it reads.
		const command = `sh -c 'ps -o sid= -p $$ > ${file}; (: </dev/tty) 2>>${file} || echo none >> ${file}; wc -c >> ${file}; echo "$0"' '${given}'`;
		await sessionWith(command);
		const [session, ...more] = (await readFile(file, 'utf8')).trim().split('\n');
		const own = await readFile('/proc/self/stat', 'utf8');
		expect(session?.trim()).not.toBe(own.split(' ')[5]);
		expect(more.at(-2)).toBe('none');
		expect(more.at(-1)?.trim()).toBe('0');
	});

	test('that fails says its own words, escapes as they are and secrets masked', async () => {
		const problem = await problemWith(
			`sh -c 'printf "\\\\033[31mno session for --token s3cr3t\\\\033[0m, run acme login" >&2; exit 3'`,
		);
		expect(problem.code).toBe('credential-process-failed');
		expect(problem.cause).toContain('It ended with exit code 3. It says: \u001B[31mno session for --token …');
		expect(problem.cause).toContain('run acme login');
		expect(JSON.stringify(problem)).not.toContain('s3cr3t');
	});

	test.each([
		['nowhere-such-a-program --token s3cr3t', 127],
		['/usr', 126],
	])('that is no program says to write its whole path: %s', async (command, exitCode) => {
		const {cause, nextSteps} = await problemWith(command);
		expect(cause).toContain(`exit code ${exitCode}`);
		expect(nextSteps[0]).toMatch(
			/^Write the whole path of the program in line \d+ of \S+config; one with spaces/,
		);
		expect(nextSteps.join()).not.toContain('s3cr3t');
	});

	test.each([
		['nowhere-such-a-program', /exit code 127[\s\S]*nowhere-such-a-program/],
		['kill -9 $$', /ended by SIGKILL/],
		['echo sign in first >&2', /nothing on standard output[\s\S]*sign in first/],
		['echo no-json', /is no JSON/],
	])('that gives none is told as that: %s', async (command, words) => {
		const problem = await problemWith(command);
		expect(problem.code).toBe('credential-process-failed');
		expect(problem.cause).toMatch(words);
		expect(problem.cause).not.toContain('AWS says');
	});
});

test('a list starts none; ^T does, and it can neither read nor draw', async () => {
	const home = await temporaryFolder();
	const file = path.join(home, 'started');
	const script = path.join(home, 'helper');
	await writeFile(
		script,
		`#!/bin/sh\necho run >> ${file}\nprintf 'Password: ' > /dev/tty\nread answer < /dev/tty\necho 'acme: no session' >&2\nexit 4\n`,
	);
	await chmod(script, 0o755);
	const config = path.join(home, 'config');
	await writeFile(config, `[profile acme]\ncredential_process = ${script}\nregion = us-east-1\n`);
	const terminal = openTerminal(process.execPath, [cli, '--mode', 'cross-region'], {
		columns: 100,
		rows: 30,
		cwd: home,
		env: {...emptyEnvironment(home), AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: '/dev/null'},
	});
	await terminal.waitForText('1 found: acme');
	terminal.press('enter');
	await terminal.waitForText('Its credential_process runs when it is asked');
	expect(terminal.frame()).toContain('not checked');
	await expect(access(file)).rejects.toThrow();
	terminal.press('ctrlT');
	await terminal.waitForText('cannot be used');
	const words = terminal.frame().replaceAll(/\s+/g, ' ');
	expect(words).toContain('It ended with exit code 4.');
	expect(words).toContain('acme: no session');
	expect(terminal.frame()).not.toContain('Password');
	expect(await readFile(file, 'utf8')).toBe('run\n');
	terminal.press('ctrlC');
	expect((await terminal.waitForEnd()).state).toEqual(restoredTerminal);
});

describe('a process that never ends', () => {
	afterEach(() => runProcessesByThemselves());

	test('is ended with all that it started, and says so', async () => {
		const folder = await temporaryFolder();
		const file = path.join(folder, 'pids');
		const exec = externalDataInterceptor.getTokenRecord() as Record<string, unknown>;
		runProcessesByThemselves(300);
		const short = exec['exec'] as (command: string, answered: (error: Error | null) => void) => void;
		const error = await new Promise<Error | null>((resolve) => {
			short(`sh -c 'sleep 1000 & echo $! $$ > ${file}; echo waiting >&2; wait'`, resolve);
		});
		expect(error?.message).toBe('Command failed: it gave nothing within 0.3 s, and was ended\nwaiting\n');
		const pids = (await readFile(file, 'utf8')).trim().split(' ').map(Number);
		await until(() => pids.every((pid) => !isAlive(pid)));
	});
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

test.each([
	['no session for --token s3cr3t', 'no session for --token …'],
	['--api-key=s3cr3t failed', '--api-key=… failed'],
	['password=s3cr3t, user=ana', 'password=…, user=ana'],
	['Password: s3cr3t', 'Password: …'],
	['{"SecretAccessKey": "s3cr3t", "x": 1}', '{"SecretAccessKey": …, "x": 1}'],
	['AWS_SESSION_TOKEN=s3cr3t', 'AWS_SESSION_TOKEN=…'],
	['Authorization: Bearer s3cr3t', 'Authorization: Bearer …'],
	['id ASIAIOSFODNN7EXAMPLE is gone', 'id … is gone'],
	['jwt eyJhbGciOi.eyJzdWIi.s3cr3t', 'jwt …'],
	[
		'GET https://b.s3.amazonaws.com/k?x-amz-expires=60&x-amz-signature=fe5f80f77d5fa3beca038a248ff027d0&x-id=1',
		'GET https://b.s3.amazonaws.com/k?x-amz-expires=60&x-amz-signature=…&x-id=1',
	],
	['Signature: vjbyPxybdZaNmGa%2ByT272YEAiv4%3D', 'Signature: …'],
	['The signature: it does not match', 'The signature: it does not match'],
	['https://ana:s3cr3t@example.com/x', 'https://ana:…@example.com/x'],
	['got wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY back', 'got … back'],
	// What is no secret stays readable.
	['The token has expired', 'The token has expired'],
	['Cannot find the key', 'Cannot find the key'],
	[
		'no such file: /home/ana/.config/acme/credentials.json',
		'no such file: /home/ana/.config/acme/credentials.json',
	],
	[
		'arn:aws:iam::111122223333:role/Some-Long-Role-Name-Of-Somebody-9',
		'arn:aws:iam::111122223333:role/Some-Long-Role-Name-Of-Somebody-9',
	],
])('%s is shown as %s', (text, shown) => {
	expect(masked(text)).toBe(shown);
});
