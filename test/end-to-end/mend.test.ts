import {DeleteRolePolicyCommand, ListRolePoliciesCommand} from '@aws-sdk/client-iam';
import {
	DeleteBucketCommand,
	DeleteBucketPolicyCommand,
	DeleteBucketReplicationCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	HeadBucketCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {temporaryFolder} from '../support/program.js';
import {sampled} from '../support/sampled.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {openWizard} from './support/open-wizard.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(async () => open.close());

type Names = {readonly source: string; readonly destination: string; readonly roleName: string};
const over = () => open.s3('destination', 'us-west-2');

/** The inline policies of a role. */
const policiesOf = async (RoleName: string): Promise<readonly string[]> =>
	(await open.iam.send(new ListRolePoliciesCommand({RoleName}))).PolicyNames ?? [];

type Case = {
	readonly broken: string;
	readonly reason: string;
	readonly breakIt: (names: Names) => Promise<unknown>;
	/** Whether it is as broken as `breakIt` left it. */
	readonly isBroken: (names: Names) => Promise<boolean>;
};

const fails = async (asked: Promise<unknown>): Promise<boolean> =>
	asked.then(
		() => false,
		() => true,
	);

const cases: readonly Case[] = [
	{
		broken: 'a removed bucket policy',
		reason: 'DstPutObjectNotPermitted',
		breakIt: async ({destination: Bucket}) => over().send(new DeleteBucketPolicyCommand({Bucket})),
		isBroken: async ({destination: Bucket}) => fails(over().send(new GetBucketPolicyCommand({Bucket}))),
	},
	{
		broken: 'suspended versioning',
		reason: 'DstBucketUnversioned',
		breakIt: async ({destination: Bucket}) =>
			over().send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}})),
		isBroken: async ({destination: Bucket}) =>
			(await over().send(new GetBucketVersioningCommand({Bucket}))).Status === 'Suspended',
	},
	{
		broken: 'a missing role policy',
		reason: 'SrcGetObjectNotPermitted',
		async breakIt({roleName: RoleName}) {
			for (const PolicyName of await policiesOf(RoleName))
				await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
		},
		isBroken: async ({roleName}) => (await policiesOf(roleName)).length === 0,
	},
	{
		broken: 'a deleted destination',
		reason: 'DstBucketNotFound',
		breakIt: async ({destination: Bucket}) => over().send(new DeleteBucketCommand({Bucket})),
		isBroken: async ({destination: Bucket}) => fails(over().send(new HeadBucketCommand({Bucket}))),
	},
	{
		broken: 'a deleted rule',
		reason: 'SrcBucketReplicationConfigMissing',
		breakIt: async ({source: Bucket}) => open.source.send(new DeleteBucketReplicationCommand({Bucket})),
		isBroken: async ({source: Bucket}) => fails(open.source.send(new GetBucketReplicationCommand({Bucket}))),
	},
];

describe('a watch that meets a broken replication', () => {
	it.each(
		sampled(
			'mended in a terminal',
			cases.map((one, index) => ({...one, index})),
		),
	)(
		'tells $broken on its first screen; x leads to arrival, and undo takes the mend back',
		async ({reason, breakIt, isBroken, index}) => {
			const names = {source: `m-a${index}`, destination: `m-b${index}`, roleName: `m-role${index}`};
			const answers = {
				...tutorialAnswers('cross-account'),
				sourceBucket: names.source,
				destinationBucket: names.destination,
				roleName: names.roleName,
			};
			const session = sandboxSession(open.sandbox, {answers});
			await session.openEnvironment('aws');
			await session.makePlan(answers);
			expect(await session.apply()).toBe(true);
			const {configFile, credentialsFile, endpointUrl} = open.sandbox;
			const env = {
				AWS_CONFIG_FILE: configFile,
				AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
				AWS_ENDPOINT_URL: endpointUrl,
				S3_REPLICATE_STATE_DIR: await temporaryFolder(),
			};
			const profiles = ['--source-profile', 'source', '--destination-profile', 'destination'];
			const watch = await openWizard({
				args: ['watch', '--source-bucket', names.source, ...profiles, '--files', '400', '--rate', '1'],
				env,
			});
			await watch.waitForText('q end');
			await breakIt(names);
			const frame = await watch.waitForText('x mend');
			expect(frame).toMatch(new RegExp(`✗ ${reason}  .* {3}d why {3}x mend`));
			watch.type('x');
			await watch.waitForText('Press a to apply');
			watch.type('a');
			// What failed is sent again, and arrives: nothing stands in the way of anything any more.
			await watch.waitFor((text) => / 0 failed/.test(text) && !text.includes('x mend'));
			expect(await isBroken(names)).toBe(false);
			watch.type('q');
			await watch.waitForText('keep them');
			watch.type('n');
			await watch.waitForEnd();
			const runId = /undo (\S+)/.exec(watch.history().join('\n'))?.[1] ?? 'none';
			const undo = await openWizard({args: ['undo', runId, '--yes'], env});
			await undo.waitForEnd();
			expect(await isBroken(names)).toBe(true);
		},
	);
});
