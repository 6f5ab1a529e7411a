import {spawn} from 'node:child_process';
import {performance} from 'node:perf_hooks';
import {fileURLToPath} from 'node:url';
import {CreateAliasCommand, CreateKeyCommand, KMSClient} from '@aws-sdk/client-kms';
import type {Connection} from '../../source/aws/ports.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Mode} from '../../source/domain/answers/mode.js';
import {
	type RequestEntry,
	type Sandbox,
	type SandboxOptions,
	startSandbox,
} from '../../source/sandbox/start-sandbox.js';
import {lockstep} from '../support/lockstep.js';
import {recordConnection, type RecordedCall, replayCall} from '../support/record-connection.js';
import {requestDepth} from '../support/request-depth.js';
import {sandboxSession, type SandboxSessionOptions, tutorialAnswers} from '../support/sandbox-session.js';
import {openTerminal} from '../support/terminal.js';
import {batchRows} from './batch-bench.js';
import {drawingRows} from './drawing-bench.js';
import {failingRows} from './failing-bench.js';
import {filterRows} from './filter-bench.js';
import {memoryRows} from './memory-bench.js';
import {uploadRows, wholeProgramRows} from './program-bench.js';
import type {Part, Row, Say} from './row.js';
import {sandboxRows} from './sandbox-bench.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const pairs = 9;
const latencyMs = 100;
const modes: readonly Mode[] = ['cross-region', 'cross-account'];

/** How long a process takes from its start to its end. */
async function processMs(args: readonly string[]): Promise<number> {
	const startedAt = performance.now();
	await new Promise<void>((resolve, reject) => {
		const child = spawn(process.execPath, args, {stdio: 'ignore'});
		child.on('error', reject);
		child.on('exit', () => resolve());
	});
	return performance.now() - startedAt;
}

/** How long it takes from the start of the program to its first whole frame on a terminal. */
async function firstFrameMs(): Promise<number> {
	const startedAt = performance.now();
	let close = async (): Promise<void> => undefined;
	const terminal = openTerminal(process.execPath, [cli], {
		columns: 80,
		rows: 24,
		closeWith(closing) {
			close = closing;
		},
		env: {
			AWS_CONFIG_FILE: '/nonexistent',
			AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
			AWS_EC2_METADATA_DISABLED: 'true',
		},
	});
	await terminal.waitForText('Env');
	const took = performance.now() - startedAt;
	terminal.press('ctrlC');
	await terminal.waitForEnd();
	await close();
	return took;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Two measurements in turn, so that both see the same machine; the ratio is the median over the pairs. */
async function paired(
	what: string,
	against: string,
	measure: () => Promise<number>,
	baseline: () => Promise<number>,
	target: number,
): Promise<Row> {
	await measure();
	await baseline();
	const measured: number[] = [];
	const base: number[] = [];
	for (let pair = 0; pair < pairs; pair++) {
		base.push(await baseline());
		measured.push(await measure());
	}

	const ratio = median(measured.map((value, index) => value / (base[index] ?? Number.NaN)));
	return {
		what,
		measured: `${Math.round(median(measured))} ms`,
		against: `${against}: ${Math.round(median(base))} ms`,
		figure: ratio,
		target,
	};
}

type Call = RecordedCall & {readonly profile: string};

/** What a set-up begins with, and what is answered besides the tutorial's. */
type Ground = (sandbox: Sandbox) => Promise<Answers>;

const nothing: Ground = async () => ({});

/** A key in the destination's account whose policy does not know the role yet, by its alias. */
const keyAcrossAccounts: Ground = async (sandbox) => {
	const kms = new KMSClient({
		region: 'us-west-2',
		endpoint: sandbox.endpointUrl,
		credentials: sandbox.addUser({accountId: '444455556666', userName: 'keys'}),
	});
	const {KeyMetadata: key} = await kms.send(new CreateKeyCommand({}));
	await kms.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId: key?.KeyId}));
	kms.destroy();
	return {kmsKey: 'alias/replicas'};
};

/** A tutorial set up from nothing, without test files. */
async function setUp(
	mode: Mode,
	options: SandboxOptions,
	wrap: SandboxSessionOptions['wrap'],
	ground = nothing,
): Promise<{readonly wallMs: number; readonly requests: readonly RequestEntry[]}> {
	const sandbox = await startSandbox(options);
	const answers = {...tutorialAnswers(mode), ...(await ground(sandbox))};
	const begun = sandbox.requests.length;
	const session = sandboxSession(sandbox, {answers, wrap});
	await session.openEnvironment('aws');
	const startedAt = performance.now();
	await session.makePlan(answers);
	const isDone = await session.apply();
	const wallMs = performance.now() - startedAt;
	if (!isDone) throw new Error(`The ${mode} tutorial was not set up.`);
	const requests = sandbox.requests.slice(begun);
	await session.close();
	await sandbox.close();
	return {wallMs, requests};
}

/** How deep a tutorial's requests are, however busy the machine is. */
async function depthOf(
	mode: Mode,
	ground = nothing,
): Promise<{readonly depth: number; readonly requests: number}> {
	const {clock, wrap} = lockstep();
	const {requests} = await setUp(mode, {latencyMs: 1, clock}, wrap, ground);
	return {depth: requestDepth(requests), requests: requests.length};
}

/** How long a tutorial takes with latency, and its calls. */
async function timedSetUp(mode: Mode): Promise<{
	readonly wallMs: number;
	readonly requests: number;
	readonly calls: readonly Call[];
}> {
	const calls: Call[] = [];
	const {wallMs, requests} = await setUp(mode, {latencyMs}, (connection, profile) =>
		recordConnection(connection, (call) => calls.push({...call, profile})),
	);
	return {wallMs, requests: requests.length, calls};
}

/** The very same requests, one after another, on a new sandbox with the same latency. */
async function replay(calls: readonly Call[]): Promise<number> {
	const sandbox = await startSandbox({latencyMs});
	const connections = new Map<string, Connection>();
	const session = sandboxSession(sandbox, {
		answers: {},
		wrap(connection, profile) {
			connections.set(profile, connection);
			return connection;
		},
	});
	await session.openEnvironment('aws');
	await Promise.all(['source', 'destination'].map(async (profile) => session.checkIdentity(profile)));
	const startedAt = performance.now();
	for (const call of calls) {
		const connection = connections.get(call.profile);
		if (connection) await replayCall(connection, call);
	}

	const wallMs = performance.now() - startedAt;
	await session.close();
	await sandbox.close();
	return wallMs;
}

/** Start-up of the program. */
async function* startRows(say: Say): AsyncIterable<Row> {
	const bare = async (): Promise<number> => processMs(['-e', '0']);
	say('starting the program for --version');
	yield await paired('--version', 'node -e 0', async () => processMs([cli, '--version']), bare, 1.5);
	say('starting the wizard');
	yield await paired('first frame of the wizard', 'node -e 0', firstFrameMs, bare, 5);
}

/** Six, and one for what may have to be read before the last write; what the run has just created is not read before. */
const targetDepth = 7;

/** The requests of the tutorials. */
async function* requestRows(say: Say): AsyncIterable<Row> {
	for (const mode of modes) {
		say(`setting up the ${mode} tutorial`);
		const {depth} = await depthOf(mode);
		const {wallMs, requests, calls} = await timedSetUp(mode);
		yield {
			what: `${mode}: depth in requests, from nothing`,
			measured: `${requests} requests`,
			against: '',
			figure: depth,
			target: targetDepth,
		};
		say(`the same requests one after another`);
		const sequentialMs = await replay(calls);
		yield {
			what: `${mode}: wall time at ${latencyMs} ms latency`,
			measured: `${Math.round(wallMs)} ms`,
			against: `one after another: ${Math.round(sequentialMs)} ms`,
			figure: wallMs / sequentialMs,
			target: 0.6,
		};
	}

	say('setting up the cross-account tutorial with a KMS key');
	const {depth, requests} = await depthOf('cross-account', keyAcrossAccounts);
	yield {
		what: 'cross-account with a KMS key: depth in requests, from nothing',
		measured: `${requests} requests`,
		against: '',
		figure: depth,
		target: targetDepth,
	};
}

/** The parts, by the names that choose them. */
const parts: Readonly<Record<string, Part>> = {
	start: startRows,
	requests: requestRows,
	filter: filterRows,
	batch: batchRows,
	drawing: drawingRows,
	memory: memoryRows,
	watch: wholeProgramRows,
	failing: failingRows,
	upload: uploadRows,
	sandbox: sandboxRows,
};

function rowText({what, measured, against, figure, target}: Row): string {
	const isMeasured = !Number.isNaN(figure);
	const verdict = isMeasured ? (figure <= target ? 'met' : 'MISSED') : 'not measured';
	const numbers = `${isMeasured ? figure.toFixed(2) : '–'} (target ≤ ${Number(target.toFixed(3))})`;
	return `${verdict.padEnd(12)}  ${numbers.padEnd(22)}  ${what}: ${measured}${against === '' ? '' : `; ${against}`}`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
	console.error(`There is no part ${unknown.join(', ')}. The parts are ${Object.keys(parts).join(', ')}.`);
	process.exit(2);
}

const startedAt = performance.now();
const secondsNow = (): string => `${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s`;
for (const [name, part] of Object.entries(parts)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	for await (const row of part((doing) => console.log(`${secondsNow()}  ${name}: ${doing} …`)))
		console.log(rowText(row));
}

console.log(`${secondsNow()}  done`);
