import {readFile} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {copyQuestion} from '../source/domain/batch/job-price.js';
import {planBatch} from '../source/domain/batch/plan-batch.js';
import type {RunEvent} from '../source/domain/event.js';
import {limits} from '../source/domain/limits.js';
import {textLines} from '../source/headless/text-lines.js';
import {helpText} from '../source/help.js';
import type {Mode} from '../source/domain/answers/mode.js';
import {tutorialNames} from '../source/domain/answers/tutorial.js';
import {sandboxDefaults} from '../source/sandbox/start-sandbox.js';
import {openSandbox, type OpenSandbox} from './sandbox/support/open-sandbox.js';
import {neededPolicy} from './support/needed-policy.js';
import {optionsTable} from './support/options-table.js';
import {awsFiles, runProgram, temporaryFolder} from './support/program.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

/** What stands between two marks, without the fence around it. */
function between(start: string, end: string): string {
	const part = readme.slice(readme.indexOf(start) + start.length, readme.indexOf(end));
	return /```\w+\n([\s\S]*?)\n?```/.exec(part)?.[1] ?? '';
}

describe('the README', () => {
	it.each([undefined, 'apply', 'watch'] as const)(
		'shows the help of %s as the program prints it',
		async (command) => {
			const {stdout} = await runProgram(command === undefined ? ['--help'] : ['help', command]);

			expect(stdout).toBe(helpText(command));
			expect(readme).toContain(`\`\`\`text\n${stdout}\`\`\``);
		},
	);

	it.each([
		`is asked for every ${limits.jobPollSeconds.aws} seconds (\`--poll\`)`,
		`It may have ${limits.inMemoryBytes / 1_048_576} MB.`,
		`takes longer than ${limits.minSlowMs === 120_000 ? 'two' : limits.minSlowMs / 60_000} minutes and than 99 of 100 files`,
		`up to ${limits.eventsAfterMetricsMs / 60_000} minutes after metrics go on (\`--reasons-wait\`)`,
		`a \`--replication-delay\` beyond ${limits.timeControlMinutes} minutes`,
		`It copies ${sandboxDefaults.batchObjectsPerSecond} objects a second (\`--batch-rate N\`)`,
	])('names the limit as it is: %s', (sentence) => {
		expect(readme.replaceAll(/\s+/g, ' ')).toContain(sentence);
	});

	it('shows a watch view in which every file has arrived', () => {
		const picture = between('<!-- picture', '<!-- /picture -->');

		expect(picture).toContain('s3-replicate');
		expect(picture.match(/REPLICA/g)?.length).toBeGreaterThan(4);
	});

	it('has the table of what can be set up, made from the options and from what a rule needs', async () => {
		const start = '<!-- options -->';
		const table = readme.slice(readme.indexOf(start) + start.length, readme.indexOf('<!-- /options -->'));

		// The difference that a failure prints is what has to be written into the README.
		expect(table.trim()).toBe((await optionsTable()).trim());
	});

	it('shows a job of Batch Replication as its lines are', () => {
		const end = {accountId: '111122223333', profile: 'default'};
		const runId = '20261128-200529-9b34';
		const plan = planBatch({
			...{runId, partition: 'aws', there: {hasBucket: false}, notes: []},
			source: {...end, bucket: 'my-logs', region: 'us-east-1'},
			destination: {...end, bucket: 'copies', region: 'us-west-2'},
			wanted: {statuses: ['NONE', 'FAILED']},
		});
		const job = {jobId: '0f3c…', sourceBucket: 'my-logs', account: end.accountId, region: 'us-east-1'};
		const none = {jobId: '', succeeded: 0, failed: 0, perSecond: null, remainingMs: null};
		const events: readonly RunEvent[] = [
			{type: 'plan-made', plan},
			{type: 'job-created', ...job, madeBy: runId, isNew: true},
			{type: 'job-progressed', ...none, status: 'Preparing', total: null, elapsedMs: 31_000},
			{type: 'job-progressed', ...none, status: 'Suspended', total: 1_204_000, elapsedMs: 242_000},
			{
				...{type: 'job-progressed', jobId: '', status: 'Active', total: 1_204_000, succeeded: 310_400},
				...{failed: 3, perSecond: 402, remainingMs: 2_222_000, elapsedMs: 1_030_000},
			},
		];
		const told = events.flatMap((event) => textLines({...event, at: 0}, {showsDocuments: false}));
		const shown = told.filter((line) => !/^ +! /.test(line));
		shown.splice(-1, 0, `${copyQuestion(1_204_000)}? Type yes: yes`);
		shown.splice(-5, 0, 'Make 5 changes? Type yes: yes');
		expect(between('### Objects that exist already', '<!-- job -->').split('\n').slice(1)).toEqual(shown);
	});

	it('names the two commands of a fresh machine', () => {
		expect(readme).toContain('npm ci && npm start');
		expect(readme).toContain('npm ci && npm test');
	});
});

describe('the permissions that the README asks for', () => {
	let one: OpenSandbox;
	let env: Record<string, string>;
	const policy = JSON.parse(between('<!-- permissions -->', '<!-- /permissions -->')) as {
		readonly Statement: ReadonlyArray<{readonly Sid: string; readonly Action: string | readonly string[]}>;
	};
	const credentials = (name: string, key: {accessKeyId: string; secretAccessKey: string}): string =>
		`[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;

	beforeAll(async () => {
		one = await openSandbox();
		env = {AWS_ENDPOINT_URL: one.sandbox.endpointUrl};
	});

	afterAll(async () => {
		await one.close();
	});

	it('are those that the kinds of operations name', () => {
		// The difference that a failure prints is what has to be written into the README.
		expect(policy.Statement).toMatchObject([
			...neededPolicy(),
			{Sid: 'CleanUpAndFollow'},
			{
				Sid: 'OptionalChecks',
				Action: expect.arrayContaining([
					's3:GetBucketPublicAccessBlock',
					's3:GetAccountPublicAccessBlock',
					's3:GetBucketPolicyStatus',
				]) as string[],
			},
		]);
	});

	it.each<[Mode]>([['cross-region'], ['cross-account']])(
		'are enough for the %s tutorial, for removing the test files, and for taking it all back',
		async (mode) => {
			const here = one.sandbox.addUser({accountId: '111122223333', userName: `here-${mode}`, policy});
			const there = one.sandbox.addUser({accountId: '444455556666', userName: `there-${mode}`, policy});
			const files = await awsFiles({
				config: '[profile here]\nregion = us-east-1\n[profile there]\nregion = us-west-2\n',
				credentials: credentials('here', here) + credentials('there', there),
			});
			const state = {S3_REPLICATE_STATE_DIR: await temporaryFolder()};
			const {sourceBucket, sourceRegion, destinationBucket, destinationRegion} = tutorialNames(mode);
			const destinationProfile = {'cross-region': 'here', 'cross-account': 'there'}[mode];
			const profiles = ['--source-profile', 'here', '--destination-profile', destinationProfile];
			const applied = await runProgram(
				[
					'apply',
					'--json',
					'--yes',
					'--mode',
					mode,
					...profiles,
					'--files',
					'1',
					'--source-bucket',
					sourceBucket,
					'--source-region',
					sourceRegion,
					'--destination-bucket',
					destinationBucket,
					'--destination-region',
					destinationRegion,
				],
				{env: {...env, ...files, ...state}},
			);
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});

			const watched = await runProgram(
				['watch', '--json', ...profiles, '--source-bucket', sourceBucket, '--files', '1', '--clean-up'],
				{
					env: {...env, ...files},
				},
			);
			expect(watched.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {deleted: 2}});

			const undone = await runProgram(['undo', '--json', '--yes'], {env: {...env, ...files, ...state}});
			expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {kept: 0}});
		},
	);
});
