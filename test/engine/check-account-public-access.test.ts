import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	CreateBucketCommand,
	DeletePublicAccessBlockCommand,
	PutBucketPolicyCommand,
	PutBucketVersioningCommand,
	PutPublicAccessBlockCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {
	type PublicAccessBlockConfiguration,
	PutPublicAccessBlockCommand as PutAccountPublicAccessBlockCommand,
} from '@aws-sdk/client-s3-control';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Check} from '../../source/domain/checks/check.js';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from '../sandbox/support/open-sandbox.js';
import {sandboxSession} from '../support/sandbox-session.js';

let one: OpenSandbox;
let folder: string;

beforeAll(async () => {
	one = await openSandbox();
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-account-'));
});

afterAll(async () => {
	await one.close();
	await rm(folder, {recursive: true});
});

const place = {
	'us-east-1': {},
	'us-west-2': {CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}},
} as const;

async function createBucket(client: S3Client, Bucket: string, region: keyof typeof place): Promise<void> {
	await client.send(new CreateBucketCommand({Bucket, ...place[region]}));
	await client.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}));
	await client.send(new DeletePublicAccessBlockCommand({Bucket}));
}

const everybody = (Bucket: string, more: object = {}) => ({
	Effect: 'Allow',
	Principal: '*',
	Action: 's3:GetObject',
	Resource: `arn:aws:s3:::${Bucket}/*`,
	...more,
});

const ofOrganization = {Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-1'}}};
const readers = {Sid: 'Readers'};

/** Statements are put before the account says anything: it would refuse to have them written. */
async function worldWith(
	statements: readonly object[],
	{
		own,
		account,
	}: {readonly own?: PublicAccessBlockConfiguration; readonly account: PublicAccessBlockConfiguration},
	end: 'source' | 'destination' = 'destination',
): Promise<Answers> {
	const names = {source: one.name('from'), destination: one.name('to')};
	await createBucket(one.source, names.source, 'us-east-1');
	await createBucket(one.destination, names.destination, 'us-west-2');
	const client = one[end];
	const AccountId = {source: sourceAccountId, destination: destinationAccountId}[end];
	const control = one.s3Control(end, 'us-east-1');
	const setAccount = async (PublicAccessBlockConfiguration: PublicAccessBlockConfiguration) =>
		control.send(new PutAccountPublicAccessBlockCommand({AccountId, PublicAccessBlockConfiguration}));
	await setAccount({});
	const Bucket = names[end];
	const Statement = statements.map((more) => everybody(Bucket, more));
	await client.send(
		new PutBucketPolicyCommand({Bucket, Policy: JSON.stringify({Version: '2012-10-17', Statement})}),
	);
	await client.send(new PutPublicAccessBlockCommand({Bucket, PublicAccessBlockConfiguration: own ?? {}}));
	await setAccount(account);
	return {
		environment: 'aws',
		mode: 'cross-account',
		sourceProfile: 'source',
		destinationProfile: 'destination',
		sourceBucket: names.source,
		destinationBucket: names.destination,
		sourceRegion: 'us-east-1',
		destinationRegion: 'us-west-2',
		roleName: one.name('role'),
		ruleId: 'new-rule',
		testFileCount: 1,
	};
}

/** What the check says, whether there is a plan, and what was asked of the sandbox meanwhile. */
async function checked(answers: Answers, credentialsFile = one.sandbox.credentialsFile) {
	const {endpointUrl, configFile} = one.sandbox;
	const before = one.sandbox.requests.length;
	const session = sandboxSession({endpointUrl, configFile, credentialsFile}, {answers});
	const checks: Check[] = [];
	session.onEvent((event) => {
		if (event.type === 'check-finished') checks.push(event);
	});
	await session.openEnvironment('aws');
	const result = await session.makePlan(answers);
	await session.close();
	const requests = one.sandbox.requests.slice(before);
	return {
		isPlanned: result.ok,
		check: (id: string) => checks.find((check) => check.id === id),
		asked: requests
			.filter(({service, operation}) => service === 's3control' && operation === 'GetPublicAccessBlock')
			.map(({accountId}) => accountId),
		written: requests.filter(({operation}) => /^(Put|Create|Delete)/.test(operation)),
	};
}

// Source: S3 User Guide, "Blocking public access to your Amazon S3 storage"; the sandbox acts on both settings (test/sandbox/s3-control.test.ts).
describe('Block Public Access of the destination’s account', () => {
	it.each<
		readonly [
			string,
			readonly object[],
			Parameters<typeof worldWith>[1],
			{readonly says: readonly string[]; readonly saysNot?: readonly string[]},
		]
	>([
		[
			'refuses the merged policy: BlockPublicPolicy',
			[readers],
			{account: {BlockPublicPolicy: true}},
			{
				says: ['statement “Readers”', 'BlockPublicPolicy is on for its account'],
				saysNot: ['RestrictPublicBuckets'],
			},
		],
		[
			'cuts the role off: RestrictPublicBuckets',
			[readers],
			{account: {RestrictPublicBuckets: true}},
			{
				says: ['statement “Readers”', 'RestrictPublicBuckets is on for its account'],
				saysNot: ['BlockPublicPolicy'],
			},
		],
		[
			'does both; a statement without a Sid by its number, one that a condition narrows not at all',
			[{...readers, ...ofOrganization}, {}],
			{account: {RestrictPublicBuckets: true, BlockPublicPolicy: true}},
			{
				says: [
					'Public in its policy: statement 2.',
					'RestrictPublicBuckets is on for its account',
					'BlockPublicPolicy is on for its account',
				],
				saysNot: ['Readers'],
			},
		],
		[
			'counts together with the bucket’s',
			[readers],
			{
				own: {RestrictPublicBuckets: true},
				account: {RestrictPublicBuckets: true, BlockPublicPolicy: true},
			},
			{
				says: [
					'RestrictPublicBuckets is on for the bucket and its account',
					'BlockPublicPolicy is on for its account',
				],
			},
		],
	])('%s, named before anything is written', async (_what, statements, blocks, {says, saysNot = []}) => {
		const {check, isPlanned, written} = await checked(await worldWith(statements, blocks));

		const {result, problem} = check('public-access') ?? {};
		expect(result).toBe('problem');
		expect(problem?.code).toBe('public-policy-restricted');
		for (const text of says) expect(problem?.cause).toContain(text);
		for (const text of saysNot) expect(problem?.cause).not.toContain(text);
		expect(problem?.nextSteps[0]).toContain('Remove the public statement');
		expect(isPlanned).toBe(false);
		expect(written).toEqual([]);
	});

	it.each<readonly [string, readonly object[], Parameters<typeof worldWith>[1], readonly string[]]>([
		[
			'where no statement is public: nobody is asked',
			[ofOrganization],
			{account: {BlockPublicPolicy: true, RestrictPublicBuckets: true}},
			[],
		],
		[
			'where it is about ACLs alone',
			[readers],
			{account: {BlockPublicAcls: true, IgnorePublicAcls: true}},
			[destinationAccountId],
		],
	])('says nothing %s', async (_what, statements, blocks, asked) => {
		const found = await checked(await worldWith(statements, blocks));

		expect(found.check('public-access')).toMatchObject({result: 'ok', problem: null});
		expect(found.asked).toEqual(asked);
		expect(found.isPlanned).toBe(true);
	});

	it('is that of the source’s account for the way back', async () => {
		const answers = await worldWith([readers], {account: {RestrictPublicBuckets: true}}, 'source');
		const {check, asked} = await checked({...answers, twoWay: true});

		expect(check('public-access')).toMatchObject({result: 'ok'});
		expect(check('public-access:back')).toMatchObject({
			result: 'problem',
			problem: {
				code: 'public-policy-restricted',
				cause: expect.stringContaining('on for its account') as string,
			},
		});
		expect(asked).toEqual([sourceAccountId]);
	});
});

describe('a caller who may not read it', () => {
	async function credentialsWithout(Action: string): Promise<string> {
		const userName = one.name('user');
		const {accessKeyId, secretAccessKey} = one.sandbox.addUser({
			accountId: destinationAccountId,
			userName,
			policy: {
				Version: '2012-10-17',
				Statement: [
					{Effect: 'Allow', Action: '*', Resource: '*'},
					{Effect: 'Deny', Action, Resource: '*'},
				],
			},
		});
		const file = path.join(folder, userName);
		const own = `[reader]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
		await writeFile(file, (await readFile(one.sandbox.credentialsFile, 'utf8')) + own);
		return file;
	}

	it('goes on, and is told that it is not known', async () => {
		const answers = await worldWith([readers], {account: {RestrictPublicBuckets: true}});
		const file = await credentialsWithout('s3:GetAccountPublicAccessBlock');
		const {check, isPlanned} = await checked({...answers, destinationProfile: 'reader'}, file);

		expect(check('public-access')).toMatchObject({
			result: 'unknown',
			evidence: expect.stringContaining('the policy is public') as string,
			problem: {
				headline: expect.stringContaining(destinationAccountId) as string,
				nextSteps: expect.arrayContaining([
					expect.stringContaining('s3:GetAccountPublicAccessBlock') as string,
				]) as string[],
			},
		});
		expect(isPlanned).toBe(true);
	});

	it('is still told what the bucket itself has on', async () => {
		const answers = await worldWith([readers], {own: {BlockPublicPolicy: true}, account: {}});
		const file = await credentialsWithout('s3:GetAccountPublicAccessBlock');
		const {check} = await checked({...answers, destinationProfile: 'reader'}, file);

		expect(check('public-access')).toMatchObject({
			result: 'problem',
			problem: {cause: expect.stringContaining('BlockPublicPolicy is on for the bucket. S3') as string},
		});
	});
});
