import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {startSandbox} from '../../source/sandbox/start-sandbox.js';
import {lyingProxy} from '../support/lying-proxy.js';
import {temporaryFolder} from '../support/program.js';
import {runHere} from '../support/run-here.js';
import {tutorialArgs} from '../support/tutorial-args.js';

/** What stands where the active profile points: nobody may call it. */
async function countingEndpoint() {
	let count = 0;
	const server = createServer((_request, response) => {
		count++;
		response.writeHead(500).end();
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	onTestFinished(() => void server.close());
	return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => count};
}

test('a run with other profiles than the active one is made, recorded and undone at their endpoint', async () => {
	const sandbox = await startSandbox({replicationDelayMs: 20});
	onTestFinished(async () => sandbox.close());
	const active = await countingEndpoint();
	const home = await temporaryFolder();
	const [config, credentials] = [path.join(home, 'config'), path.join(home, 'credentials')];
	const named = ['source', 'destination'].map(
		(name) => `[profile ${name}]\nendpoint_url = ${sandbox.endpointUrl}\n`,
	);
	await writeFile(
		config,
		`${named.join('')}[profile lab]\nendpoint_url = ${active.url}\nuse_fips_endpoint = true\n`,
	);
	await writeFile(credentials, await readFile(sandbox.credentialsFile));
	const env = {
		...{HOME: home, S3_REPLICATE_STATE_DIR: path.join(home, 'state'), AWS_PROFILE: 'lab'},
		...{AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_EC2_METADATA_DISABLED: 'true'},
	};
	const args = ['apply', ...tutorialArgs('cross-account'), '--yes', '--files', '1', '--json'];

	const applied = await runHere(args, {env, home});
	expect(applied.exitCode).toBe(0);
	const lines = applied.stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	const here = {
		...{s3: sandbox.endpointUrl, iam: sandbox.endpointUrl, sts: sandbox.endpointUrl},
		kms: sandbox.endpointUrl,
	};
	const endpoints = [
		{profile: 'source', ...here},
		{profile: 'destination', ...here},
	];
	expect(lines[0]).toMatchObject({type: 'run-started', endpoints});
	expect(lines.find(({type}) => type === 'plan-made')).toMatchObject({endpoints});

	const runs = await runHere(['runs', '--json'], {env, home});
	expect(JSON.parse(runs.stdout.split('\n')[0] ?? '')).toMatchObject({endpoints});

	const undone = await runHere(['undo', String(lines[0]?.['runId']), '--yes'], {env, home});
	expect(undone.stdout + undone.stderr).toContain(sandbox.endpointUrl);
	expect(undone.exitCode).toBe(0);
	expect(active.count()).toBe(0);
});

test('two sides with endpoints of their own: each is named, recorded and undone at its own', async () => {
	const sandbox = await startSandbox({replicationDelayMs: 20});
	onTestFinished(async () => sandbox.close());
	// The same world by another door.
	const {url: other, asked} = await lyingProxy(sandbox.endpointUrl);
	const home = await temporaryFolder();
	const [config, credentials] = [path.join(home, 'config'), path.join(home, 'credentials')];
	await writeFile(
		config,
		`[profile source]\nendpoint_url = ${sandbox.endpointUrl}\n[profile destination]\nendpoint_url = ${other}\n`,
	);
	await writeFile(credentials, await readFile(sandbox.credentialsFile));
	const env = {
		...{HOME: home, S3_REPLICATE_STATE_DIR: path.join(home, 'state'), AWS_EC2_METADATA_DISABLED: 'true'},
		...{AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials},
	};
	const args = tutorialArgs('cross-account');
	const at = (url: string) => ({s3: url, iam: url, sts: url, kms: url});
	const endpoints = [
		{profile: 'source', ...at(sandbox.endpointUrl)},
		{profile: 'destination', ...at(other)},
	];

	const planned = await runHere(['plan', ...args], {env, home});
	const each = `source: ${sandbox.endpointUrl}; destination: ${other}`;
	expect(planned.stdout).toContain(`Calls go to ${each}`);
	const applied = await runHere(['apply', ...args, '--yes', '--files', '1', '--json'], {env, home});
	const lines = applied.stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(lines[0]).toMatchObject({type: 'run-started', endpoints});
	expect(lines.find(({type}) => type === 'plan-made')).toMatchObject({endpoints});
	// The other door was asked for the destination alone, and of it everything.
	const ofSource = /my-source-account/;
	expect(asked.some((call) => call.startsWith('PUT /my-destination-account/?policy'))).toBe(true);
	expect(asked.filter((call) => ofSource.test(call))).toEqual([]);

	const runs = await runHere(['runs', '--json'], {env, home});
	expect(JSON.parse(runs.stdout.split('\n')[0] ?? '')).toMatchObject({endpoints});
	const undone = await runHere(['undo', String(lines[0]?.['runId']), '--yes'], {env, home});
	expect(undone.stdout).toContain(`Calls go to ${each}`);
	expect(asked.filter((call) => ofSource.test(call))).toEqual([]);
	expect(asked).toContain('DELETE /my-destination-account/');
	expect(undone.exitCode).toBe(0);
});
