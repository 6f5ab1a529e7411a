import {describe, expect, it, onTestFinished} from 'vitest';
import {systemClock} from '../../source/commands/host/system-clock.js';
import type {RunEvent, Stamped} from '../../source/domain/event.js';
import {fixable, ProblemError} from '../../source/domain/problem.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {withRetries} from '../../source/engine/retry.js';
import {waits} from '../../source/engine/waits.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {cutOffProxy} from '../support/cut-off-proxy.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {until} from '../support/until.js';

/** A session whose way to AWS can be cut off. */
async function cutOffSession() {
	const one = await openSandbox();
	onTestFinished(async () => one.close());
	const proxy = await cutOffProxy(one.sandbox.endpointUrl);
	const answers = tutorialAnswers('cross-account');
	const records = memoryRecords();
	const session = sandboxSession(
		{...one.sandbox, endpointUrl: proxy.url},
		{answers, records, clock: systemClock},
	);
	onTestFinished(async () => session.close());
	const events: Array<Stamped<RunEvent>> = [];
	session.onEvent((event) => events.push(event));
	await session.openEnvironment('aws');
	expect(await session.makePlan(answers)).toMatchObject({ok: true});
	const retries = () => events.flatMap((event) => (event.type === 'operation-retried' ? [event] : []));
	const waitsTwice = async () => until(() => retries().some(({attempt}) => attempt > 2));
	return {proxy, session, retries, waitsTwice};
}

describe('a network that is gone', () => {
	it('is waited out by changes and by taking them back, and told', async () => {
		const {proxy, session, retries, waitsTwice} = await cutOffSession();
		await proxy.close();
		const applied = session.apply();
		await waitsTwice();
		await proxy.open();
		expect(await applied).toBe(true);
		expect(retries()[0]?.reason).toMatch(/^nobody answers: ECONN/);

		const before = retries().length;
		expect(await session.makeUndoPlan(undefined)).toMatchObject({ok: true});
		await proxy.close();
		const undone = session.undo();
		await until(() =>
			retries()
				.slice(before)
				.some(({attempt}) => attempt > 2),
		);
		await proxy.open();
		expect(await undone).toBe(true);
	});

	it('is waited for no longer when it is stopped', async () => {
		const {proxy, session, waitsTwice} = await cutOffSession();
		await proxy.close();
		const applied = session.apply();
		await waitsTwice();
		session.interrupt();
		expect(await applied).toBe(false);
	});

	it('is not waited for without end', async () => {
		const gone = new ProblemError(fixable('endpoint-unreachable', 'Cannot reach AWS', 'ENOTFOUND', []));
		let nowMs = 0;
		const delays: number[] = [];
		const clock = {
			now: () => nowMs,
			wait: async (delayMs: number) => {
				nowMs += delayMs;
			},
		};
		const tried = withRetries(
			async () => {
				throw gone;
			},
			{clock, signal: new AbortController().signal, onRetry: ({delayMs}) => delays.push(delayMs)},
		);
		await expect(tried).rejects.toBe(gone);
		expect(nowMs).toBeLessThanOrEqual(waits.outage.limitMs);
		expect(nowMs).toBeGreaterThan(waits.outage.limitMs / 2);
		expect(Math.max(...delays)).toBeLessThanOrEqual(5000);
	});
});
