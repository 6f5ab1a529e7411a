import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, test} from 'vitest';
import {createServices} from '../../source/commands/services/services.js';
import {awsFiles, runProgram, temporaryFolder} from '../support/program.js';
import {sampled} from '../support/sampled.js';

const secret = 'http://bob-the-user:s3cr3t-word@127.0.0.1:9';
const hidden = /bob-the-user|s3cr3t-word/;
const keys = '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';

type Place = {
	readonly args?: readonly string[];
	readonly env?: Record<string, string>;
	readonly config?: string;
};

/** Everywhere that an endpoint can be named: AWS SDKs and Tools Reference Guide, "Service-specific endpoints"; and where one is typed by mistake. */
const places: ReadonlyArray<readonly [string, Place]> = [
	['--endpoint-url', {args: ['--endpoint-url', secret]}],
	['--endpoint-url=', {args: [`--endpoint-url=${secret}`]}],
	['a word of its own', {args: [secret]}],
	['a misspelt option', {args: [`--endpoint=${secret}`]}],
	['another option', {args: ['--source-profile', secret]}],
	['AWS_ENDPOINT_URL', {env: {AWS_ENDPOINT_URL: secret}}],
	['AWS_ENDPOINT_URL_S3', {env: {AWS_ENDPOINT_URL_S3: secret}}],
	['AWS_ENDPOINT_URL_IAM', {env: {AWS_ENDPOINT_URL_IAM: secret}}],
	['AWS_ENDPOINT_URL_STS', {env: {AWS_ENDPOINT_URL_STS: secret}}],
	['endpoint_url of the profile', {config: `[default]\nregion = us-east-1\nendpoint_url = ${secret}\n`}],
	[
		'the services section',
		{config: `[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = ${secret}\n`},
	],
	[
		'the services section, for STS',
		{config: `[default]\nservices = local\n[services local]\nsts =\n  endpoint_url = ${secret}\n`},
	],
];

const commands: ReadonlyArray<readonly string[]> = [
	['plan', '--mode', 'cross-region', '--source-bucket', 'aaa', '--destination-bucket', 'bbb'],
	['apply', '--mode', 'cross-region', '--source-bucket', 'aaa', '--destination-bucket', 'bbb', '--yes'],
	['watch', '--source-bucket', 'aaa'],
	['undo', '20260101-000000-0000', '--yes'],
];

const regions = ['--source-region', 'us-east-1', '--destination-region', 'us-west-2'];

describe.each(places)('a name and password in %s', (place, {args = [], env = {}, config}) => {
	const written = commands.flatMap((command) => [command, [...command, '--json']]);
	it.each(sampled(place, written))('are repeated nowhere by %s', async (...command) => {
		const state = await temporaryFolder();
		const files = await awsFiles({config, credentials: keys});
		const more = /^(plan|apply)$/.test(command[0] ?? '') ? regions : [];

		const {exitCode, stdout, stderr} = await runProgram([...command, ...more, ...args], {
			env: {...files, ...env, S3_REPLICATE_STATE_DIR: state, AWS_MAX_ATTEMPTS: '1'},
		});

		expect(exitCode).toBeGreaterThan(0);
		expect(stdout + stderr).not.toBe('');
		expect(stdout + stderr).not.toMatch(hidden);
		for (const file of await readdir(state, {recursive: true, withFileTypes: true})) {
			expect(file.name).not.toMatch(hidden);
			const text = file.isFile() ? await readFile(path.join(file.parentPath, file.name), 'utf8') : '';
			expect(text).not.toMatch(hidden);
		}
	});
});

describe('a record with a name and password in its endpoint, of an earlier version or edited', () => {
	it.each([['runs'], ['runs', '--json'], ['undo', '--yes'], ['undo', '20260101-000000-0000', '--yes']])(
		'has them shown by nobody: %s',
		async (...args) => {
			const state = await temporaryFolder();
			const runId = '20260101-000000-0000';
			const end = {profile: 'default', accountId: '111122223333', region: 'us-east-1', bucket: 'aaa'};
			const header = {
				...{type: 'run', schemaVersion: 1, runId, command: 'watch', at: 1},
				...{endpointUrl: secret, sandbox: false, ends: [end]},
			};
			const files = {
				type: 'uploaded',
				at: 2,
				step: 1,
				prefix: `s3-replicate-test/${runId}/`,
				ends: [{side: 'source', ...end}],
			};
			await mkdir(path.join(state, 'runs'));
			const text = [header, files].map((line) => `${JSON.stringify(line)}\n`).join('');
			await writeFile(path.join(state, 'runs', `${runId}.jsonl`), text);

			const {stdout, stderr} = await runProgram(args, {
				env: {...(await awsFiles({credentials: keys})), S3_REPLICATE_STATE_DIR: state, AWS_MAX_ATTEMPTS: '1'},
			});

			expect(stdout + stderr).not.toBe('');
			expect(stdout + stderr).not.toMatch(hidden);
		},
	);
});

test('a name and password in the environment are not on the first screen', () => {
	expect(createServices({AWS_ENDPOINT_URL: secret}, undefined).awsEndpointUrl).toBe('http://127.0.0.1:9');
});
