import {
	CreateBucketCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {CreateRoleCommand} from '@aws-sdk/client-iam';
import {expect, onTestFinished, test} from 'vitest';
import {openSandbox} from '../../sandbox/support/open-sandbox.js';
import {renderAsking} from '../../support/render-asking.js';

const trust = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

/** Documented: S3 User Guide, "Requirements for replication": the destination of every rule has versioning. */
test('a yes of its own disables a rule that makes S3 refuse all; the plan shows it, and it can be withdrawn', async () => {
	const open = await openSandbox();
	onTestFinished(async () => open.close());
	for (const Bucket of ['from', 'third']) {
		await open.source.send(new CreateBucketCommand({Bucket}));
		await open.source.send(
			new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
		);
	}

	const {Role: role} = await open.iam.send(
		new CreateRoleCommand({RoleName: 'theirs', AssumeRolePolicyDocument: JSON.stringify(trust)}),
	);
	const rule = {
		ID: 'theirs',
		Status: 'Enabled',
		Priority: 1,
		Filter: {Prefix: 'theirs/'},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {Bucket: 'arn:aws:s3:::third'},
	} as const;
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: 'from',
			ReplicationConfiguration: {Role: role?.Arn, Rules: [rule]},
		}),
	);
	await open
		.s3('source', 'us-east-1')
		.send(new PutBucketVersioningCommand({Bucket: 'third', VersioningConfiguration: {Status: 'Suspended'}}));
	const screen = await renderAsking({
		answers: {
			environment: 'aws',
			mode: 'cross-region',
			sourceProfile: 'source',
			sourceBucket: 'from',
			sourceRegion: 'us-east-1',
			destinationBucket: 'to-us-west-2',
			destinationRegion: 'us-west-2',
			roleName: 'theirs',
		},
		aws: open.sandbox,
	});
	await screen.waitFor('▸   Rule name');
	screen.press('enter');
	await screen.waitFor('d plan with that rule disabled');
	screen.type('d');
	const checked = await screen.waitFor('d leave others’ rules');
	expect(checked).toContain('✗ 0');
	expect(screen.session.getState().answers.disablesBlockedRules).toBe(true);
	const operations = screen.session.getState().run.plan?.operations;
	expect(operations?.find(({kind}) => kind === 'put-replication')).toMatchObject({
		before: {Rules: [{ID: 'theirs', Status: 'Enabled'}]},
		after: {
			Rules: expect.arrayContaining([expect.objectContaining({ID: 'theirs', Status: 'Disabled'})]) as unknown,
		},
	});
	screen.type('d');
	await screen.waitFor('d plan with that rule disabled');
	expect(screen.session.getState().answers.disablesBlockedRules).toBeUndefined();
});
