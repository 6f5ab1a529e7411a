import {createServer} from 'node:http';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {limitCredentials} from '../../source/aws/credentials/limit-credentials.js';
import {connect} from '../../source/aws/connect.js';
import {transportLimits} from '../../source/aws/transport/transport-limits.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {failureOf} from './support/connected-sandbox.js';

test('a container’s endpoint that says nothing ends as a profile without credentials', async () => {
	const server = createServer(() => undefined);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as {port: number};
	vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `http://127.0.0.1:${port}/`);
	vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
	vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
	const warnings = vi.spyOn(console, 'warn').mockReturnValue();
	onTestFinished(async () => {
		vi.unstubAllEnvs();
		warnings.mockRestore();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const location = {configFile: '/dev/null', credentialsFile: '/dev/null'};
	const {identity} = connect(defaultChain, {
		config: {profiles: {}, services: {}, ssoSessions: {}, location} as never,
		environment: {},
		limits: {...transportLimits, credentialsMs: 200},
	});
	const {problem} = await failureOf(identity.knownAccountId());
	expect(problem.code).toBe('no-credentials');
	expect(problem.cause).toContain('within 0.2 s');
});

describe('the limit on getting credentials', () => {
	test('stands still while somebody is asked, and begins anew after', async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		const limit = limitCredentials(1000);
		let answer: () => void = () => undefined;
		const got = limit.within(async () => {
			await limit.asking(
				async () =>
					new Promise<void>((resolve) => {
						answer = resolve;
					}),
			);
			return new Promise(() => undefined);
		});
		const failed = vi.fn();
		const heard = got.catch(failed);
		await vi.advanceTimersByTimeAsync(3_600_000);
		answer();
		await vi.advanceTimersByTimeAsync(999);
		expect(failed).not.toHaveBeenCalled();
		await vi.advanceTimersByTimeAsync(1);
		await heard;
		expect(failed).toHaveBeenCalledWith(expect.objectContaining({name: 'CredentialsProviderError'}));
	});

	test('leaves what comes in time alone, and no timer behind', async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		expect(await limitCredentials(1000).within(async () => 'keys')).toBe('keys');
		expect(vi.getTimerCount()).toBe(0);
	});
});
