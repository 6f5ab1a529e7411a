import {CreateBucketCommand, ListBucketsCommand} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {runProgram, temporaryFolder} from '../support/program.js';
import {sampled} from '../support/sampled.js';

let one: OpenSandbox;
let env: Record<string, string>;

beforeEach(async () => {
	one = await openSandbox();
	env = {
		AWS_ENDPOINT_URL: one.sandbox.endpointUrl,
		AWS_CONFIG_FILE: one.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: one.sandbox.credentialsFile,
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
	};
});
afterEach(async () => one.close());

const here = 'data-111122223333-us-east-1-an';
const there = 'copy-444455556666-us-west-2-an';

const run = async (command: string, source: string, destination: string, ...more: readonly string[]) =>
	runProgram(
		[
			...[command, '--mode', 'cross-account', '--source-profile', 'source'],
			...['--destination-profile', 'destination', '--source-bucket', source],
			...['--destination-bucket', destination, '--json', ...more],
		],
		{env},
	);

// What S3 takes and refuses of these names: S3 User Guide, "Namespaces for general purpose buckets".
it('creates both buckets in the namespaces of their accounts, and takes them back', async () => {
	const applied = await run('apply', here, there, '--yes', '--files', '1');
	expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
	const planned = applied.events().find(({type}) => type === 'plan-made') as unknown as {
		readonly operations: ReadonlyArray<{readonly kind: string; readonly after: unknown}>;
	};
	expect(planned.operations.filter(({kind}) => kind === 'create-bucket').map(({after}) => after)).toEqual([
		{Bucket: here, Region: 'us-east-1', BucketNamespace: 'account-regional'},
		{Bucket: there, Region: 'us-west-2', BucketNamespace: 'account-regional'},
	]);

	const undone = await runProgram(['undo', '--json', '--yes'], {env});
	expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {kept: 0}});
	expect((await one.source.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
});

it('uses one that exists', async () => {
	await one.source.send(new CreateBucketCommand({Bucket: here, BucketNamespace: 'account-regional'}));
	const applied = await run('apply', here, there, '--yes', '--files', '1');

	expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
});

it.each(
	sampled(
		'account namespaces',
		[
			['another account', 'data-444455556666-us-east-1-an', [], 'name-of-another-namespace'],
			['another region', here, ['--source-region', 'eu-west-1'], 'name-of-another-namespace'],
			['a region without', 'data-111122223333-me-south-1-an', [], 'no-namespace-in-region'],
		],
		6,
	),
)('creates none in the namespace of %s', async (_what, source, more, code) => {
	const refused = await run('apply', source, there, '--yes', ...more);

	expect(refused.exitCode).not.toBe(0);
	expect(refused.stdout).toContain(`"${code}"`);
	expect(one.sandbox.requests.some(({operation}) => operation === 'CreateBucket')).toBe(false);
});
