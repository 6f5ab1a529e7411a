import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {destinationAccountId, openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {contractFaults} from '../support/json-contract.js';
import {runHere} from '../support/run-here.js';

/** Somebody with one profile, in a folder of their own. */
type Person = {
	readonly home: string;
	readonly run: (line: string) => Promise<Awaited<ReturnType<typeof runHere>>>;
	readonly file: (name: string) => string;
};

let open: OpenSandbox;
let folder: string;
let alice: Person;
let bob: Person;
/** Whatever may never leave a machine. */
let canaries: readonly string[];

/** The sections of an INI file that are about one profile, under another name. */
const ownSection = (text: string, profile: string, name: string): string =>
	text
		.split(/^(?=\[)/m)
		.filter((section) => new RegExp(`^\\[(profile )?${profile}\\]`).test(section))
		.map((section) => section.replace(profile, name))
		.join('\n');

async function person(name: string, profile: 'source' | 'destination'): Promise<Person> {
	const home = await mkdtemp(path.join(folder, `${name}-`));
	const [config, credentials] = await Promise.all(
		[open.sandbox.configFile, open.sandbox.credentialsFile].map(async (file) => readFile(file, 'utf8')),
	);
	const file = (one: string): string => path.join(home, one);
	await writeFile(file('config'), ownSection(config ?? '', profile, name));
	await writeFile(file('credentials'), ownSection(credentials ?? '', profile, name));
	const env = {
		AWS_ENDPOINT_URL: open.sandbox.endpointUrl,
		AWS_CONFIG_FILE: file('config'),
		AWS_SHARED_CREDENTIALS_FILE: file('credentials'),
		S3_REPLICATE_STATE_DIR: file('state'),
	};
	return {home, file, run: async (line) => runHere(line.split(' '), {env, home})};
}

beforeAll(async () => {
	open = await openSandbox();
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-hand-over-'));
	[alice, bob] = await Promise.all([person('alice', 'source'), person('bob', 'destination')]);
	const credentials = await readFile(open.sandbox.credentialsFile, 'utf8');
	canaries = [...credentials.matchAll(/= *(\S{12,})/g)].map(([, value]) => value as string);
});
afterAll(async () => {
	await open.close();
	await rm(folder, {recursive: true});
});

/** As by mail: what one has comes to the other. */
const send = async (from: Person, to: Person, name: string): Promise<void> =>
	writeFile(to.file(name), await readFile(from.file(name), 'utf8'));

const json = (stdout: string) =>
	stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as {readonly type: string; readonly [member: string]: unknown});

describe('two owners, neither of whom has the other’s profile', () => {
	it('hand over, check, go on, see a file arrive, and undo each side', async () => {
		await open.source.send(new CreateBucketCommand({Bucket: 'alices-logs'}));
		await open.destination.send(
			new CreateBucketCommand({
				Bucket: 'bobs-copies',
				CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
			}),
		);
		const exported = await alice.run(
			`export --for destination --source-bucket alices-logs --source-profile alice --destination-bucket bobs-copies --destination-account ${destinationAccountId} --receipt hand.json`,
		);
		expect(exported.stdout + exported.stderr).toContain('Hand-over file written');
		expect(exported.exitCode).toBe(0);
		const text = await readFile(alice.file('hand.json'), 'utf8');
		expect(canaries.length).toBeGreaterThan(2);
		expect([...canaries, 'alice"', 'bob"'].filter((secret) => text.includes(secret))).toEqual([]);

		const early = await alice.run('apply --receipt hand.json --source-profile alice --yes');
		expect([early.exitCode, early.stdout]).toEqual([1, expect.stringContaining('has not confirmed')]);

		await send(alice, bob, 'hand.json');
		const looked = await bob.run('diagnose --receipt hand.json --destination-profile bob');
		expect([looked.exitCode, looked.stdout]).toEqual([1, expect.stringContaining('aws:PrincipalArn')]);
		expect(looked.stdout).toContain(`Found 2 things to do in account ${destinationAccountId}`);

		const fixed = await bob.run('diagnose --receipt hand.json --destination-profile bob --fix --yes --json');
		const events = json(fixed.stdout);
		expect([fixed.exitCode, contractFaults(events as never)]).toEqual([0, []]);
		expect(events).toContainEqual(expect.objectContaining({type: 'export-written', format: 'confirmed-receipt'}));
		const confirmed = await readFile(bob.file('hand.json'), 'utf8');
		expect(canaries.filter((secret) => confirmed.includes(secret))).toEqual([]);

		await send(bob, alice, 'hand.json');
		const applied = await alice.run('apply --receipt hand.json --source-profile alice --yes --files 1 --json');
		const ours = json(applied.stdout);
		expect([applied.exitCode, ours.at(-1)]).toEqual([0, expect.objectContaining({outcome: 'succeeded'})]);
		expect(ours).toContainEqual(expect.objectContaining({type: 'object-replicated'}));

		const again = await alice.run('apply --receipt hand.json --source-profile alice --yes');
		expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('Nothing to change')]);

		const undone = [await alice.run('undo --yes'), await alice.run('undo --all --yes'), await bob.run('undo --yes')];
		expect(undone.map(({exitCode}) => exitCode)).toEqual([0, 0, 0]);
		await expect(
			open.source.send(new GetBucketReplicationCommand({Bucket: 'alices-logs'})),
		).rejects.toMatchObject({name: 'ReplicationConfigurationNotFoundError'});
		await expect(
			open.destination.send(new GetBucketPolicyCommand({Bucket: 'bobs-copies'})),
		).rejects.toMatchObject({name: 'NoSuchBucketPolicy'});
		const versioning = await open.destination.send(new GetBucketVersioningCommand({Bucket: 'bobs-copies'}));
		expect(versioning.Status).toBe('Enabled');
	});
});
