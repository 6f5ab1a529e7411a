import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {CreateRoleCommand, ListRolesCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	ListBucketsCommand,
	PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {awsReasons} from '../../source/domain/diagnose/reason-codes.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {type Pair, setUpPair, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {type ControlServer, openControl} from '../support/control-server.js';
import {contractFaults} from '../support/json-contract.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';

let open: OpenSandbox;
let control: ControlServer;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	control = await openControl(open.source);
});
beforeEach(async () => {
	control.script = {total: 5};
	control.onRequest = undefined;
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-batch-'));
	return async () => rm(home, {recursive: true});
});
afterAll(async () => {
	await control.close();
	await open.close();
});

const here = async (...args: readonly string[]) => typing(undefined, ...args);

/** With what somebody types on a terminal. */
const typing = async (types: readonly string[] | undefined, ...args: readonly string[]) =>
	runHere(args, {
		home,
		...(types ? {types} : {}),
		env: {
			AWS_CONFIG_FILE: open.sandbox.configFile,
			AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
			AWS_ENDPOINT_URL: open.sandbox.endpointUrl,
			AWS_ENDPOINT_URL_S3_CONTROL: control.endpointUrl,
			XDG_STATE_HOME: path.join(home, 'state'),
			HOME: home,
		},
	});

const batch = async ({source}: Pick<Pair, 'source'>, ...more: readonly string[]) =>
	here(
		...['batch', '--source-bucket', source, '--source-profile', 'source'],
		...['--destination-profile', 'destination', ...more],
	);

type Event = Readonly<Record<string, unknown>> & {readonly type: string; readonly at: string};
const eventsIn = (stdout: string): readonly Event[] =>
	stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Event);

/** A role that S3 Batch Operations may assume; gives its ARN. */
async function batchRole(): Promise<string> {
	const trust = trustOfS3.replace('s3.amazonaws.com', 'batchoperations.s3.amazonaws.com');
	const {Role: role} = await open.iam.send(
		new CreateRoleCommand({RoleName: open.name('batch-role'), AssumeRolePolicyDocument: trust}),
	);
	return role?.Arn ?? '';
}

/** What is in the account besides the replication. */
async function ours(): Promise<readonly string[]> {
	const {Buckets: buckets = []} = await open.source.send(new ListBucketsCommand({}));
	const {Roles: roles = []} = await open.iam.send(new ListRolesCommand({}));
	const names = [...buckets.map(({Name}) => Name ?? ''), ...roles.map(({RoleName}) => RoleName ?? '')];
	return names.filter((name) => name.startsWith('s3-replicate-'));
}

const lastBody = (): string => [...control.jobs.values()].at(-1)?.body ?? '';

describe('batch', () => {
	it.each(sampled('accounts of a job', [false, true], 10))(
		'makes a job, confirms it once it is counted, follows it to its end, and undo takes the rest down; across accounts: %s',
		async (isCrossAccount) => {
			const pair = await setUpPair(open, {isCrossAccount});
			const before = await ours();
			const {exitCode, stdout} = await batch(pair, '--yes', '--json');
			const events = eventsIn(stdout);
			expect(contractFaults(events)).toEqual([]);
			const states = events.filter(({type}) => type === 'job-progressed').map(({status}) => status);
			expect(states).toEqual(['Preparing', 'Suspended', 'Active', 'Complete']);
			expect(events.find(({type}) => type === 'job-finished')).toMatchObject({succeeded: 5, failed: 0});
			expect(exitCode).toBe(0);
			expect(lastBody()).toContain('<ConfirmationRequired>true</ConfirmationRequired>');
			expect(lastBody()).toContain('<member>NONE</member><member>FAILED</member>');
			expect(await ours()).toHaveLength(before.length + 2);
			const runs = await here('runs');
			expect(runs.stdout).toContain('batch');
			const undone = await here('undo', '--yes');
			expect(undone.stdout).toContain('The job job-');
			expect([undone.exitCode, await ours()]).toEqual([0, before]);
		},
	);

	it('asks for what was chosen, and for nothing else', async () => {
		const pair = await setUpPair(open);
		const {exitCode} = await batch(
			...[
				pair,
				'--yes',
				'--status',
				'completed,replica',
				'--prefix',
				'a b/',
				'--created-after',
				'2026-01-02',
			],
			...[
				'--created-before',
				'2026-03-04T05:06:07Z',
				'--storage-class',
				'STANDARD',
				'--storage-class',
				'GLACIER_IR',
			],
		);
		expect(exitCode).toBe(0);
		const filter = /<Filter>.*<\/Filter>/s.exec(lastBody())?.[0];
		expect(filter).toContain('<member>COMPLETED</member><member>REPLICA</member>');
		expect(filter).toContain('<MatchAnyPrefix><member>a b/</member></MatchAnyPrefix>');
		expect(filter).toContain('<CreatedAfter>2026-01-02T00:00:00Z</CreatedAfter>');
		expect(filter).toContain('<CreatedBefore>2026-03-04T05:06:07Z</CreatedBefore>');
		expect(filter).toContain('<member>STANDARD</member><member>GLACIER_IR</member>');
	});

	it('takes a list of one’s own, and refuses one that S3 would not take', async () => {
		const pair = await setUpPair(open);
		const file = path.join(home, 'list.csv');
		await writeFile(file, `${pair.source},a%20b,v1\n${pair.source},%C3%A9%2C%22,v2\n`);
		const {exitCode} = await batch(pair, '--yes', '--manifest', file);
		expect(exitCode).toBe(0);
		expect(lastBody()).toContain('<member>Bucket</member><member>Key</member><member>VersionId</member>');
		expect(lastBody()).toMatch(/<ObjectArn>arn:aws:s3:::s3-replicate-reports-\S+\/manifest.csv<\/ObjectArn>/);
		await writeFile(file, `${pair.source},a b\n`);
		const refused = await batch(pair, '--yes', '--manifest', file);
		expect(refused.stdout).toContain('Row 1 has a key that is not URL-encoded');
		expect(refused.exitCode).toBe(1);
	});

	// Documented: every failure reason; 1,000 of them, in the order of AWS's sample.
	it('groups a thousand failures by reason, says what each means, and keeps them', async () => {
		const pair = await setUpPair(open);
		const failed = Array.from({length: 1000}, (_, index) => {
			const reason = awsReasons[index % awsReasons.length] ?? '';
			return `${pair.source},folder%2Fk+${index},v${index},failed,403,AccessDenied,"${reason}, here"`;
		});
		failed.push(`${pair.source},folder%2Fodd,v,failed,500,OddError,"nobody knows"`);
		control.script = {total: 2000, failed};
		const file = path.join(home, 'kept');
		const {exitCode, stdout} = await batch(pair, '--yes', '--json', '--report-file', file);
		const failures = eventsIn(stdout).find(({type}) => type === 'job-finished')?.[
			'failures'
		] as ReadonlyArray<{
			reason: string;
			count: number;
		}>;
		expect(new Set(failures.map(({reason}) => reason))).toEqual(new Set([...awsReasons, 'OddError']));
		expect(failures.reduce((sum, {count}) => sum + count, 0)).toBe(1001);
		const kept = await readFile(`${file}.csv`, 'utf8');
		expect(kept.trim().split('\r\n')).toHaveLength(1002);
		// S3 names no reason of that one: the command looks at the very object.
		expect(stdout).toMatch(
			new RegExp(`objects: s3-replicate diagnose --source-bucket ${pair.source} .*--key folder/odd`),
		);
		expect(kept).toContain('folder/k 7,v7,');
		expect(exitCode).toBe(1);
	});

	// Recorded: the text where the inventory right is missing (ministryofjustice/analytical-platform#8496). Documented: no keys.
	it.each([
		[
			'found no keys',
			'Manifest generation found no keys matching the filter criteria.',
			0,
			'Nothing to copy',
		],
		['may not list', 'Error occurred when preparing manifest: Access denied', 1, 'Access denied'],
	])('tells a job that %s', async (_name, reason, code, text) => {
		control.script = {reason};
		// A role of one's own is not new: the job is not made again.
		const named = ['--role-arn', await batchRole()];
		const {exitCode, stdout} = await batch(await setUpPair(open), '--yes', ...named);
		expect(stdout).toContain(text);
		expect(exitCode).toBe(code);
	});

	// That the count is there while a job waits to be confirmed AWS does not document: where it is not, that is said and asked all the same.
	it.each([
		['yes', 0, 'Complete'],
		['no', 2, 'Cancelled'],
	])('asks without a count, and takes %s for an answer', async (answer, code, status) => {
		control.script = {total: 5, isUncounted: true};
		const {source} = await setUpPair(open);
		const named = ['--source-bucket', source, '--source-profile', 'source'];
		const {exitCode, stderr} = await typing(['yes', answer], 'batch', ...named);
		expect(stderr).toContain('Copy the objects (S3 does not say how many)? Type yes: ');
		expect([exitCode, [...control.jobs.values()].at(-1)?.status]).toEqual([code, status]);
	});

	it('tells a job that somebody else cancelled', async () => {
		control.script = {total: 5, isCancelledElsewhere: true};
		const {exitCode, stdout} = await batch(await setUpPair(open), '--yes');
		expect(stdout).toContain('is cancelled');
		expect(stdout).toContain('Reason given: somebody.');
		expect(exitCode).toBe(1);
	});

	// Documented: S3 User Guide, "Troubleshooting Batch Operations".
	it('waits for a job that is not known yet', async () => {
		control.script = {total: 5, unknownFor: 2};
		const {exitCode} = await batch(await setUpPair(open), '--yes');
		expect(exitCode).toBe(0);
	});

	it('says what makes objects fail, and lifecycle rules, before it asks', async () => {
		const pair = await setUpPair(open, {missing: ['s3:GetObjectVersionForReplication']});
		await open.source.send(
			new PutBucketLifecycleConfigurationCommand({
				Bucket: pair.source,
				LifecycleConfiguration: {
					Rules: [{ID: 'old', Status: 'Enabled', Filter: {Prefix: ''}, Expiration: {Days: 9}}],
				},
			}),
		);
		const before = await ours();
		const {exitCode, stdout} = await batch(pair);
		expect(stdout).toContain('SrcGetObjectNotPermitted');
		const named = `${pair.source} --source-profile source --destination-profile destination`;
		expect(stdout).toMatch(new RegExp(`s3-replicate diagnose --source-bucket ${named} .*--fix`));
		expect(stdout).toContain(
			`${pair.source} has lifecycle rules on the same objects (old): delete markers may arrive before their versions. AWS`,
		);
		expect(stdout).toContain('A job costs $0.25');
		// Nobody can be asked here, and nothing was made.
		expect([exitCode, await ours()]).toEqual([2, before]);
	});

	it('follows the job that is open already, of a run before it', async () => {
		const pair = await setUpPair(open);
		control.onRequest = (request) => (request.includes('/status') ? 'drop-before' : 'answer');
		const before = control.jobs.size;
		const stopped = await batch(pair, '--yes');
		expect(stopped.exitCode).toBe(1);
		control.onRequest = undefined;
		const {exitCode, stdout} = await batch(pair, '--yes');
		expect(stdout).toContain('was made before (by run ');
		expect([exitCode, control.jobs.size - before]).toEqual([0, 1]);
	});

	it('follows a job by its id, from another machine too, and leaves it waiting where nobody can be asked', async () => {
		const pair = await setUpPair(open);
		control.onRequest = (request) => (request.includes('/status') ? 'drop-before' : 'answer');
		await batch(pair, '--yes');
		control.onRequest = undefined;
		const id = [...control.jobs.keys()].at(-1) ?? '';
		const args = ['batch', '--job', id, '--source-profile', 'source', '--poll', '1'];
		const waiting = await here(...args);
		expect([waiting.exitCode, control.jobs.get(id)?.status]).toEqual([2, 'Suspended']);
		// From another machine, which has no record of it.
		home = path.join(home, 'other');
		await mkdir(home);
		const {exitCode} = await here(...args, '--yes');
		home = path.dirname(home);
		expect([exitCode, control.jobs.get(id)?.status]).toEqual([0, 'Complete']);
		const unknown = await here('batch', '--job', 'none', '--source-profile', 'source');
		expect(unknown.stdout).toContain('Cannot find the job none');
	});

	it('undo cancels a job that waits', async () => {
		const pair = await setUpPair(open);
		const before = await ours();
		control.onRequest = (request) =>
			request.includes('requestedJobStatus=Ready') ? 'drop-before' : 'answer';
		await batch(pair, '--yes');
		const id = [...control.jobs.keys()].at(-1) ?? '';
		const waiting = await here('runs');
		expect(waiting.stdout).toContain(
			`job ${id}  waits for a yes (Suspended): s3-replicate batch --job ${id}`,
		);
		const undone = await here('undo', '--yes');
		expect(undone.stdout).toContain('Job cancelled');
		expect([undone.exitCode, control.jobs.get(id)?.status, await ours()]).toEqual([0, 'Cancelled', before]);
	});

	it('uses a bucket and a role that are named, and says why it cannot', async () => {
		const pair = await setUpPair(open);
		const reports = open.name('reports');
		await open.source.send(new CreateBucketCommand({Bucket: reports}));
		const roleArn = await batchRole();
		const before = await ours();
		const named = ['--report-bucket', reports, '--role-arn', roleArn, '--yes'];
		const {exitCode} = await batch(pair, ...named);
		expect([exitCode, await ours()]).toEqual([0, before]);
		const wrong = await batch(pair, '--report-bucket', pair.source, '--role-arn', pair.roleArn);
		expect(wrong.stdout).toContain('does not let batchoperations.s3.amazonaws.com assume it');
		const source = await batch(pair, '--report-bucket', pair.source);
		expect(source.stdout).toContain(`Cannot use ${pair.source} for reports`);
		const absent = await batch(pair, '--report-bucket', 'nobody-has-this');
		expect(absent.stdout).toContain('has no such bucket');
	});

	it('says that a source without a rule has nothing to copy by', async () => {
		const {source} = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
		const {exitCode, stdout} = await batch({source}, '--yes');
		expect(stdout).toContain('no rule is enabled');
		expect(exitCode).toBe(1);
	});

	it.each([
		['--status', 'pending', '--status is a list of none, failed, completed and replica'],
		['--storage-class', 'COLD', '--storage-class is STANDARD or'],
		['--role-arn', 'me', '--role-arn cannot be used'],
		['--lag', '5', '--lag is about --verify'],
		['--max-objects', '5', '--max-objects is about --verify or --verify-after'],
	])('refuses %s %s', async (option, value, cause) => {
		const {exitCode, stderr} = await batch({source: 'some-bucket'}, option, value);
		expect(stderr).toContain(cause);
		expect(exitCode).toBe(2);
	});

	it('refuses what says nothing together', async () => {
		const {stderr} = await here(
			...['batch', '--job', 'j', '--manifest', 'f', '--verify', '--created-after', '2026-01-02'],
			...['--created-before', '2026-01-01'],
		);
		expect(stderr).toContain('--manifest is no matter of a job that exists');
		expect(stderr).toContain('--verify makes no job');
		expect(stderr).toContain('--created-after is before --created-before');
		const twice = await batch({source: 'some-bucket'}, '--verify', '--verify-after');
		expect(twice.stderr).toContain('--verify compares at once');
		const both = await batch({source: 'some-bucket'}, '--manifest', 'f', '--status', 'none');
		expect(both.stderr).toContain('--status chooses objects, and --manifest lists them');
	});
});
