import {
	CreateBucketCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {CreateRoleCommand, DeleteRoleCommand} from '@aws-sdk/client-iam';
import {expect, onTestFinished, test} from 'vitest';
import {openSandbox} from '../../sandbox/support/open-sandbox.js';
import {createVersioned} from '../../sandbox/support/replicated-pair.js';
import {renderAsking} from '../../support/render-asking.js';

const trust = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

/** Documented: S3 User Guide, "Requirements for replication": the destination of every rule has versioning. */
test('a yes of its own, to what it changes, disables a rule that makes S3 refuse all; it can be withdrawn, and holds for these answers only', async () => {
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
	await screen.waitFor('d look at disabling that rule');
	screen.type('d');
	const asked = await screen.waitFor('Disable others’ rules as shown?');
	expect(asked).toContain('y yes, plan with it');
	expect(asked).toMatch(/^ *- +"Status": "Enabled"/m);
	expect(asked).toMatch(/^ *\+ +"Status": "Disabled"/m);
	expect(asked).toContain('"ID": "theirs"');
	expect(screen.session.getState().answers.disablesBlockedRules).toBeUndefined();
	screen.type('n');
	await screen.waitFor('d look at disabling that rule');
	screen.type('d');
	await screen.waitFor('y yes, plan with it');
	screen.type('y');
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
	await screen.waitFor('d look at disabling that rule');
	expect(screen.session.getState().answers.disablesBlockedRules).toBeUndefined();

	// What was agreed to for one bucket is none for another.
	screen.type('d');
	await screen.waitFor('y yes, plan with it');
	screen.type('y');
	await screen.waitFor('d leave others’ rules');
	screen.session.answer('options', {prefix: 'logs/'});
	expect(screen.session.getState().answers.disablesBlockedRules).toBeUndefined();
});

/** Documented: IAM User Guide, "AWS JSON policy elements: Principal": a deleted role is left as its id, and S3 refuses a Put with it. */
test('a yes of its own drops the statement of a deleted role, shown as a difference; it can be withdrawn', async () => {
	const open = await openSandbox();
	onTestFinished(async () => open.close());
	await createVersioned(open.destination, 'away');
	const iam = open.iamOf('destination');
	const made = await iam.send(
		new CreateRoleCommand({RoleName: 'gone', AssumeRolePolicyDocument: JSON.stringify(trust)}),
	);
	const statement = {
		Sid: 'Theirs',
		Effect: 'Allow',
		Principal: {AWS: made.Role?.Arn},
		Action: 's3:GetObject',
		Resource: 'arn:aws:s3:::away/*',
	};
	await open.destination.send(
		new PutBucketPolicyCommand({
			Bucket: 'away',
			Policy: JSON.stringify({Version: '2012-10-17', Statement: [statement]}),
		}),
	);
	await iam.send(new DeleteRoleCommand({RoleName: 'gone'}));
	const screen = await renderAsking({
		answers: {
			environment: 'aws',
			mode: 'cross-account',
			sourceProfile: 'source',
			destinationProfile: 'destination',
			sourceBucket: 'from',
			sourceRegion: 'us-east-1',
			destinationBucket: 'away',
			destinationRegion: 'us-west-2',
		},
		aws: open.sandbox,
	});
	await screen.waitFor('▸   Rule name');
	screen.press('enter');
	await screen.waitFor('d look at dropping that statement');
	screen.type('d');
	const asked = await screen.waitFor('Drop others’ statements as shown?');
	expect(asked).toMatch(/^ *- +"Sid": "Theirs"/m);
	expect(asked).toMatch(/^ *- +"AWS": "AROA\w+"/m);
	expect(screen.session.getState().answers.dropsDeletedPrincipals).toBeUndefined();
	screen.type('y');
	expect(await screen.waitFor('d leave others’ statements')).toContain('✗ 0');
	const operations = screen.session.getState().run.plan?.operations;
	const policy = operations?.find(({kind}) => kind === 'put-bucket-policy');
	expect(policy).toMatchObject({before: {Statement: [{Sid: 'Theirs'}]}});
	expect(JSON.stringify(policy?.after)).not.toContain('Theirs');
	screen.type('d');
	await screen.waitFor('d look at dropping that statement');
	expect(screen.session.getState().answers.dropsDeletedPrincipals).toBeUndefined();
});
