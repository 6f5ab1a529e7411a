import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import {type AskLine, askSignInInLines} from '../../source/commands/ask/sign-in-lines.js';
import type {Host} from '../../source/commands/host/host.js';
import type {Session} from '../../source/session/session.js';
import {askingSession} from '../support/asking-session.js';
import {type MfaWorld, openMfaWorld} from '../support/mfa-world.js';
import {cli, emptyEnvironment, runProgram, temporaryFolder} from '../support/program.js';
import {openTerminal} from '../support/terminal.js';

let world: MfaWorld;
beforeAll(async () => {
	world = await openMfaWorld();
});
afterAll(() => world.close());

const files = () => ({
	AWS_CONFIG_FILE: world.configFile,
	AWS_SHARED_CREDENTIALS_FILE: world.credentialsFile,
});

const acrossAccounts = [
	...['--mode', 'cross-account', '--source-profile', 'prod', '--destination-profile', 'partner'],
	...['--source-bucket', 'my-mfa-source', '--source-region', 'us-east-1'],
	...['--destination-bucket', 'my-mfa-destination', '--destination-region', 'us-west-2'],
];

it('without a terminal the problem names the device, says why nobody can be asked, and what to do', async () => {
	const {exitCode, events, stderr} = await runProgram(['plan', '--json', ...acrossAccounts], {env: files()});
	expect([exitCode, stderr]).toEqual([1, '']);
	const problem = events().at(-1)?.problem as {code: string; cause: string; nextSteps: readonly string[]};
	expect(problem.code).toBe('mfa-nobody-to-ask');
	expect(problem.cause).toContain(world.device.serial);
	expect(problem.nextSteps[1]).toContain('aws configure export-credentials --profile prod --format env');
	expect(events().filter(({type}) => type === 'plan-made')).toEqual([]);
});

describe('a session whose questions are answered with lines', () => {
	/** Who answers so, and what was asked. */
	async function withAnswers(answers: ReadonlyArray<() => string | undefined>) {
		const {session} = await askingSession({
			aws: {
				endpointUrl: world.sandbox.endpointUrl,
				configFile: world.configFile,
				credentialsFile: world.credentialsFile,
			},
		});
		await session.openEnvironment('aws');
		const asked: string[] = [];
		const left = [...answers];
		const ask: AskLine = async (question) => {
			asked.push(question);
			return left.shift()?.();
		};
		onTestFinished(askSignInInLines({} as Host, session, {ask}));
		return {session, asked};
	}

	const stateOf = (session: Session, profile: string) => {
		const identity = session.getState().identities[profile];
		return identity?.state === 'failed' ? identity.problem.code : identity?.state;
	};

	it('is asked for each profile in turn, and again where no code or a wrong one was typed', async () => {
		const {nextCode, wrongCode} = world.device;
		const {session, asked} = await withAnswers([() => 'what?', wrongCode, nextCode, nextCode]);
		await Promise.all([session.checkIdentity('prod'), session.checkIdentity('partner')]);
		expect([stateOf(session, 'prod'), stateOf(session, 'partner')]).toEqual(['ready', 'ready']);
		const [first, ...rest] = asked.map((text) => text.split('\n')[0]);
		const last = rest.pop();
		expect(rest).toEqual(['A code is six digits.', expect.stringContaining('AWS did not take that code.')]);
		// Both are looked for at once, and either may come first.
		const ofProfile = (name: string): string =>
			`Profile ${name} needs a code of its MFA device ${world.device.serial}.`;
		expect(new Set([first, last])).toEqual(new Set([ofProfile('prod'), ofProfile('partner')]));
	});

	it('asks once more after an empty line, which may have been meant for another question', async () => {
		const {session, asked} = await withAnswers([() => '', world.device.nextCode]);
		await session.checkIdentity('prod');
		expect(stateOf(session, 'prod')).toBe('ready');
		expect(asked.map((text) => text.split('\n')[0])).toEqual([
			expect.stringContaining('needs a code of its MFA device'),
			'No code was typed. Type it, or press Enter once more to go on without it.',
		]);
	});

	it('goes on without the profile after two empty lines, and where nobody answers any more', async () => {
		const {session, asked} = await withAnswers([() => ' ', () => '', () => undefined]);
		await session.checkIdentity('prod');
		await session.checkIdentity('partner');
		expect([stateOf(session, 'prod'), stateOf(session, 'partner')]).toEqual([
			'mfa-code-missing',
			'mfa-code-missing',
		]);
		expect(asked).toHaveLength(3);
	});
});

it('in a terminal the codes are asked for on standard error, one after the other, and are written nowhere', async () => {
	const folder = await temporaryFolder();
	const command = [cli, 'apply', '--yes', '--json', '--debug', 'debug', '--files', '1', ...acrossAccounts];
	const terminal = openTerminal(
		'/bin/sh',
		['-c', 'exec "$0" "$@" >events.json', process.execPath, ...command],
		{
			columns: 120,
			rows: 30,
			cwd: folder,
			env: {...emptyEnvironment(folder), ...files(), S3_REPLICATE_STATE_DIR: path.join(folder, 'state')},
		},
	);
	const codes: string[] = [];
	const give = (code: string): void => {
		codes.push(code);
		terminal.type(`${code}\r`);
	};
	await terminal.waitForText('six digits (empty: none):');
	give(world.device.wrongCode());
	await terminal.waitForText('AWS did not take that code.');
	give(world.device.nextCode());
	await terminal.waitFor((frame) => frame.split('needs a code').length === 3);
	give(world.device.nextCode());
	const {exitCode} = await terminal.waitForEnd();

	const text = await readFile(path.join(folder, 'events.json'), 'utf8');
	const events = text
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as {type: string; outcome?: string});
	expect(events.at(-1)).toMatchObject({type: 'run-finished', outcome: 'succeeded'});
	expect(exitCode).toBe(0);
	const written = [text];
	expect(await readFile(path.join(folder, 'debug'), 'utf8')).toContain('"operation":"AssumeRole"');
	for (const entry of await readdir(folder, {recursive: true, withFileTypes: true})) {
		if (entry.isFile()) written.push(await readFile(path.join(entry.parentPath, entry.name), 'utf8'));
	}
	for (const code of codes) expect(written.join('\n')).not.toMatch(new RegExp(`\\b${code}\\b`));
	const {Buckets} = await world.destination.send(new ListBucketsCommand({}));
	expect(Buckets?.map(({Name}) => Name)).toEqual(['my-mfa-destination']);
});
