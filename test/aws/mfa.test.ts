import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {memoize} from '../../source/aws/credentials/memoize-credentials.js';
import {readSharedConfig} from '../../source/aws/transport/shared-config.js';
import {openAwsEnvironment} from '../../source/commands/services/aws-environment.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {type AskPerson, mfaCodeIn, type SignInRequest} from '../../source/domain/sign-in.js';
import {type MfaWorld, openMfaWorld} from '../support/mfa-world.js';
import {failureOf} from './support/connected-sandbox.js';

let world: MfaWorld;
beforeAll(async () => {
	world = await openMfaWorld();
});
afterAll(() => world.close());

/** A connection, and what somebody was asked who answers so. */
async function connected(
	profile: string,
	answer: (request: SignInRequest) => string | Promise<string>,
	environment: NodeJS.ProcessEnv = {},
) {
	const {configFile, credentialsFile} = world;
	const asked: SignInRequest[] = [];
	const refusals: string[] = [];
	const askPerson: AskPerson = async (request, tryCode) => {
		asked.push(request);
		for (;;) {
			const {refusal} = await tryCode(await answer(request));
			if (refusal === undefined) return;
			refusals.push(refusal);
		}
	};
	const config = await readSharedConfig({configFile, credentialsFile});
	return {asked, refusals, connection: connect(profile, {config, environment, askPerson})};
}

describe('a profile whose role takes a code', () => {
	test('is asked for one, which serves every service and region', async () => {
		const {connection, asked} = await connected('prod', () => world.device.nextCode());
		const head = async (region: string) =>
			connection.buckets.head({bucket: 'nobodys-bucket', region, accountId: '111122223333'});
		const [caller] = await Promise.all([
			connection.identity.getCaller(),
			connection.buckets.list(),
			connection.roles.get('deploy'),
			head('us-east-1'),
			head('eu-central-1'),
		]);
		expect(caller.arn).toBe('arn:aws:sts::111122223333:assumed-role/deploy/ana');
		await head('us-west-2');
		expect(asked).toEqual([{kind: 'mfa-code', profile: 'prod', serial: world.device.serial}]);
	});

	test('is asked again after a wrong code, and after one that was used', async () => {
		const used = world.device.nextCode();
		const first = await connected('prod', () => used);
		await first.connection.identity.getCaller();
		const codes = [used, world.device.wrongCode()];
		const {connection, refusals} = await connected('prod', () => codes.shift() ?? world.device.nextCode());
		await connection.identity.getCaller();
		expect(refusals).toEqual([
			expect.stringContaining('AWS did not take that code.'),
			expect.stringContaining('AWS did not take that code.'),
		]);
	});

	test('fails once for all who waited where nobody gives a code, and is asked for again by the next call', async () => {
		const {connection, asked} = await connected('prod', async () => Promise.reject(new Error('gave up')));
		const calls = [connection.identity.getCaller(), connection.buckets.list(), connection.buckets.list()];
		const ends = await Promise.allSettled(calls);
		expect(ends.map(({status}) => status)).toEqual(['rejected', 'rejected', 'rejected']);
		expect(asked).toHaveLength(1);
		await connection.buckets.list().catch(() => undefined);
		expect(asked).toHaveLength(2);
	});

	test('is not asked for where its source gives no credentials', async () => {
		const {configFile, credentialsFile} = world;
		const read = await readSharedConfig({configFile, credentialsFile});
		const asked: SignInRequest[] = [];
		const connection = connect('prod', {
			config: {...read, location: {...read.location, credentialsFile: `${credentialsFile}-none`}},
			environment: {},
			askPerson: async (request, tryCode) => {
				asked.push(request);
				await tryCode(world.device.nextCode());
			},
		});
		const {problem} = await failureOf(connection.identity.getCaller());
		expect(problem.code).toBe('profile-fault');
		expect(asked).toEqual([]);
	});

	test('says that nobody can be asked, why, and what to do', async () => {
		const {configFile, credentialsFile} = world;
		const config = await readSharedConfig({configFile, credentialsFile});
		const {problem} = await failureOf(connect('prod', {config, environment: {}}).identity.getCaller());
		expect(problem).toMatchObject({code: 'mfa-nobody-to-ask', kind: 'fixable'});
		expect(problem.cause).toContain(world.device.serial);
		expect(problem.nextSteps.join(' ')).toContain('aws configure export-credentials --profile prod');
	});

	test('of whose source user it is not says so, and is not asked for again', async () => {
		const {configFile, credentialsFile} = world;
		const read = await readSharedConfig({configFile, credentialsFile});
		const asked: SignInRequest[] = [];
		const connection = connect('other', {
			config: {...read},
			environment: {},
			askPerson: async (request, tryCode) => {
				asked.push(request);
				await tryCode('123456');
			},
		});
		const {problem} = await failureOf(connection.identity.getCaller());
		expect(problem).toMatchObject({code: 'mfa-device-refused'});
		expect(asked).toHaveLength(1);
	});
});

describe('the default chain', () => {
	const useProfile = (name: string): void => {
		vi.stubEnv('AWS_PROFILE', name);
		vi.stubEnv('AWS_CONFIG_FILE', world.configFile);
		vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', world.credentialsFile);
		onTestFinished(() => void vi.unstubAllEnvs());
	};

	test('that comes to such a profile is asked for its code', async () => {
		useProfile('partner');
		const {connection, asked} = await connected(defaultChain, () => world.device.nextCode(), {
			AWS_PROFILE: 'partner',
		});
		expect((await connection.identity.getCaller()).accountId).toBe('444455556666');
		expect(asked).toEqual([{kind: 'mfa-code', profile: 'partner', serial: world.device.serial}]);
	});

	test('is offered without being asked for one', async () => {
		useProfile('partner');
		const {configFile, credentialsFile} = world;
		const aws = await openAwsEnvironment({
			environment: {AWS_PROFILE: 'partner'},
			location: {configFile, credentialsFile},
			offersDefaultChain: true,
			askPerson: async () => Promise.reject(new Error('nobody may be asked')),
		});
		expect((await aws.profiles()).at(-1)).toMatchObject({
			name: defaultChain,
			kind: 'default chain',
			region: 'us-west-2',
			accountId: '444455556666',
			signIn: {kind: 'mfa-code', profile: 'partner', serial: world.device.serial},
		});
	});
});

describe('credentials that are about to expire', () => {
	const minutesLeft = (minutes: number) => ({
		accessKeyId: `left-${minutes}`,
		secretAccessKey: '',
		expiration: new Date(minutes * 60_000),
	});

	test('are used on while new ones are got, as long as a minute is left', async () => {
		let answer = (): void => undefined;
		const answered = new Promise<void>((resolve) => {
			answer = resolve;
		});
		const given = [async () => minutesLeft(10), async () => answered.then(() => minutesLeft(60))];
		let nowMs = 0;
		const {provide} = memoize(
			async () => given.shift()?.() ?? Promise.reject(new Error('asked too often')),
			() => nowMs,
		);
		const namesOf = async () =>
			Promise.all([provide(), provide()].map(async (one) => (await one).accessKeyId));
		expect(await namesOf()).toEqual(['left-10', 'left-10']);
		nowMs = 6 * 60_000;
		expect(await namesOf()).toEqual(['left-10', 'left-10']);
		nowMs = 9.5 * 60_000;
		const waiting = namesOf();
		answer();
		expect(await waiting).toEqual(['left-60', 'left-60']);
	});
});

test.each([
	['123456', '123456'],
	[' 123 456\r', '123456'],
	['12345', undefined],
	['1234567', undefined],
	['12345a', undefined],
	['', undefined],
])('%j is read as the code %s', (text, code) => {
	expect(mfaCodeIn(text)).toBe(code);
});
