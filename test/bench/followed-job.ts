import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {setUpPair} from '../sandbox/support/replicated-pair.js';
import {cli} from '../support/program.js';
import {loadOnce} from './sandbox-bench.js';
import type {Say} from './row.js';

type Followed = {readonly peakBytes: number; readonly seconds: number; readonly looks: number};

/** A source with so many objects that were there before its rule. */
async function oldSource(open: OpenSandbox, objects: number): Promise<string> {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	const user = open.sandbox.addUser({accountId: '111122223333', userName: 'load'});
	const {endpointUrl} = open.sandbox;
	const load = {
		method: 'PUT',
		path: `/${pair.source}/old/%d`,
		body: 'x',
		count: objects,
		parallel: 8,
	} as const;
	await loadOnce({endpointUrl, ...user, ...load});
	const ReplicationConfiguration = {Role: pair.roleArn, Rules: [ruleTo(pair.destination)]};
	await open.source.send(new PutBucketReplicationCommand({Bucket: pair.source, ReplicationConfiguration}));
	return pair.source;
}

/** The built program makes a job of so many objects in the sandbox and follows it to its end; gives the most memory that it had. */
export async function followedJob(objects: number, say: Say): Promise<Followed> {
	const open = await openSandbox({replicationDelayMs: 500, batchObjectsPerSecond: 5000});
	const home = await mkdtemp(path.join(tmpdir(), 's3-replicate-bench-'));
	try {
		const source = await oldSource(open, objects);
		say('they are there, the job begins');
		const {configFile, credentialsFile, endpointUrl} = open.sandbox;
		const startedAt = performance.now();
		const args = ['batch', '--source-bucket', source, '--source-profile', 'source', '--yes', '--json'];
		const child = spawn(process.execPath, [cli, ...args], {
			stdio: ['ignore', 'pipe', 'inherit'],
			env: {
				PATH: process.env['PATH'] ?? '',
				HOME: home,
				AWS_ENDPOINT_URL: endpointUrl,
				AWS_CONFIG_FILE: configFile,
				AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
				AWS_EC2_METADATA_DISABLED: 'true',
				AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
			},
		});
		const ended = once(child, 'exit');
		let peakBytes = 0;
		let looks = 0;
		let succeeded: unknown;
		for await (const line of createInterface({input: child.stdout})) {
			const event = JSON.parse(line) as {readonly type: string; readonly succeeded?: number};
			if (event.type === 'job-progressed') looks++;
			if (event.type === 'job-finished') ({succeeded} = event);
			peakBytes = Math.max(peakBytes, await peakBytesOf(child.pid));
		}

		await ended;
		if (succeeded !== objects) throw new Error(`Of ${objects} objects ${String(succeeded)} were copied.`);
		return {peakBytes, looks, seconds: (performance.now() - startedAt) / 1000};
	} finally {
		await open.close();
		await rm(home, {recursive: true});
	}
}

/** Zero where the process is gone. */
async function peakBytesOf(pid: number | undefined): Promise<number> {
	const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
	return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}
