// `npm test`: the tests, and types, lint and format beside them. What these say is printed when the tests are done, so that nothing
// is interleaved; the last line is `N passed, N failed`, in which a check that fails counts as one.
import {fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

type Counts = {readonly passed: number; readonly failed: number};

type Tested = Counts & {readonly said: string; readonly seconds: number};

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

/**
 * Runs Vitest on one of its projects; its reporter tells here what it would have closed with. The projects run side by side, each in
 * a Vitest of its own: one computes, the other waits for the programs that it starts, and in one queue the second would come last.
 */
async function runProject(
	project: string,
	args: readonly string[],
	stdio: 'inherit' | 'pipe',
): Promise<Tested> {
	const startedAt = performance.now();
	const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
	const child = fork(vitest, ['run', '--project', project, '--passWithNoTests', ...args], {
		cwd: root,
		execArgv: [],
		stdio: ['ignore', stdio, stdio, 'ipc'],
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
	let counts: Counts | undefined;
	child.on('message', (message) => {
		counts = message as Counts;
	});
	const [code] = (await once(child, 'close')) as [number | null];
	const {passed, failed} = counts ?? {passed: 0, failed: 1};
	return {
		passed,
		failed: code === 0 ? failed : Math.max(1, failed),
		said,
		seconds: secondsSince(startedAt),
	};
}

// One seed for both.
process.env.TEST_SEED ??= String(Date.now() % 1_000_000);
const args = process.argv.slice(2);
const [inProcess, processes, checked] = await Promise.all([
	runProject('in-process', args, 'inherit'),
	// These wait more than they compute.
	runProject('processes', ['--maxWorkers=3', ...args], 'pipe'),
	checkAll(),
]);
console.log(processes.said.trimEnd());
for (const {name, isOk, said} of checked) {
	if (!isOk) console.log(`\nnpm run ${name}\n${said.trimEnd()}`);
}

const beside = checked.map(({name, isOk, seconds}) => `${name} ${isOk ? '' : '✗ '}${seconds.toFixed(0)} s`);
const took = [inProcess, processes].map(({seconds}) => `${seconds.toFixed(0)} s`);
console.log(`\nTests in one process: ${took[0]}; with others: ${took[1]}; beside them: ${beside.join(', ')}`);
const passed = inProcess.passed + processes.passed;
const failed = inProcess.failed + processes.failed + checked.filter(({isOk}) => !isOk).length;
if (passed + failed === 0) console.log('No test file has such a name.');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
