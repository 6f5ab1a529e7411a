import {PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {metricsText} from '../../source/domain/watch/metrics-text.js';
import {readMetrics} from '../../source/engine/watch/read-metrics.js';
import {openSandbox, type OpenSandbox, ruleTo, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {makePassingClock} from '../sandbox/support/passing-clock.js';
import {type Pair, setUpPair} from '../sandbox/support/replicated-pair.js';
import {openSandboxAws} from '../support/sandbox-session.js';

const minuteMs = 60_000;
const clock = makePassingClock();
let open: OpenSandbox;
let aws: Awaited<ReturnType<typeof openSandboxAws>>;
let broken: Pair;

beforeAll(async () => {
	open = await openSandbox({clock, replicationDelayMs: 90_000});
	aws = await openSandboxAws(open.sandbox);
	broken = await setUpPair(open, {
		rules: (bucket) => [
			ruleTo(bucket, {Destination: {Bucket: `arn:aws:s3:::${bucket}`, Metrics: {Status: 'Enabled'}}}),
		],
		missing: ['s3:ReplicateObject'],
	});
	for (const Key of ['a', 'b'])
		await open.source.send(new PutObjectCommand({Bucket: broken.source, Key, Body: 'x'.repeat(100)}));
	await clock.pass(5 * minuteMs);
});

afterAll(async () => {
	await aws.close();
	await open.close();
});

/** What is told until nothing is waited for any more: the first round. */
async function firstRound(ruleId: string, profile = 'source'): Promise<readonly RunEvent[]> {
	const end = new AbortController();
	const events: RunEvent[] = [];
	const reading = readMetrics({
		source: {
			reference: {bucket: broken.source, region: 'us-east-1', accountId: sourceAccountId},
			connection: await aws.connect(profile),
		},
		rules: [{ruleId, destination: broken.destination}],
		regions: new Map([[broken.destination, 'us-west-2']]),
		clock: {now: clock.now, wait: async () => end.abort()},
		signal: end.signal,
	});
	for await (const event of reading) events.push(event);
	return events;
}

describe('what CloudWatch says of a rule', () => {
	it('is read where S3 puts it: failures at the source, the rest at the destination', async () => {
		const [event, ...others] = await firstRound('rule');
		const point = (value: unknown) => ({at: expect.any(Number) as number, value});
		expect(event).toMatchObject({
			type: 'replication-metrics-read',
			destination: broken.destination,
			failed: point(2),
			pendingOperations: point(expect.any(Number)),
			pendingBytes: point(expect.any(Number)),
			latencySeconds: point(expect.any(Number)),
		});
		expect(others).toEqual([]);
	});

	it('is nothing of a rule without values, and that is said with what to know of it', async () => {
		const [event] = await firstRound('another');
		expect(event).toMatchObject({failed: null, pendingOperations: null, latencySeconds: null});
		expect(metricsText(event as Parameters<typeof metricsText>[0], clock.now())).toMatch(
			/rule another: no values yet. They come up to 15 min after metrics go on/,
		);
	});

	it.each([
		[0.9, 0.9, '2 failed, 0 pending, 2.0 KB pending (just now)'],
		[3, 3, '2 failed, 0 pending, 2.0 KB pending (3 min ago)'],
		[19, 1, '2 failed (19 min ago); 0 pending, 2.0 KB pending (1 min ago)'],
		[125, 60, '2 failed (2 h ago); 0 pending, 2.0 KB pending (1 h ago)'],
	])('is told with its age: %s min and %s min', (failedMinutes, pendingMinutes, figures) => {
		const nowMs = Date.UTC(2026, 10, 28, 17, 45);
		const pendingAt = nowMs - pendingMinutes * minuteMs;
		const metrics = {
			...{ruleId: 'r', destination: 'd', failed: {at: nowMs - failedMinutes * minuteMs, value: 2}},
			pendingBytes: {at: pendingAt, value: 2048},
			pendingOperations: {at: pendingAt, value: 0},
			latencySeconds: null,
		};
		expect(metricsText(metrics, nowMs)).toBe(`CloudWatch on rule r: ${figures}.`);
	});
});
