// `npm test`: the tests, and types, lint and format beside them. What these say is printed when the tests are done, so that nothing
// is interleaved; the last line is `N passed, N failed`, in which a check that fails counts as one.
import {fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

type Counts = {readonly passed: number; readonly failed: number};

type Checked = {
	readonly name: string;
	readonly isOk: boolean;
	readonly said: string;
	readonly seconds: number;
};

const root = fileURLToPath(new URL('..', import.meta.url));
const checks = ['lint', 'format:check'];
const secondsSince = (startedAt: number): number => (performance.now() - startedAt) / 1000;

async function check(name: string): Promise<Checked> {
	const startedAt = performance.now();
	const child = spawn('npm', ['run', '--silent', name], {cwd: root, stdio: ['ignore', 'pipe', 'pipe']});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => (said += text));
	const code = await new Promise<number | null>((resolve) => {
		child.on('error', (error) => {
			said += String(error);
			resolve(null);
		});
		child.on('close', resolve);
	});
	return {name, isOk: code === 0, said, seconds: secondsSince(startedAt)};
}

/** One after the other: the tests have the other core. */
async function checkAll(): Promise<readonly Checked[]> {
	const done: Checked[] = [];
	for (const name of checks) done.push(await check(name));
	return done;
}

/** Runs Vitest on this terminal; its reporter tells here what it would have closed with. */
async function runTests(args: readonly string[]): Promise<Counts & {readonly seconds: number}> {
	const startedAt = performance.now();
	const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
	const child = fork(vitest, ['run', ...args], {cwd: root, execArgv: []});
	let counts: Counts | undefined;
	child.on('message', (message) => {
		counts = message as Counts;
	});
	const [code] = (await once(child, 'close')) as [number | null];
	const {passed, failed} = counts ?? {passed: 0, failed: 1};
	return {passed, failed: code === 0 ? failed : Math.max(1, failed), seconds: secondsSince(startedAt)};
}

const [tests, checked] = await Promise.all([runTests(process.argv.slice(2)), checkAll()]);
for (const {name, isOk, said} of checked) {
	if (!isOk) console.log(`\nnpm run ${name}\n${said.trimEnd()}`);
}

const beside = checked.map(({name, isOk, seconds}) => `${name} ${isOk ? '' : '✗ '}${seconds.toFixed(0)} s`);
console.log(`\nTests: ${tests.seconds.toFixed(0)} s; beside them: ${beside.join(', ')}`);
const failed = tests.failed + checked.filter(({isOk}) => !isOk).length;
console.log(`${tests.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
