import {readFile, writeFile} from 'node:fs/promises';
import {ListObjectVersionsCommand, PutObjectCommand, type S3Client} from '@aws-sdk/client-s3';
import {beforeEach, describe, expect, it} from 'vitest';
import {testFileFolder, testFileKey} from '../../source/domain/watch/test-file.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {createVersioned, putRules} from '../support/inhabited-world.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {startProgram} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {until} from '../support/until.js';
import {sampled} from '../support/sampled.js';

const {sourceBucket, destinationBucket} = tutorialNames('cross-account');
const whereToWatch = [
	...['--source-bucket', sourceBucket],
	...['--source-profile', 'source', '--destination-profile', 'destination'],
];

let world: RecordedWorld;

beforeEach(async () => {
	world = await recordedWorld();
	await world.apply('cross-account');
});

const ends = (): ReadonlyArray<readonly [S3Client, string]> => [
	[world.one.source, sourceBucket],
	[world.one.destination, destinationBucket],
];

async function versionsIn(client: S3Client, Bucket: string): Promise<readonly string[]> {
	const {Versions = [], DeleteMarkers = []} = await client.send(new ListObjectVersionsCommand({Bucket}));
	return [...Versions, ...DeleteMarkers].map(({Key, VersionId}) => `${Key} ${VersionId}`).toSorted();
}

const everywhere = async (): Promise<ReadonlyArray<readonly string[]>> =>
	Promise.all(ends().map(async ([client, bucket]) => versionsIn(client, bucket)));

/** Somebody writes over the first test file, and a file beside them, in each bucket; gives what is theirs. */
async function writeTheirs(prefix: string): Promise<ReadonlyArray<readonly string[]>> {
	return Promise.all(
		ends().map(async ([client, Bucket]) => {
			const keys = [testFileKey(prefix, 1), `${prefix}theirs.txt`];
			const written = await Promise.all(
				keys.map(async (Key) => {
					const {VersionId} = await client.send(new PutObjectCommand({Bucket, Key, Body: 'theirs'}));
					return `${Key} ${VersionId}`;
				}),
			);
			return written.toSorted();
		}),
	);
}

type Lines = ReadonlyArray<Readonly<Record<string, unknown>>>;

async function readLines(runId: string): Promise<Lines> {
	const text = await readFile(`${world.runsFolder}/${runId}.jsonl`, 'utf8');
	return text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function writeLines(runId: string, lines: Lines): Promise<void> {
	const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	await writeFile(`${world.runsFolder}/${runId}.jsonl`, text);
}

async function watched(...args: readonly string[]): Promise<string> {
	const {exitCode, events} = await world.run('watch', ...whereToWatch, ...args);
	expect(exitCode).toBe(0);
	return String(events()[0]?.runId);
}

/** Their versions that replicate become replicas: where they wrote to the source, these stay as well. */
const replicasOfTheirs = async (theirs: ReadonlyArray<readonly string[]>): Promise<void> => {
	const [inSource = []] = theirs;
	await until(async () => {
		const [, there = []] = await everywhere();
		return inSource.every((version) => there.includes(version));
	});
};

describe('the test files of a run', () => {
	it('go by the versions that the record names, and what others wrote among them stays and is told', async () => {
		const runId = await watched('--files', '3');
		const prefix = testFileFolder(runId);
		const [inSource = [], there = []] = await writeTheirs(prefix);
		await replicasOfTheirs([inSource, there]);
		const before = world.one.sandbox.requests.length;

		const undone = await world.run('undo', runId, '--yes');

		expect(undone.exitCode).toBe(0);
		expect(await everywhere()).toEqual([inSource, [...inSource, ...there].toSorted()]);
		const planned = undone.events().find(({type}) => type === 'plan-made');
		expect(planned?.notes).toEqual(
			expect.arrayContaining([
				expect.stringContaining(`2 versions or markers stay below s3://${sourceBucket}/${prefix}`),
				expect.stringContaining(`4 versions or markers stay below s3://${destinationBucket}/${prefix}`),
			]),
		);
		// All that was uploaded is written down: nothing has to be looked at.
		const made = world.one.sandbox.requests.slice(before).map(({operation}) => operation);
		expect(made).not.toContain('HeadObject');
		expect((await readLines(runId)).findLast(({type}) => type === 'versions')).toMatchObject({
			isComplete: true,
		});
	});

	it('go by their metadata where the run was killed before it wrote them down', async () => {
		const program = await startProgram(['watch', ...whereToWatch, '--files', '4', '--json'], {
			env: world.env,
		});
		await program.waitForLines(/"object-replicated"/, 4);
		program.child.kill('SIGKILL');
		await program.ended;
		const runId = /"runId":"([^"]+)"/.exec(program.stdout())?.[1] ?? '';
		// What a kill at any moment can leave: the line that announces the files, and none of their versions.
		const lines = await readLines(runId);
		await writeLines(
			runId,
			lines.filter(({type}) => type === 'run' || type === 'uploaded'),
		);
		const theirs = await writeTheirs(testFileFolder(runId));
		await replicasOfTheirs(theirs);
		const [inSource = [], there = []] = theirs;

		const undone = await world.run('undo', runId, '--yes');

		expect(undone.exitCode).toBe(0);
		expect(await everywhere()).toEqual([inSource, [...inSource, ...there].toSorted()]);
	});

	it('stay where an earlier version made the run, and the command that removes them is told', async () => {
		const runId = await watched('--files', '2');
		const lines = await readLines(runId);
		await writeLines(
			runId,
			lines.filter(({type}) => type !== 'versions').map(({isMarked: _isMarked, ...line}) => line),
		);
		const before = await everywhere();

		const undone = await world.run('undo', runId, '--yes');
		const again = await world.run('undo', runId, '--yes');
		const listed = await world.run('runs');

		expect([undone.exitCode, again.exitCode]).toEqual([0, 0]);
		expect(await everywhere()).toEqual(before);
		const planned = undone.events().find(({type}) => type === 'plan-made');
		expect(planned?.notes).toEqual(
			expect.arrayContaining([
				expect.stringContaining('an earlier version of s3-replicate made this run'),
				expect.stringContaining(`aws s3api delete-objects --bucket ${destinationBucket}`),
			]),
		);
		// Who lost the command is told again; nothing else is left to do.
		expect(again.events().find(({type}) => type === 'plan-made')?.notes).toEqual(planned?.notes);
		expect(listed.events().find((event) => event.runId === runId)).toMatchObject({leftToUndo: 0});
		expect(planned?.operations).toMatchObject([
			{kind: 'delete-objects', change: 'keep', reason: 'nothing there is provably of this run'},
			{kind: 'delete-objects', change: 'keep', reason: 'nothing there is provably of this run'},
		]);
	});

	it('that lie behind the prefix of a rule go from there', async () => {
		await createVersioned(world.one, 'third');
		await putRules(world.one, 'cross-account', [ruleTo('third', {Filter: {Prefix: 'logs/'}})]);
		// The role may not read for this rule: the files are there, and do not arrive.
		const {events} = await world.run('watch', ...whereToWatch, '--files', '2', '--timeout', '5');
		const runId = String(events()[0]?.runId);
		const prefix = `logs/${testFileFolder(runId)}`;
		expect(await versionsIn(world.one.source, sourceBucket)).toMatchObject([
			expect.stringContaining(prefix),
			expect.stringContaining(prefix),
		]);

		const undone = await world.run('undo', runId, '--yes');

		expect(undone.exitCode).toBe(0);
		expect(await versionsIn(world.one.source, sourceBucket)).toEqual([]);
	});

	it.each(
		sampled(
			'records with odd prefixes',
			[
				['is empty', () => ''],
				['is that of all runs', () => 's3-replicate-test/'],
				['is another run’s', () => 's3-replicate-test/20200101-000000-0000/'],
				['does not end with a slash', (runId: string) => `s3-replicate-test/${runId}`],
				['goes on behind the run’s id', (runId: string) => `s3-replicate-test/${runId}/0`],
				['is that of a rule alone', () => 'logs/'],
			],
			6,
		),
	)('are not touched by a record whose prefix %s', async (_name, prefixOf) => {
		const runId = await watched('--files', '1');
		await world.one.source.send(
			new PutObjectCommand({Bucket: sourceBucket, Key: 'logs/theirs.txt', Body: 'theirs'}),
		);
		const lines = await readLines(runId);
		await writeLines(
			runId,
			lines.map((line) => (line.type === 'uploaded' ? {...line, prefix: prefixOf(runId)} : line)),
		);
		const [before] = await everywhere();

		const refused = await world.run('undo', runId, '--yes');

		expect(refused.exitCode).toBe(1);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'record-edited'}});
		expect((await everywhere())[0]).toEqual(before);
	});
});
