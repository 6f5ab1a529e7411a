import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {AttachRolePolicyCommand, CreatePolicyCommand} from '@aws-sdk/client-iam';
import {
	DeleteBucketReplicationCommand,
	PutBucketEncryptionCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
	PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {setUpKeys, type KeyedPair} from '../diagnose/support/key-worlds.js';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	ruleTo,
	sourceAccountId,
} from '../sandbox/support/open-sandbox.js';
import {destinationPolicy, policyOf, type Statement} from '../sandbox/support/replicated-pair.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const [, listed = ''] = /<!-- diagnose-permissions -->\s+```json\n([\s\S]*?)```/.exec(readme) ?? [];
const {Statement: statements} = JSON.parse(listed) as {
	readonly Statement: ReadonlyArray<{readonly Action: readonly string[]}>;
};
const actions = statements.flatMap(({Action}) => Action);

let open: OpenSandbox;
let home: string;
let pair: KeyedPair;
let userCount = 0;

/** A bucket of which everything that a diagnosis looks at is there: keys, metrics, a managed policy, a public statement, an object. */
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-permissions-'));
	pair = await setUpKeys(open, {
		...{broken: '', told: '', reason: '', isCrossAccount: true},
		breakIt: async () => undefined,
	});
	const {source, destination, destinationClient, roleName, roleArn, sourceKey, replicaKey} = pair;
	const {Policy} = await open.iam.send(
		new CreatePolicyCommand({
			PolicyName: open.name('managed'),
			PolicyDocument: policyOf([{Effect: 'Allow', Action: 's3:ListBucket', Resource: '*'}]),
		}),
	);
	await open.iam.send(new AttachRolePolicyCommand({RoleName: roleName, PolicyArn: Policy?.Arn}));
	await open.source.send(
		new PutBucketEncryptionCommand({
			Bucket: source,
			ServerSideEncryptionConfiguration: {
				Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKey}}],
			},
		}),
	);
	// Written before the rule that takes it: the sample of what exists already finds it.
	await open.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
	await open.source.send(new PutObjectCommand({Bucket: source, Key: 'early', Body: 'x', Tagging: 'a=b'}));
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {
				Role: roleArn,
				Rules: [
					ruleTo(destination, {
						Filter: {Tag: {Key: 'a', Value: 'b'}},
						SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
						Destination: {
							Bucket: `arn:aws:s3:::${destination}`,
							Account: destinationAccountId,
							AccessControlTranslation: {Owner: 'Destination'},
							Metrics: {Status: 'Enabled'},
							EncryptionConfiguration: {ReplicaKmsKeyID: replicaKey},
						},
					}),
				],
			},
		}),
	);
	await open.source.send(new PutObjectCommand({Bucket: source, Key: 'left-out', Body: 'x', Tagging: 'a=c'}));
	const {Statement: usual} = JSON.parse(destinationPolicy(roleArn, destination)) as {Statement: Statement[]};
	const toAll = {
		Effect: 'Allow',
		Principal: '*',
		Action: 's3:GetObject',
		Resource: `arn:aws:s3:::${destination}/*`,
	};
	await destinationClient.send(
		new PutPublicAccessBlockCommand({
			Bucket: destination,
			PublicAccessBlockConfiguration: {RestrictPublicBuckets: false, BlockPublicPolicy: false},
		}),
	);
	await destinationClient.send(
		new PutBucketPolicyCommand({Bucket: destination, Policy: policyOf([...usual, toAll])}),
	);
});

afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

/** What a diagnosis by two callers who may do this and nothing else tells, by rule and by object. */
async function toldWith(allowed: readonly string[]): Promise<ReadonlyArray<number | string>> {
	const number = ++userCount;
	const policy = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: allowed, Resource: '*'}]};
	const sections = [sourceAccountId, destinationAccountId].map((accountId, index) => {
		const {accessKeyId, secretAccessKey} = open.sandbox.addUser({
			...{accountId, userName: `user-${index}-${number}`, policy},
		});
		return `[${index === 0 ? 'here' : 'there'}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
	});
	const files = {
		AWS_CONFIG_FILE: path.join(home, `config-${number}`),
		AWS_SHARED_CREDENTIALS_FILE: path.join(home, `credentials-${number}`),
	};
	await writeFile(
		files.AWS_CONFIG_FILE,
		'[profile here]\nregion = us-east-1\n[profile there]\nregion = us-west-2\n',
	);
	await writeFile(files.AWS_SHARED_CREDENTIALS_FILE, sections.join(''));
	const told: Array<number | string> = [];
	for (const more of [[], ['--key', 'left-out']]) {
		const {exitCode, stdout} = await runHere(
			[
				...['diagnose', '--source-bucket', pair.source, '--source-profile', 'here'],
				...['--destination-profile', 'there', '--endpoint-url', open.sandbox.endpointUrl, ...more],
			],
			{home, env: {...files, XDG_STATE_HOME: path.join(home, 'state'), HOME: home}},
		);
		// Every run has an id of its own.
		told.push(exitCode, stdout.replace(/^Run .*$/m, ''));
	}

	return told;
}

let withListed: ReturnType<typeof toldWith> | undefined;

describe('the permissions that README asks for diagnose', () => {
	it('tell the same as all permissions do', async () => {
		const all = await toldWith(['*']);
		expect(all.join('\n')).toMatch(/1 of 2 sampled objects[\s\S]*asks for other tags  other-tags, certain/);
		expect(await (withListed ??= toldWith(actions))).toEqual(all);
	});

	it.each(sampled('permissions of diagnose', actions))('without %s less is told', async (action) => {
		const told = await toldWith(actions.filter((one) => one !== action));
		expect(told).not.toEqual(await (withListed ??= toldWith(actions)));
	});
});
