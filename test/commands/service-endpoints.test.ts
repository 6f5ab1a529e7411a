import {connect, createServer, type Socket} from 'node:net';
import {once} from 'node:events';
import {CreateAliasCommand} from '@aws-sdk/client-kms';
import {expect, it, onTestFinished} from 'vitest';
import {createKey} from '../sandbox/support/kms-keys.js';
import {runProgram} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';

type Door = {readonly url: string; readonly services: ReadonlySet<string>};

/** A way to the sandbox of its own, that notes which services are asked through it: what a request is signed for says so. */
async function openDoor(endpointUrl: string): Promise<Door> {
	const services = new Set<string>();
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		const behind = connect(Number(new URL(endpointUrl).port), '127.0.0.1');
		for (const one of [socket, behind]) {
			sockets.add(one);
			one.on('error', () => one.destroy());
		}

		socket.on('data', (piece: Buffer) => {
			const signed = piece
				.toString('latin1')
				.matchAll(/Credential=[^/]+\/\d+\/[^/]+\/([a-z0-9]+)\/aws4_request/g);
			for (const [, service = ''] of signed) services.add(service);
		});
		socket.pipe(behind).pipe(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	return {url: `http://127.0.0.1:${(server.address() as {port: number}).port}`, services};
}

/** The variable of each service, and what a request to it is signed for. */
const variables = {
	AWS_ENDPOINT_URL_S3: 's3',
	AWS_ENDPOINT_URL_IAM: 'iam',
	AWS_ENDPOINT_URL_STS: 'sts',
	AWS_ENDPOINT_URL_KMS: 'kms',
	AWS_ENDPOINT_URL_SQS: 'sqs',
	AWS_ENDPOINT_URL_CLOUDWATCH: 'monitoring',
} as const;

// AWS SDKs and Tools Reference Guide, "Service-specific endpoints" (documented).
it('asks each service where its own variable says, and nothing where no variable does', async () => {
	const world = await recordedWorld();
	const kms = world.one.kms('source', 'us-west-2');
	await kms.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId: await createKey(kms)}));
	const doors = await Promise.all(
		Object.keys(variables).map(
			async (name) => [name, await openDoor(world.one.sandbox.endpointUrl)] as const,
		),
	);
	const common = await openDoor(world.one.sandbox.endpointUrl);
	const env = {
		...world.env,
		// The profiles of the sandbox's files name it as well, and are weaker.
		AWS_ENDPOINT_URL: common.url,
		...Object.fromEntries(doors.map(([name, {url}]) => [name, url])),
	};
	const run = async (...args: readonly string[]) => runProgram([...args, '--json'], {env});
	const options = ['--kms-key', 'alias/replicas', '--metrics', '--files', '0'];
	const applied = await run('apply', '--yes', ...tutorialArgs('cross-region'), ...options);
	expect(applied.events().at(-1), applied.stdout).toMatchObject({outcome: 'succeeded'});
	const profiles = ['--source-profile', 'source', '--destination-profile', 'source'];
	const watched = await run(
		...['watch', '--source-bucket', 'my-us-east-1', ...profiles],
		...['--files', '1', '--reasons', '--yes'],
	);
	expect(watched.events().at(-1), watched.stdout).toMatchObject({outcome: 'succeeded'});

	expect(Object.fromEntries(doors.map(([name, {services}]) => [name, [...services]]))).toEqual(
		Object.fromEntries(Object.entries(variables).map(([name, service]) => [name, [service]])),
	);
	expect([...common.services]).toEqual([]);
});
