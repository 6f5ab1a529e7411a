import {type ChildProcess, fork, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {performance} from 'node:perf_hooks';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {CreateBucketCommand, PutBucketVersioningCommand, S3Client} from '@aws-sdk/client-s3';
import type {Load, LoadResult} from './load-generator.js';
import type {Row, Say} from './row.js';

type Server = {
	readonly endpointUrl: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly process: ChildProcess;
	readonly close: () => Promise<void>;
};

/** A rate; `cpuMs` is what a request took of the server's own time, on a loaded machine the fairer figure. */
type Rate = LoadResult & {readonly cpuMs: number};

/** A day, the longest there is: no copy is made while it is measured. */
const longestDelayMs = 86_400_000;
const bucket = 'bench';
const small = 'x'.repeat(100);
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const forked = (name: string): ChildProcess =>
	fork(fileURLToPath(new URL(name, import.meta.url)), {execArgv: ['--import', 'tsx']});

/** Measures the sandbox's rates and memory, each against moto_server where it is installed, and its start. */
export async function* sandboxRows(
	say: Say,
	options: {readonly requests?: number; readonly objects?: number} = {},
): AsyncIterable<Row> {
	const requests = options.requests ?? 10_000;
	const objects = options.objects ?? 100_000;
	say(`loading the sandbox with ${requests} requests and ${objects} objects`);
	const sandbox = await measure(await openSandboxServer(), requests, objects);
	say('loading moto_server with a tenth of them');
	const moto = await openMoto().then(async (server) =>
		server === undefined ? undefined : measure(server, Math.ceil(requests / 10), objects / 10),
	);
	const rate = (what: string, key: 'put' | 'head' | 'list', target: number): Row => ({
		what: `sandbox: ${what} a second`,
		measured: rateText(sandbox[key]),
		against: moto === undefined ? 'moto_server is not installed' : `moto_server: ${rateText(moto[key])}`,
		figure: moto === undefined ? Number.NaN : moto[key].perSecond / sandbox[key].perSecond,
		target,
	});
	const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
	yield* [
		rate('small puts', 'put', 1 / 8),
		rate('heads', 'head', 1 / 8),
		rate('lists of 1,000 versions', 'list', 1),
		{
			what: `sandbox: memory after ${objects} objects`,
			measured: megabytes(sandbox.perObjectBytes * objects + sandbox.emptyBytes),
			// It takes moto too long to write as many: its memory is carried on from a tenth of them.
			against:
				moto === undefined
					? 'moto_server is not installed'
					: `moto_server: ${megabytes(moto.perObjectBytes * objects + moto.emptyBytes)}`,
			figure:
				moto === undefined
					? Number.NaN
					: (sandbox.perObjectBytes * objects + sandbox.emptyBytes) /
						(moto.perObjectBytes * objects + moto.emptyBytes),
			target: 1,
		},
	];
	say('starting the sandbox');
	yield await startRow();
}

async function measure(server: Server, requests: number, objects: number) {
	const s3 = new S3Client({
		region: 'us-east-1',
		endpoint: server.endpointUrl,
		forcePathStyle: true,
		credentials: server,
	});
	const run = async (load: Pick<Load, 'method' | 'path' | 'count'> & Partial<Load>): Promise<Rate> => {
		const {endpointUrl, accessKeyId, secretAccessKey} = server;
		const before = cpuMsOf(server.process);
		const result = await loadOnce({endpointUrl, accessKeyId, secretAccessKey, parallel: 8, ...load});
		return {...result, cpuMs: (cpuMsOf(server.process) - before) / load.count};
	};
	const residentBytes = (): number => residentBytesOf(server.process);
	await s3.send(new CreateBucketCommand({Bucket: bucket}));
	await s3.send(
		new PutBucketVersioningCommand({Bucket: bucket, VersioningConfiguration: {Status: 'Enabled'}}),
	);
	s3.destroy();
	// Both are measured as they run, not as they start.
	await run({method: 'PUT', path: `/${bucket}/warm/%d`, body: small, count: 3000});
	await run({method: 'HEAD', path: `/${bucket}/warm/%d`, count: 3000});
	const put = await run({method: 'PUT', path: `/${bucket}/put/%d`, body: small, count: requests});
	const head = await run({method: 'HEAD', path: `/${bucket}/put/%d`, count: requests});
	const list = await run({
		method: 'GET',
		path: `/${bucket}/`,
		query: {versions: '', prefix: 'warm/'},
		count: Math.ceil(requests / 50),
	});
	const emptyBytes = residentBytes();
	await run({method: 'PUT', path: `/${bucket}/many/%d`, body: small, count: objects});
	const perObjectBytes = Math.max(0, residentBytes() - emptyBytes) / objects;
	await server.close();
	return {put, head, list, emptyBytes, perObjectBytes};
}

/** Sends the load from a process of its own, so that it does not take the server's time. */
export async function loadOnce(load: Load): Promise<LoadResult> {
	const child = forked('./load-generator.ts');
	const answered = once(child, 'message');
	child.send(load);
	const [message] = (await answered) as [LoadResult | {readonly error: string}];
	if ('error' in message) throw new Error(message.error);
	return message;
}

function rateText({perSecond, cpuMs, busyShare}: Rate): string {
	return `${perSecond.toFixed(0)} (${cpuMs.toFixed(2)} ms of CPU each, generator ${(busyShare * 100).toFixed(0)} % busy)`;
}

/** The built program, as people run it. */
async function openSandboxServer(): Promise<Server> {
	const child = spawn(
		process.execPath,
		[cli, 'sandbox', '--json', '--replication-delay', String(longestDelayMs)],
		{
			stdio: ['ignore', 'pipe', 'ignore'],
		},
	);
	const lines = createInterface({input: child.stdout});
	const started = await new Promise<{endpointUrl: string; credentialsFile: string}>((resolve, reject) => {
		child.once('exit', () => reject(new Error(`${cli} ended before it listened: is it built?`)));
		lines.on('line', (line) => {
			const event = JSON.parse(line) as {type: string; endpointUrl: string; credentialsFile: string};
			if (event.type === 'sandbox-started') resolve(event);
		});
	});
	const credentials = readFileSync(started.credentialsFile, 'utf8');
	const read = (name: string): string => new RegExp(`${name} = (\\S+)`).exec(credentials)?.[1] ?? '';
	return {
		endpointUrl: started.endpointUrl,
		accessKeyId: read('aws_access_key_id'),
		secretAccessKey: read('aws_secret_access_key'),
		process: child,
		close: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGINT');
			await ended;
		},
	};
}

function residentBytesOf({pid}: ChildProcess): number {
	const residentKb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(residentKb) * 1024;
}

/** What the process has taken of the machine's time (proc(5), in ticks of 10 ms). */
function cpuMsOf({pid}: ChildProcess): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function openMoto(): Promise<Server | undefined> {
	if (spawnSync('moto_server', ['--version'], {stdio: 'ignore'}).error) return undefined;
	const port = await freePort();
	const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {stdio: 'ignore'});
	const endpointUrl = `http://127.0.0.1:${port}`;
	for (let isUp = false; !isUp;) {
		isUp = await fetch(endpointUrl).then(
			() => true,
			() => false,
		);
	}
	return {
		endpointUrl,
		accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
		secretAccessKey: 'bench',
		process: child,
		close: async () => {
			const ended = once(child, 'exit');
			child.kill();
			await ended;
		},
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	return port;
}

async function startRow(): Promise<Row> {
	const starts: number[] = [];
	const bare: number[] = [];
	for (let pair = 0; pair < 5; pair += 1) {
		bare.push(await timeUntil(['-e', '0'], 'exit'));
		starts.push(await timeUntil([cli, 'sandbox'], 'output'));
	}
	const median = (values: readonly number[]): number =>
		[...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
	return {
		what: 'sandbox: start-up to listening',
		measured: `${Math.round(median(starts))} ms`,
		against: `node -e 0: ${Math.round(median(bare))} ms`,
		figure: median(starts) / median(bare),
		target: 4,
	};
}

/** How long a process takes until it says something, or ends. */
async function timeUntil(args: readonly string[], end: 'output' | 'exit'): Promise<number> {
	const startedAt = performance.now();
	const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'ignore']});
	const ended = once(child, 'exit');
	await (end === 'output' ? once(child.stdout, 'data') : ended);
	const tookMs = performance.now() - startedAt;
	if (end === 'output') child.kill('SIGINT');
	await ended;
	return tookMs;
}
