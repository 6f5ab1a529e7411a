import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	HeadObjectCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {GetKeyPolicyCommand} from '@aws-sdk/client-kms';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {destinationAccountId, openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {readReceipt} from '../../source/domain/hand-over/read-receipt.js';
import {createKey, letIn} from '../sandbox/support/kms-keys.js';
import {until} from '../support/until.js';
import {contractFaults} from '../support/json-contract.js';
import {runHere} from '../support/run-here.js';

/** Somebody with one profile, in a folder of their own. */
type Person = {
	readonly home: string;
	readonly run: (line: string, types?: readonly string[]) => Promise<Awaited<ReturnType<typeof runHere>>>;
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
		...{S3_REPLICATE_STATE_DIR: file('state'), HOME: home},
	};
	return {
		home,
		file,
		run: async (line, types) => runHere(line.split(' '), {env, home, ...(types && {types})}),
	};
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
		// Each side’s command is there to be pasted.
		const lines = (exported.stdout + exported.stderr).split('\n');
		const apply = `apply --receipt hand.json --source-profile alice --endpoint-url ${open.sandbox.endpointUrl}`;
		expect(lines.filter((line) => line.includes('s3-replicate '))).toEqual([
			expect.stringMatching(
				/^ {2}Next +1\. Send the file .*, who runs: s3-replicate diagnose --receipt hand\.json --destination-profile NAME --endpoint-url \S+$/,
			),
			expect.stringMatching(new RegExp(`^ +2\\. Once it is back, run: s3-replicate ${apply}$`)),
		]);
		expect(exported.exitCode).toBe(0);
		const text = await readFile(alice.file('hand.json'), 'utf8');
		expect(canaries.length).toBeGreaterThan(2);
		expect([...canaries, 'alice"', 'bob"'].filter((secret) => text.includes(secret))).toEqual([]);

		// It is open until it is gone on with, wherever its file comes back to.
		const waiting = await alice.run('runs');
		expect(waiting.stdout).toContain(
			`waits for the owner of ${destinationAccountId}: alices-logs → bobs-copies`,
		);
		expect(waiting.stdout).toMatch(
			/Once its file is back, go on: s3-replicate apply --receipt \S+hand\.json/,
		);

		const accessible = await alice.run('--accessible', []);
		expect(accessible.stdout).toMatch(
			/Hand-over of \S+ \S+ UTC, waits for .*: alices-logs → bobs-copies\nOnce its file is back, go on: s3-replicate apply/,
		);

		const early = await alice.run('apply --receipt hand.json --source-profile alice --yes');
		expect([early.exitCode, early.stdout]).toEqual([1, expect.stringContaining('has not confirmed')]);

		await send(alice, bob, 'hand.json');
		const looked = await bob.run('diagnose --receipt hand.json --destination-profile bob');
		expect([looked.exitCode, looked.stdout]).toEqual([1, expect.stringContaining('aws:PrincipalArn')]);
		expect(looked.stdout).toContain(`Found 2 things to do in account ${destinationAccountId}`);

		const fixed = await bob.run('diagnose --receipt hand.json --destination-profile bob --fix --yes --json');
		const events = json(fixed.stdout);
		expect([fixed.exitCode, contractFaults(events as never)]).toEqual([0, []]);
		expect(events).toContainEqual(
			expect.objectContaining({type: 'export-written', format: 'confirmed-receipt'}),
		);
		const confirmed = await readFile(bob.file('hand.json'), 'utf8');
		expect(canaries.filter((secret) => confirmed.includes(secret))).toEqual([]);

		await mkdir(alice.file('Downloads'), {recursive: true});
		await writeFile(alice.file('Downloads/hand (1).json'), confirmed);
		const back = await alice.run('runs');
		expect(back.stdout).toContain(`confirmed by the owner of ${destinationAccountId}: alices-logs`);
		expect(back.stdout).toMatch(/ {2}Go on: s3-replicate apply --receipt '\S+Downloads\/hand \(1\)\.json'/);
		await send(bob, alice, 'hand.json');
		const applied = await alice.run(
			'apply --receipt hand.json --source-profile alice --yes --files 1 --json',
		);
		const ours = json(applied.stdout);
		expect([applied.exitCode, ours.at(-1)]).toEqual([0, expect.objectContaining({outcome: 'succeeded'})]);
		expect(ours).toContainEqual(expect.objectContaining({type: 'object-replicated'}));

		const again = await alice.run('apply --receipt hand.json --source-profile alice --yes');
		expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('Nothing to change')]);

		const undone = [
			await alice.run('undo --yes'),
			await alice.run('undo --all --yes'),
			await bob.run('undo --yes'),
		];
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

	const bucketOf = async (owner: 'source' | 'destination', Bucket: string) =>
		open[owner].send(
			new CreateBucketCommand({
				Bucket,
				...(owner === 'source' ? {} : {CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
			}),
		);

	/** Hands over a pair of buckets, and goes on; gives what the last command wrote. */
	async function handedOver(hint: string, options: string) {
		const [source, destination] = [`alices-${hint}`, `bobs-${hint}`];
		const file = `${source}-receipt.json`;
		const exported = await alice.run(
			`export --for destination --source-bucket ${source} --source-profile alice --destination-bucket ${destination} --destination-account ${destinationAccountId}${options}`,
		);
		expect([exported.exitCode, exported.stdout]).toEqual([0, expect.stringContaining(file)]);
		const early = await alice.run(`apply --receipt ${file} --source-profile alice --yes`);
		expect([early.exitCode, early.stdout]).toEqual([1, expect.stringContaining('has not confirmed')]);
		await send(alice, bob, file);
		const fixed = await bob.run(`diagnose --receipt ${file} --destination-profile bob --fix --yes`);
		expect([fixed.exitCode, fixed.stdout]).toEqual([0, expect.stringContaining('side is done')]);
		await send(bob, alice, file);
		const applied = await alice.run(
			`apply --receipt ${file} --source-profile alice --yes --files 1 --timeout 30`,
		);
		expect([applied.exitCode, applied.stdout]).toEqual([
			0,
			expect.stringContaining('Replication is working'),
		]);
		return {source, destination, file};
	}

	it('replicate under a key of the other account, and give the replicas away', async () => {
		await Promise.all([bucketOf('source', 'alices-key'), bucketOf('destination', 'bobs-key')]);
		const kms = open.kms('destination', 'us-west-2');
		const key = await createKey(kms, [letIn(`arn:aws:iam::${destinationAccountId}:user/admin`, 'kms:*')]);
		const {file} = await handedOver('key', ` --kms-key ${key} --owner-override --prefix logs/`);
		const {Policy} = await kms.send(new GetKeyPolicyCommand({KeyId: key}));
		expect(Policy).toContain('aws:PrincipalArn');
		const receipt = readReceipt(await readFile(alice.file(file), 'utf8'));
		expect(receipt).toMatchObject({
			ok: true,
			receipt: {confirmation: {policies: [{target: 'bobs-key'}, {target: key}]}},
		});
	});

	it('set up both ways', async () => {
		await Promise.all([bucketOf('source', 'alices-both'), bucketOf('destination', 'bobs-both')]);
		const {source, destination} = await handedOver('both', ' --two-way');
		await open.destination.send(new PutObjectCommand({Bucket: destination, Key: 'from-bob', Body: '1'}));
		await until(async () =>
			open.source.send(new HeadObjectCommand({Bucket: source, Key: 'from-bob'})).then(
				() => true,
				() => false,
			),
		);
	});

	it('leave the rules of others as they are, and convert those of the older form', async () => {
		await Promise.all([
			bucketOf('source', 'alices-first'),
			bucketOf('source', 'alices-second'),
			bucketOf('destination', 'bobs-first'),
		]);
		const there = await alice.run(
			'apply --mode cross-region --source-bucket alices-first --source-profile alice --destination-bucket alices-second --yes --rule-id mine --prefix a/',
		);
		expect([there.exitCode, there.stdout]).toEqual([0, expect.any(String)]);
		const {ReplicationConfiguration: before} = await open.source.send(
			new GetBucketReplicationCommand({Bucket: 'alices-first'}),
		);
		await open.source.send(
			new PutBucketReplicationCommand({
				Bucket: 'alices-first',
				ReplicationConfiguration: {
					Role: before?.Role,
					Rules: [
						{
							...{ID: 'mine', Prefix: 'a/', Status: 'Enabled'},
							Destination: {Bucket: 'arn:aws:s3:::alices-second'},
						},
					],
				},
			}),
		);
		await handedOver('first', ' --prefix b/');
		const {ReplicationConfiguration: after} = await open.source.send(
			new GetBucketReplicationCommand({Bucket: 'alices-first'}),
		);
		expect(after?.Rules).toMatchObject([
			{ID: 'mine', Filter: {Prefix: 'a/'}, Status: 'Enabled'},
			{Filter: {Prefix: 'b/'}, Destination: {Account: destinationAccountId}},
		]);
	});

	it.each([
		['absent', undefined, 'There is no such file.'],
		['larger than 1 MiB', ' '.repeat(1_048_577), 'It has more than 1 MiB.'],
		['another file', 'mine', 'It is no receipt of s3-replicate.'],
	])('refuse a receipt that is %s, and write over none', async (what, text, cause) => {
		const file = `${what.replaceAll(' ', '-')}.json`;
		if (text !== undefined) await writeFile(alice.file(file), text);
		const refused = await Promise.all([
			alice.run(`apply --receipt ${file} --source-profile alice --yes --json`),
			alice.run(`diagnose --receipt ${file} --destination-profile alice --json`),
		]);
		for (const {exitCode, stdout} of refused)
			expect([exitCode, json(stdout).at(-1)]).toMatchObject([2, {problem: {cause}}]);
		if (text === undefined) return;
		const written = await alice.run(
			`export --for destination --source-bucket alices-logs --source-profile alice --destination-bucket bobs-copies --destination-account ${destinationAccountId} --receipt ${file}`,
		);
		expect([written.exitCode, await readFile(alice.file(file), 'utf8')]).toEqual([1, text]);
	});

	it('stop where AWS is not as the receipt says', async () => {
		await Promise.all([bucketOf('source', 'alices-stop'), bucketOf('destination', 'bobs-stop')]);
		const file = 'alices-stop-receipt.json';
		await alice.run(
			`export --for destination --source-bucket alices-stop --source-profile alice --destination-bucket bobs-stop --destination-account ${destinationAccountId}`,
		);
		await send(alice, bob, file);
		const wrong = await alice.run(`diagnose --receipt ${file} --destination-profile alice`);
		expect([wrong.exitCode, wrong.stdout]).toEqual([1, expect.stringContaining('other account')]);
		const mine = await bob.run(`apply --receipt ${file} --source-profile bob --yes`);
		expect([mine.exitCode, mine.stdout]).toEqual([1, expect.stringContaining('other account')]);

		await bob.run(`diagnose --receipt ${file} --destination-profile bob --fix --yes`);
		await send(bob, alice, file);
		await bob.run('undo --yes');
		const open2 = await bob.run(`diagnose --receipt ${file} --destination-profile bob`);
		expect([open2.exitCode, open2.stdout]).toEqual([1, expect.stringContaining('Found 1 thing to do')]);
		// What was confirmed holds no longer.
		expect(await readFile(bob.file(file), 'utf8')).not.toContain('confirmation');

		await alice.run(
			'apply --mode cross-region --source-bucket alices-stop --source-profile alice --destination-bucket alices-other --destination-region us-east-1 --yes --rule-id other --prefix other/',
		);
		const outdated = await alice.run(`apply --receipt ${file} --source-profile alice --yes`);
		expect([outdated.exitCode, outdated.stdout]).toEqual([
			1,
			expect.stringContaining('The rules of alices-stop were changed by somebody. Nothing was written.'),
		]);
	});
});
