import {existsSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {request} from 'node:http';
import {networkInterfaces, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {loadSharedConfigFiles} from '@aws-sdk/shared-ini-file-loader';
import {CreateBucketCommand, ListBucketsCommand, type S3Client} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it} from 'vitest';
import {type Sandbox, SandboxDirectoryError, startSandbox} from '../../source/sandbox/start-sandbox.js';
import {openSandbox} from './support/open-sandbox.js';
import {put, setUpPair} from './support/replicated-pair.js';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
const start = async (...options: Parameters<typeof startSandbox>): Promise<Sandbox> => {
	const sandbox = await startSandbox(...options);
	cleanUps.push(() => sandbox.close());
	return sandbox;
};
const temporaryFolder = async (): Promise<string> => {
	const folder = await mkdtemp(join(tmpdir(), 's3-replicate-test-'));
	cleanUps.push(() => rm(folder, {recursive: true, force: true}));
	return folder;
};
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('the files', () => {
	it('are private, and other clients need nothing else', async () => {
		const {configFile, credentialsFile, endpointUrl, profiles} = await start();
		expect(await modeOf(dirname(configFile))).toBe('700');
		expect(await modeOf(configFile)).toBe('600');
		expect(await modeOf(credentialsFile)).toBe('600');
		const files = await loadSharedConfigFiles({
			configFilepath: configFile,
			filepath: credentialsFile,
			ignoreCache: true,
		});
		expect(files.configFile).toEqual({
			source: {
				region: 'us-east-1',
				aws_account_id: '111122223333',
				endpoint_url: endpointUrl,
				's3.signature_version': 's3v4',
			},
			destination: {
				region: 'us-west-2',
				aws_account_id: '444455556666',
				endpoint_url: endpointUrl,
				's3.signature_version': 's3v4',
			},
		});
		expect(Object.keys(files.credentialsFile)).toEqual(profiles.map(({name}) => name));
	});

	it('ask for signatures of version 4 where older AWS CLIs presign with version 2 (third-party, botocore)', async () => {
		const {configFile, endpointUrl} = await start();
		const text = await readFile(configFile, 'utf8');
		const section = `endpoint_url = ${endpointUrl}\ns3 =\n  signature_version = s3v4\n`;
		expect(text.split(section)).toHaveLength(3);
	});

	it('hold other secrets each time, whatever the seed', async () => {
		const secrets = await Promise.all(
			[start({seed: 7}), start({seed: 7})].map(async (sandbox) =>
				readFile((await sandbox).credentialsFile, 'utf8'),
			),
		);
		const secretsOf = (text: string | undefined) => text?.match(/secret_access_key = (\S{40})/g);
		expect(secretsOf(secrets[0])).toHaveLength(2);
		expect(secretsOf(secrets[0])).not.toEqual(secretsOf(secrets[1]));
	});

	it('are gone after close, with the folder if it was made for them', async () => {
		const sandbox = await start();
		await sandbox.close();
		expect(existsSync(dirname(sandbox.configFile))).toBe(false);
	});

	it('leave the files of others in the folder alone', async () => {
		const directory = await temporaryFolder();
		await writeFile(join(directory, 'mine.txt'), 'mine');
		const sandbox = await start({directory});
		expect((await readdir(directory)).sort()).toEqual(['config', 'credentials', 'mine.txt']);
		await sandbox.close();
		expect(await readdir(directory)).toEqual(['mine.txt']);
	});

	it.each(['config', 'credentials'])('are not written over a %s that is there', async (file) => {
		const directory = await temporaryFolder();
		await writeFile(join(directory, file), 'mine');
		await expect(startSandbox({directory})).rejects.toBeInstanceOf(SandboxDirectoryError);
		expect(await readdir(directory)).toEqual([file]);
		expect(await readFile(join(directory, file), 'utf8')).toBe('mine');
	});
});

describe('the port', () => {
	it('is the one asked for, and a second sandbox on it says so', async () => {
		const {endpointUrl} = await start();
		const port = Number(new URL(endpointUrl).port);
		await expect(startSandbox({port})).rejects.toMatchObject({code: 'EADDRINUSE'});
	});

	it('listens on the loopback alone', async () => {
		const {endpointUrl} = await start();
		const port = Number(new URL(endpointUrl).port);
		const outside = Object.values(networkInterfaces())
			.flatMap((addresses) => addresses ?? [])
			.filter(({internal, family}) => !internal && family === 'IPv4')
			.map(({address}) => address);
		const refusals = await Promise.all(
			['127.0.0.2', ...outside].map(
				(host) =>
					new Promise((resolve) => {
						request({host, port})
							.on('error', (error: NodeJS.ErrnoException) => {
								resolve(error.code);
							})
							.end();
					}),
			),
		);
		expect(new Set(refusals)).toEqual(new Set(['ECONNREFUSED']));
	});
});

describe('close', () => {
	it('ends connections that a client keeps open and abandons copies', async () => {
		const open = await openSandbox({replicationDelayMs: 60_000});
		const {source} = await setUpPair(open);
		await put(open.source, source, 'k');
		await open.sandbox.close();
		expect(open.sandbox.replications).toEqual([]);
		await expect(open.source.send(new ListBucketsCommand({}))).rejects.toMatchObject({code: 'ECONNREFUSED'});
		await open.close();
	});
});

it('waits with every answer as long as asked', async () => {
	const open = await openSandbox({latencyMs: 60});
	cleanUps.push(() => open.close());
	await open.source.send(new ListBucketsCommand({}));
	expect(open.sandbox.requests[0]?.durationMs).toBeGreaterThanOrEqual(59);
});

it('lets a test add callers of accounts of their own', async () => {
	const open = await openSandbox();
	cleanUps.push(() => open.close());
	const client: S3Client = open.s3(
		open.sandbox.addUser({accountId: '999900001111', userName: 'third'}),
		'us-east-1',
	);
	await client.send(new CreateBucketCommand({Bucket: 'of-the-third'}));
	expect((await client.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
	expect((await open.source.send(new ListBucketsCommand({}))).Buckets ?? []).toHaveLength(0);
});
