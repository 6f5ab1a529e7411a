import {readFile} from 'node:fs/promises';
import {
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	ListObjectVersionsCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {describe, expect, it} from 'vitest';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {restoredTerminal} from '../support/terminal.js';
import {openWizard, type OpenedWizard} from './support/open-wizard.js';

/** A sandbox that replicates at once: what is waited for is the screen. */
const quick = ['--replication-delay', '60'];

/** Enter, and again on each screen that follows, until the watch view has all its replicas. */
async function walkByEnter(wizard: OpenedWizard, titles: readonly string[]): Promise<number> {
	for (const title of titles) {
		await wizard.waitForStep(title);
		wizard.press('enter');
	}

	await wizard.waitForStep('Watch');
	await wizard.waitFor((frame) => (frame.match(/✓ REPLICA/g) ?? []).length === 5, {
		what: 'five replicas',
	});
	return titles.length;
}

describe('in the sandbox, Enter alone', () => {
	it('walks Cross-Region Replication to replicas with at most eight presses; dropped files arrive, and more on u', async () => {
		const wizard = await openWizard({args: quick});
		const presses = await walkByEnter(wizard, [
			'Env',
			'Mode',
			'Accounts',
			'Buckets',
			'Buckets',
			'Options',
			'Check',
			'Plan',
		]);

		expect(presses).toBeLessThanOrEqual(8);
		const source = await wizard.clientOf('source', 'us-east-1');
		const destination = await wizard.clientOf('source', 'us-west-2');
		const [here, there, {ReplicationConfiguration: configuration}] = await Promise.all([
			source.send(new ListObjectVersionsCommand({Bucket: 'my-us-east-1'})),
			destination.send(new ListObjectVersionsCommand({Bucket: 'my-us-west-2'})),
			source.send(new GetBucketReplicationCommand({Bucket: 'my-us-east-1'})),
		]);
		expect(there.Versions?.map(({Key, VersionId}) => [Key, VersionId])).toEqual(
			here.Versions?.map(({Key, VersionId}) => [Key, VersionId]),
		);
		expect(here.Versions).toHaveLength(5);
		expect(configuration?.Rules?.map(({ID}) => ID)).toEqual(['cross-region-rule']);

		await source.send(new PutObjectCommand({Bucket: 'my-us-east-1', Key: 'dropped.txt', Body: 'hello'}));
		await wizard.waitFor((frame) => /dropped\.txt.*✓ REPLICA/.test(frame), {
			what: 'the dropped file',
		});
		wizard.type('u');
		await wizard.waitFor((frame) => /✓ 11 replicated/.test(frame), {
			what: 'five more files',
		});
		wizard.type('q');
		const {exitCode, state} = await wizard.waitForEnd();
		expect(exitCode).toBe(0);
		expect(state).toEqual(restoredTerminal);
		expect(wizard.history().join('\n')).toContain('✓ Replication is working');
		expect(wizard.scrollbackWipes()).toBe(0);
	});

	it('walks Cross-Account Replication to replicas with at most ten presses, one of them an arrow key', async () => {
		const wizard = await openWizard({args: quick});
		await wizard.waitForStep('Env');
		wizard.press('enter');
		await wizard.waitForStep('Mode');
		wizard.press('down', 'enter');
		const presses =
			3 +
			(await walkByEnter(wizard, ['Accounts', 'Accounts', 'Buckets', 'Buckets', 'Options', 'Check', 'Plan']));

		expect(presses).toBeLessThanOrEqual(10);
		const destination = await wizard.clientOf('destination', 'us-west-2');
		const {Policy: policy} = await destination.send(
			new GetBucketPolicyCommand({Bucket: 'my-destination-account'}),
		);
		expect(JSON.parse(policy ?? '{}')).toMatchObject({
			Id: 'S3-Console-Replication-Policy',
			Statement: [
				{Principal: {AWS: 'arn:aws:iam::111122223333:role/s3-cross-account-rep'}},
				{Principal: {AWS: 'arn:aws:iam::111122223333:role/s3-cross-account-rep'}},
			],
		});
		const {Versions: versions} = await destination.send(
			new ListObjectVersionsCommand({Bucket: 'my-destination-account'}),
		);
		expect(versions).toHaveLength(5);
		wizard.type('q');
		expect((await wizard.waitForEnd()).exitCode).toBe(0);
	});
});

describe('a run typed ahead against an endpoint', () => {
	it('types both bucket names and loses no key', async () => {
		const one = await openSandbox();
		const {configFile, credentialsFile, endpointUrl} = one.sandbox;
		const wizard = await openWizard({
			args: ['--mode', 'cross-region', '--source-profile', 'source', '--destination-profile', 'source'],
			env: {
				AWS_CONFIG_FILE: configFile,
				AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
				AWS_ENDPOINT_URL: endpointUrl,
			},
		});
		await wizard.waitForStep('Env');
		wizard.type('\r');
		await wizard.waitForStep('Buckets');
		wizard.type('typed-source-bucket\rtyped-destination-bucket\r');
		await wizard.waitForStep('Options');
		wizard.type('\r');
		await wizard.waitForText('⏎ go on');
		wizard.type('\r');
		await wizard.waitForText('+ 7 create');
		wizard.type('a');
		await wizard.waitFor((frame) => (frame.match(/✓ REPLICA/g) ?? []).length === 5);
		const {ReplicationConfiguration: configuration} = await one.source.send(
			new GetBucketReplicationCommand({Bucket: 'typed-source-bucket'}),
		);
		expect(configuration?.Rules?.[0]?.Destination?.Bucket).toBe('arn:aws:s3:::typed-destination-bucket');
		wizard.type('q');
		await wizard.waitForText('Remove the 5 test files?');
		wizard.type('y');
		expect((await wizard.waitForEnd()).exitCode).toBe(0);
		const left = await one.source.send(new ListObjectVersionsCommand({Bucket: 'typed-source-bucket'}));
		expect([left.Versions, left.DeleteMarkers]).toEqual([undefined, undefined]);
		const secrets = (await readFile(credentialsFile, 'utf8')).match(/(?<=secret_access_key *= *)\S+/g);
		expect(secrets).toHaveLength(2);
		expect(secrets?.filter((secret) => wizard.output().includes(secret))).toEqual([]);
		await one.close();
	});

	it('changes nothing on Enter alone: on AWS the plan wants an a', async () => {
		const one = await openSandbox();
		const {configFile, credentialsFile, endpointUrl} = one.sandbox;
		const wizard = await openWizard({
			args: [
				'--mode',
				'cross-region',
				'--source-profile',
				'source',
				'--source-bucket',
				'enter-a',
				'--source-region',
				'us-east-1',
				'--destination-bucket',
				'enter-b',
				'--destination-region',
				'us-west-2',
				'--endpoint-url',
				endpointUrl,
			],
			env: {AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile},
		});
		await wizard.waitForStep('Options');
		wizard.press('enter');
		await wizard.waitForText('⏎ go on');
		wizard.press('enter');
		await wizard.waitForStep('Plan');
		await wizard.waitForText('7 create');
		wizard.press('enter', 'enter');
		wizard.press('ctrlC');
		const {exitCode, state} = await wizard.waitForEnd();
		expect([exitCode, state]).toEqual([130, restoredTerminal]);
		expect(one.sandbox.requests.filter(({operation}) => /^(Put|Create)/.test(operation))).toEqual([]);
		await one.close();
	});
});
