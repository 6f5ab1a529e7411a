import {beforeEach, expect, it} from 'vitest';
import {contractFaults} from '../support/json-contract.js';
import {type Lie, lyingProxy} from '../support/lying-proxy.js';
import {type ProgramResult, runProgram, startProgram} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';

let world: RecordedWorld;

beforeEach(async () => {
	world = await recordedWorld();
});

const html = {'content-type': 'text/html'};
const page: Lie = {status: 200, body: '<html><body>Sign in</body></html>', headers: html};
const empty: Lie = {status: 200, body: ''};
const xml = (body: string): Lie => ({status: 200, body, headers: {'content-type': 'application/xml'}});
const endless = xml('<ListVersionsResult><IsTruncated>true</IsTruncated></ListVersionsResult>');

type Row = readonly [call: string, method: string, words: string, answer: Lie];

/** The program and its answer agree on what is wrong: the call, the endpoint, and no word of a fault of the program's. */
function expectTold({exitCode, stdout, stderr, events}: ProgramResult, call: string, url: string): void {
	expect(exitCode, stdout).toBe(1);
	const problems = JSON.stringify(events().filter(({problem}) => Boolean(problem)));
	expect(problems, stdout).toContain('unexpected-answer');
	expect(problems).toContain(`Cannot understand the answer to ${call}`);
	expect(problems).toContain(`was sent to ${url}`);
	expect(contractFaults(events())).toEqual([]);
	expect(`${stdout}${stderr}`).not.toMatch(/unforeseen|TypeError|SyntaxError|\n {4}at /);
}

const args = ['--yes', '--json', ...tutorialArgs('cross-account')];

it.each<Row>([
	['GetCallerIdentity', 'POST', 'GetCallerIdentity', page],
	['GetCallerIdentity', 'POST', 'GetCallerIdentity', empty],
	['HeadBucket', 'HEAD', '/', page],
	['GetRole', 'POST', 'Action=GetRole&', xml('<GetRoleResponse><GetRoleResult/></GetRoleResponse>')],
	['CreateBucket', 'PUT', '/', page],
	['PutBucketVersioning', 'PUT', '?versioning', page],
	['PutRolePolicy', 'POST', 'Action=PutRolePolicy', empty],
	['PutBucketReplication', 'PUT', '?replication', page],
	['PutBucketPolicy', 'PUT', '?policy', page],
])('apply is told of an answer to %s that is none (%s with %s)', async (call, method, words, answer) => {
	const proxy = await lyingProxy(world.one.sandbox.endpointUrl);
	proxy.lie({method, words, answer});
	const applied = await runProgram(['apply', ...args], {env: {...world.env, AWS_ENDPOINT_URL: proxy.url}});
	expect(proxy.lieCount()).toBeGreaterThan(0);
	expectTold(applied, call, proxy.url);
});

it('a run is gone on with and taken back, whatever came instead of answers, once the endpoint answers', async () => {
	const proxy = await lyingProxy(world.one.sandbox.endpointUrl);
	const env = {...world.env, AWS_ENDPOINT_URL: proxy.url};
	const apply = ['apply', '--files', '1', ...args];
	const undo = ['undo', '--yes', '--json'];
	const first = await runProgram(apply, {env});
	expect(first.exitCode, first.stdout).toBe(0);
	const runId = String(first.events()[0]?.['runId']);
	const rows: ReadonlyArray<readonly [...Row, readonly string[]]> = [
		['GetBucketReplication', 'GET', '?replication', page, ['plan', ...args.slice(1)]],
		['GetBucketReplication', 'GET', '?replication', empty, apply],
		['GetBucketPolicy', 'GET', '?policy', {status: 200, body: '{"Statement":5}'}, apply],
		['PutObject', 'PUT', 's3-replicate-test/', page, apply],
		['GetBucketReplication', 'GET', '?replication', empty, [...undo, runId]],
		['ListObjectVersions', 'GET', 'versions', endless, [...undo, runId]],
		['DeleteBucketReplication', 'DELETE', '?replication', page, [...undo, runId]],
		['DeleteRole', 'POST', 'Action=DeleteRole&', empty, [...undo, runId]],
	];
	for (const [call, method, words, answer, command] of rows) {
		const before = proxy.lieCount();
		proxy.lie({method, words, answer});
		const result = await runProgram(command, {env});
		expect(proxy.lieCount(), `${call} was not made`).toBeGreaterThan(before);
		expectTold(result, call, proxy.url);
		proxy.lie();
	}

	expect((await runProgram([...undo, runId], {env})).exitCode).toBe(0);
});

it('a watch tells that its questions get no answer, and goes on when they do', async () => {
	const proxy = await lyingProxy(world.one.sandbox.endpointUrl);
	proxy.lie({method: 'HEAD', words: 's3-replicate-test/', answer: {status: 200, body: ''}});
	const program = await startProgram(['apply', '--files', '1', '--yes', ...args.slice(2)], {
		env: {...world.env, AWS_ENDPOINT_URL: proxy.url},
	});
	await program.waitForLines(/Cannot understand the answer to HeadObject/);
	proxy.lie();
	const {exitCode, stdout} = await program.ended;
	expect(exitCode, stdout).toBe(0);
});
