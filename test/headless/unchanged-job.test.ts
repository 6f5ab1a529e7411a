import {expect, it} from 'vitest';
import type {RunEvent, Stamped} from '../../source/domain/event.js';
import {createUnchangedJob} from '../../source/headless/unchanged-job.js';

const seen = (at: number, status: string, succeeded = 0) =>
	({
		...{type: 'job-progressed', jobId: 'job-1', at, status, total: 5, succeeded, failed: 0},
		...{perSecond: null, remainingMs: null, elapsedMs: at},
	}) as Stamped<RunEvent>;

it('a job is told when it changes, and every 30 seconds', () => {
	const isUnchanged = createUnchangedJob();
	const looks = [
		seen(0, 'Ready'),
		seen(250, 'Ready'),
		seen(500, 'Active'),
		seen(750, 'Active', 2),
		seen(1000, 'Active', 2),
		seen(30_749, 'Active', 2),
		seen(30_750, 'Active', 2),
		seen(31_000, 'Active', 2),
	];
	expect(looks.map(isUnchanged)).toEqual([false, true, false, false, true, true, false, true]);
});
