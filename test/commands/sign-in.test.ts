import {rm} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {readSharedConfig} from '../../source/aws/transport/shared-config.js';
import {createServices} from '../../source/commands/services/services.js';
import {createSession} from '../../source/session/session.js';
import {until} from '../support/until.js';
import {problemFrom} from '../../source/domain/problem.js';
import {type AskPerson, ranWell, type SignInRequest} from '../../source/domain/sign-in.js';
import {cli} from '../support/program.js';
import {runHere} from '../support/run-here.js';
import {type SsoWorld, ssoWorld} from '../support/sso-world.js';
import {openTerminal, restoredTerminal} from '../support/terminal.js';

const command = 'aws sso login --sso-session work';
const answers = [
	...['--mode', 'cross-region'],
	...['--source-profile', 'alpha', '--source-bucket', 'my-sso-source', '--source-region', 'us-east-1'],
	...['--destination-bucket', 'my-sso-destination', '--destination-region', 'us-west-2'],
];

function openHere({env, home}: SsoWorld, args: readonly string[]) {
	return openTerminal(process.execPath, [cli, ...args], {columns: 100, rows: 30, cwd: home, env});
}

describe('the list of profiles', () => {
	test('says which need a sign-in without asking; ^L runs the command after a yes, and comes back to all of them', async () => {
		const world = await ssoWorld();
		const terminal = openHere(world, ['--mode', 'cross-region']);
		await terminal.waitForText('2 found: alpha, beta');
		terminal.press('enter');
		await terminal.waitFor((frame) => frame.split('no credentials').length > 2);
		expect(terminal.frame()).not.toContain('Run it');
		expect(await world.calls()).toEqual([]);

		terminal.press('ctrlL');
		await terminal.waitForText('Profile alpha needs a sign-in');
		expect(terminal.frame()).toContain(command);
		// Nothing is run by an Enter that was meant for something else.
		terminal.press('enter');
		await terminal.waitForText('Type yes');
		expect(await world.calls()).toEqual([]);
		terminal.type('yes\r');
		await terminal.waitForText('Press y to open the browser:');
		terminal.type('y\r');
		// The other profile of the same sign-in is checked again as well.
		await terminal.waitFor((frame) => frame.split('sso/ana').length > 3);
		expect(await world.calls()).toEqual(['sso login --sso-session work']);
		terminal.press('ctrlC');
		const {state} = await terminal.waitForEnd();
		expect(state).toEqual(restoredTerminal);
	});

	test('stays as it is where nobody says yes, and says what became of a command that fails', async () => {
		const world = await ssoWorld();
		const terminal = openHere(world, ['--mode', 'cross-region']);
		await terminal.waitForText('2 found: alpha, beta');
		terminal.press('enter');
		await terminal.waitForText('no credentials');
		terminal.press('ctrlL');
		await terminal.waitForText('needs a sign-in');
		terminal.press('escape');
		await terminal.waitForText('no credentials');
		expect(await world.calls()).toEqual([]);
		// To choose it is to need it.
		terminal.press('enter');
		await terminal.waitForText('needs a sign-in');
		terminal.type('yes\r');
		await terminal.waitForText('Press y to open the browser:');
		terminal.type('n\r');
		await terminal.waitForText('It ended with exit code 255.');
		terminal.press('ctrlC');
		await terminal.waitForEnd();
	});
});

describe('lines', () => {
	test.each([
		['alpha', command],
		['gamma', 'aws login --profile gamma'],
	])('ask the same on a terminal, and go on after it: %s', async (profile, itsCommand) => {
		const world = await ssoWorld({hasLogin: profile === 'gamma'});
		const terminal = openHere(world, ['plan', ...answers.map((word) => (word === 'alpha' ? profile : word))]);
		await terminal.waitForText(`Profile ${profile} needs a sign-in: ${itsCommand}`);
		await terminal.waitForText('Run it now? (yes or no):');
		terminal.type('yes\r');
		await terminal.waitForText('Press y to open the browser:');
		terminal.type('y\r');
		const {exitCode} = await terminal.waitForEnd();
		expect(exitCode).toBe(0);
		expect(terminal.history().join('\n')).toContain('Plan: 7 to create');
		expect(await world.calls()).toEqual([itsCommand.replace('aws ', '')]);
		expect(world.tokens.includes('good-token')).toBe(profile === 'alpha');
	});

	test('say the command where nobody can be asked', async () => {
		const {env, home, calls} = await ssoWorld();
		const {exitCode, stderr, stdout} = await runHere(['plan', ...answers], {env, home});
		expect(exitCode).toBe(1);
		expect(stdout + stderr).toContain(`Sign in: ${command}`);
		expect(stdout + stderr).not.toContain('Run it');
		expect(await calls()).toEqual([]);
	});
});

test('for a screen reader: asked with a line, run with the terminal after a yes, and the questions go on', async () => {
	const world = await ssoWorld();
	const terminal = openHere(world, ['--accessible', ...answers]);
	await terminal.waitForText('Where [aws]:');
	terminal.type('aws\r');
	await terminal.waitForText(`Profile alpha needs a sign-in: ${command}`);
	await terminal.waitForText('Run it now?');
	terminal.type('yes\r');
	await terminal.waitForText('Press y to open the browser:');
	terminal.type('y\r');
	await terminal.waitForText('alpha is account 111122223333');
	expect(await world.calls()).toEqual(['sso login --sso-session work']);
	expect(terminal.output()).not.toContain('\u001B[?1049h');
	terminal.press('ctrlC');
	await terminal.waitForEnd();
});

describe('a token that ends', () => {
	const before = {...process.env};
	const setEnvironment = (wanted: NodeJS.ProcessEnv): void => {
		for (const name of Object.keys(process.env)) delete process.env[name];
		Object.assign(process.env, wanted);
	};
	beforeEach(() => setEnvironment(before));
	afterEach(() => setEnvironment(before));

	/** A connection whose questions are kept, and answered by signing in. */
	async function asking(world: SsoWorld, answer: () => Promise<string>) {
		const asked: SignInRequest[] = [];
		const refusals: Array<string | undefined> = [];
		const askPerson: AskPerson = async (request, tryAnswer) => {
			asked.push(request);
			refusals.push((await tryAnswer(await answer())).refusal);
		};
		setEnvironment(world.env);
		const folder = path.join(world.home, '.aws');
		const location = {
			configFile: path.join(folder, 'config'),
			credentialsFile: path.join(folder, 'credentials'),
		};
		const config = await readSharedConfig(location);
		return {asked, refusals, connection: connect('alpha', {config, environment: world.env, askPerson})};
	}

	test('in the middle of everything opens the sign-in, and tokens are read anew', async () => {
		const world = await ssoWorld();
		await world.signIn();
		const {asked, refusals, connection} = await asking(world, async () => {
			await world.signIn();
			return ranWell;
		});
		expect((await connection.identity.getCaller()).accountId).toBe('111122223333');
		expect(asked).toEqual([]);
		await rm(world.tokenFile);
		connection.renewCredentials();
		expect(await connection.identity.getSession()).toMatchObject({isTemporary: true});
		expect(asked).toEqual([{kind: 'sign-in-command', profile: 'alpha', command: command.split(' ')}]);
		expect(refusals).toEqual([undefined]);
	});

	test('while files are watched asks for the sign-in, and the watch goes on after it', async () => {
		// The machine's own time: the sandbox and the SDK go by it as well.
		vi.useFakeTimers({toFake: ['Date']});
		onTestFinished(() => void vi.useRealTimers());
		const world = await ssoWorld();
		await world.signIn();
		setEnvironment(world.env);
		const where = {
			environment: 'aws',
			mode: 'cross-region',
			sourceProfile: 'alpha',
			sourceBucket: 'my-sso-source',
			sourceRegion: 'us-east-1',
			destinationBucket: 'my-sso-destination',
			destinationRegion: 'us-west-2',
		} as const;
		const session = createSession({
			command: 'wizard',
			answers: where,
			services: createServices(process.env, undefined),
		});
		onTestFinished(async () => {
			session.interrupt();
			await session.close();
		});
		await session.openEnvironment('aws');
		expect((await session.makePlan(where)).ok).toBe(true);
		expect(await session.apply()).toBe(true);
		const watched = session.watchPlanned({
			staysOpen: true,
			followsOthers: false,
			fileCount: 1,
			fileSizeBytes: 10,
		});
		await until(() => session.watchView.objectCounts().replicated === 1);

		// The sign-in is over, and so is what it gave.
		vi.setSystemTime(Date.now() + 2 * 3_600_000);
		session.uploadMore(1);
		await until(() => session.getState().signInQuestion !== undefined);
		expect(session.getState()).toMatchObject({
			phase: 'watching',
			signInQuestion: {kind: 'sign-in-command', profile: 'alpha', command: command.split(' ')},
		});
		await world.signIn();
		session.answerSignIn(ranWell);
		await until(() => session.watchView.objectCounts().replicated === 2);
		expect(session.getState().signInQuestion).toBe(undefined);
		session.interrupt();
		await watched;
	});

	test('is told as it was where the sign-in fails', async () => {
		const world = await ssoWorld();
		const {asked, refusals, connection} = await asking(world, async () => 'It ended with exit code 1.');
		const problem = await connection.identity.getCaller().then(() => expect.unreachable(), problemFrom);
		expect(problem).toMatchObject({code: 'no-credentials', signIn: {command: command.split(' ')}});
		expect([asked.length, refusals]).toEqual([1, ['It ended with exit code 1.']]);
	});
});
