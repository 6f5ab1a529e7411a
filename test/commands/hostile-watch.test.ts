import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {PutObjectCommand} from '@aws-sdk/client-s3';
import {describe, expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {hostile, hostileFaults, hostileSequences, shownHostile} from '../support/hostile-texts.js';
import {cli, emptyEnvironment, startProgram, temporaryFolder} from '../support/program.js';
import {type RecordedWorld, recordedWorld} from '../support/recorded-world.js';
import {openTerminal} from '../support/terminal.js';
import {until} from '../support/until.js';

const {sourceBucket: Bucket} = tutorialNames('cross-region');
const args = ['watch', '--source-bucket', Bucket, '--source-profile', 'source', '--follow', ''];

async function replicatingWorld(): Promise<RecordedWorld> {
	const world = await recordedWorld();
	const {exitCode, stdout} = await world.apply('cross-region');
	expect(exitCode, stdout).toBe(0);
	return world;
}

async function faultsIn(folder: string): Promise<readonly string[]> {
	const texts = await Promise.all(
		// Lines of CSV end in CRLF. Source: RFC 4180.
		(await readdir(folder)).map(async (name) => readFile(path.join(folder, name), 'utf8')),
	);
	return texts.flatMap((text) => hostileFaults(text.replaceAll('\r\n', '\n')));
}

describe('a key that steers a terminal', () => {
	it('is harmless in lines, in those for screen readers, in JSON, in reports and in records', async () => {
		const world = await replicatingWorld();
		const folder = await temporaryFolder();
		const watching = async (name: string, more: readonly string[], settings = {}) =>
			startProgram([...args, ...more, '--duration', '8', '--report-file', path.join(folder, name)], {
				env: {...world.env, ...settings},
			});
		const programs = await Promise.all([
			watching('lines', []),
			watching('accessible', [], {ACCESSIBLE: '1'}),
			watching('json', ['--json']),
		]);
		// Written again until each watch has taken its first look, of which JSON lines say nothing.
		const write = async () => world.one.source.send(new PutObjectCommand({Bucket, Key: hostile, Body: 'b'}));
		await until(async () => (await write()) && programs.every(({stdout}) => stdout().includes('evil')), {
			intervalMs: 500,
		});
		const [lines, accessible, json] = await Promise.all(programs.map(async ({ended}) => ended));

		const said = [lines, accessible, json].flatMap((result) => [result?.stdout ?? '', result?.stderr ?? '']);
		expect(said.flatMap(hostileFaults)).toEqual([]);
		expect(lines?.stdout).toContain(`  ✓ ${shownHostile}  REPLICA in`);
		expect(accessible?.stdout).toContain(`\nDone: ${shownHostile.replace('n  ✓', 'n, ✓')}, REPLICA in`);
		expect(new Set(json?.events().flatMap(({key}) => key ?? []))).toEqual(new Set([hostile]));
		expect(await readdir(folder)).toHaveLength(9);
		expect(await faultsIn(folder)).toEqual([]);
		expect(await faultsIn(world.runsFolder)).toEqual([]);
	});

	it('is harmless on a drawn screen', async () => {
		const world = await replicatingWorld();
		const terminal = openTerminal(process.execPath, [cli, ...args], {
			columns: 160,
			rows: 30,
			env: {...emptyEnvironment(await temporaryFolder()), ...world.env},
		});
		await terminal.waitForText('q end');
		await world.one.source.send(new PutObjectCommand({Bucket, Key: hostile, Body: 'b'}));
		await terminal.waitForText(String.raw`\ufeff\u{e0041}`);
		terminal.type('\u0003');
		await terminal.waitForEnd();

		expect(hostileSequences(terminal.output())).toEqual([]);
	});
});
