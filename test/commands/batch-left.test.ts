import {PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {runProgram, startProgram, temporaryFolder} from '../support/program.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 1});
});
afterAll(async () => open.close());

it('Ctrl-C leaves the job running, says how one comes back, and runs names it', async () => {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	for (const key of ['a', 'b', 'c']) await put(open.source, pair.source, key);
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(pair.destination)]},
		}),
	);
	const env = {
		AWS_CONFIG_FILE: open.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
		AWS_ENDPOINT_URL: open.sandbox.endpointUrl,
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
	};
	const named = ['--source-bucket', pair.source, '--source-profile', 'source'];
	const program = await startProgram(['batch', ...named, '--yes', '--json'], {env});
	await program.waitForLines(/"job-progressed".*"Active"/);
	program.child.kill('SIGINT');
	const ended = await program.ended;
	const last = ended.events().at(-1);
	expect([ended.exitCode, last?.type]).toEqual([130, 'run-finished']);
	const jobId = /batch --job (\S+)/.exec(JSON.stringify(last))?.[1] ?? '';
	expect(JSON.stringify(last)).toContain('It runs on at AWS.');
	const runs = await runProgram(['runs'], {env});
	expect(runs.stdout).toContain(
		`job ${jobId}  Active when it was seen last: s3-replicate batch --job ${jobId}`,
	);
	// Who comes back sees it to its end, and the run knows of that.
	const back = await runProgram(['batch', '--job', jobId, '--source-profile', 'source'], {env});
	expect(back.exitCode).toBe(0);
	expect((await runProgram(['runs'], {env})).stdout).toContain(`job ${jobId}  Complete`);
});
