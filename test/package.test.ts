import {execFile} from 'node:child_process';
import {constants} from 'node:fs';
import {access, mkdir, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');

/** The folder that everything happens in, what was unpacked there, and an empty folder to run it from. */
let folder: string;
let unpacked: string;
let home: string;

type Manifest = {
	readonly version: string;
	readonly bin: Readonly<Record<string, string>>;
	readonly dependencies?: unknown;
};
let manifest: Manifest;

/** Runs the unpacked command as a shell does that finds it on its path; nothing of this machine's settings is passed on. */
const runCommand = async (...args: readonly string[]) => {
	const {PATH = ''} = process.env;
	const bin = path.join(unpacked, manifest.bin['s3-replicate'] ?? 'missing');
	return run(bin, args, {cwd: home, env: {PATH, HOME: home}});
};

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-package-'));
	home = path.join(folder, 'home');
	unpacked = path.join(folder, 'package');
	await mkdir(home);
	// `npm test` has built the bundle; building it again would swap it under the tests that run beside this one.
	await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {cwd: root});
	const [archive = 'missing'] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
	await run('tar', ['-xzf', archive], {cwd: folder});
	manifest = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8')) as Manifest;
});

afterAll(async () => rm(folder, {recursive: true, force: true}));

test('the package holds the bundle, its papers and nothing else', async () => {
	expect((await readdir(unpacked)).sort()).toEqual([
		'CHANGELOG.md',
		'LICENSE',
		'README.md',
		'dist',
		'package.json',
	]);
	const files = await readdir(path.join(unpacked, 'dist'), {recursive: true});
	expect(
		files.filter((name) => !/^(cli[.]js|THIRD-PARTY-LICENSES[.]txt|chunks(\/.+[.]js)?)$/.test(name)),
	).toEqual([]);
});

test('the bundle has one core of the SDK, whatever its clients', async () => {
	const licenses = await readFile(path.join(unpacked, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
	const named = (name: string): number => licenses.match(new RegExp(`^  ${name} .*$`, 'gm'))?.length ?? 0;
	expect([named('@aws-sdk/client-s3-control'), named('@smithy/core')]).toEqual([1, 1]);
});

test('the package needs no other', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('optionalDependencies');
	expect(manifest).not.toHaveProperty('peerDependencies');
});

test('the licences of what is bundled come with it', async () => {
	const text = await readFile(path.join(unpacked, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
	expect(text).toMatch(/^ {2}ink \d\S+ {2}MIT$/m);
	expect(text).toMatch(/^ {2}react \d\S+ {2}MIT$/m);
	expect(text).toMatch(/^ {2}@aws-sdk\/client-s3 \d\S+ {2}Apache-2[.]0$/m);
	expect(text).toContain('Permission is hereby granted');
	expect(text).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
	expect(text).not.toMatch(/^ {2}\S+ \S+ {2}.*GPL/m);
});

test('the command can be executed and says its version', async () => {
	await access(path.join(unpacked, 'dist/cli.js'), constants.X_OK);
	const {version: sdk} = JSON.parse(
		await readFile(new URL('../node_modules/@aws-sdk/client-s3/package.json', import.meta.url), 'utf8'),
	) as Pick<Manifest, 'version'>;
	expect(await runCommand('--version')).toEqual({
		stdout: `${manifest.version} (Node ${process.versions.node}, AWS SDK ${sdk})\n`,
		stderr: '',
	});
});

test('the command explains itself', async () => {
	const {stdout, stderr} = await runCommand('--help');
	expect(stdout).toContain('s3-replicate apply');
	expect(stderr).toBe('');
});

test('the command sets up the cross-region tutorial on the sandbox, and a file arrives', async () => {
	const {stdout, stderr} = await runCommand('apply', '--sandbox', '--yes', '--json', '--files', '1');
	const events = stdout
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as {readonly type: string});
	expect(events.map(({type}) => type)).toContain('object-replicated');
	expect(events.at(-1)).toMatchObject({
		type: 'run-finished',
		outcome: 'succeeded',
		objects: {uploaded: 1, replicated: 1, failed: 0, pending: 0},
		problem: null,
	});
	expect(stderr).toBe('');
});
