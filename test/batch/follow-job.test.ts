import {expect, test} from 'vitest';
import type {BatchJob, JobStatus} from '../../source/domain/observed/batch-job.js';
import {followJob} from '../../source/engine/batch/follow-job.js';
import {jobPollMs} from '../../source/session/actions/batch/see-job-through.js';

// Documented: S3 User Guide, "Troubleshooting Batch Operations": a job is asked for no more often than every 30 seconds.
test.each([
	{where: 'on AWS', endpointUrl: null, seconds: undefined, pollMs: 30_000},
	{where: 'at an endpoint of one’s own', endpointUrl: 'http://127.0.0.1:1', seconds: undefined, pollMs: 250},
	{where: 'where --poll says so', endpointUrl: null, seconds: 5, pollMs: 5000},
])('a job is asked for every $pollMs ms $where', async ({endpointUrl, seconds, pollMs}) => {
	const states: JobStatus[] = ['Ready', 'Active', 'Active', 'Complete'];
	const waits: number[] = [];
	let nowMs = 0;
	const progress = {total: 5, succeeded: 0, failed: 0};
	const events = followJob({
		jobs: {
			describe: async () =>
				Promise.resolve({jobId: 'j', status: states.shift(), progress, failures: []} as unknown as BatchJob),
		},
		reference: {jobId: 'j', accountId: '111122223333', region: 'us-east-1'},
		pollMs: jobPollMs(endpointUrl, seconds),
		isConfirmed: true,
		clock: {
			now: () => nowMs,
			async wait(ms) {
				waits.push(ms);
				nowMs += ms;
				return Promise.resolve();
			},
		},
		signal: new AbortController().signal,
		onSeen: () => undefined,
	});
	const seen: string[] = [];
	for await (const event of events) if (event.type === 'job-progressed') seen.push(event.status);
	expect(seen).toEqual(['Ready', 'Active', 'Active', 'Complete']);
	expect(waits).toEqual([pollMs, pollMs, pollMs]);
});
