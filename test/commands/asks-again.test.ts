import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	PutBucketPolicyCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {expect, it, onTestFinished} from 'vitest';
import {tutorialNames} from '../../source/domain/tutorial.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {theirStatement} from '../support/inhabited-world.js';
import {cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {openTerminal} from '../support/terminal.js';
import {until} from '../support/until.js';

const {sourceBucket, destinationBucket: Bucket} = tutorialNames('cross-account');

const putStatement = async (client: S3Client, sid: string): Promise<unknown> =>
	client.send(
		new PutBucketPolicyCommand({
			Bucket,
			Policy: JSON.stringify({Version: '2012-10-17', Statement: [theirStatement(Bucket, sid)]}),
		}),
	);

it('a yes to a plan that is outdated writes nothing: what was changed is said, the new plan is shown, and asked about', async () => {
	const one = await openSandbox();
	onTestFinished(async () => one.close());
	const destination = one.s3('destination', 'us-west-2');
	await destination.send(
		new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
	);
	await putStatement(destination, 'First');
	const folder = await temporaryFolder();
	const terminal = openTerminal(
		process.execPath,
		[
			...[cli, 'apply', '--mode', 'cross-account', '--source-profile', 'source', '--destination-profile'],
			...['destination', '--source-bucket', sourceBucket, '--source-region', 'us-east-1'],
			...['--destination-bucket', Bucket, '--destination-region', 'us-west-2'],
		],
		{
			columns: 120,
			rows: 40,
			env: {
				...emptyEnvironment(folder),
				AWS_CONFIG_FILE: one.sandbox.configFile,
				AWS_SHARED_CREDENTIALS_FILE: one.sandbox.credentialsFile,
				S3_REPLICATE_STATE_DIR: folder,
			},
		},
	);
	await terminal.waitForText('Type yes:');
	const readBefore = Date.now();
	await putStatement(destination, 'Second');
	// A plan counts as fresh for a second.
	await until(() => Date.now() > readBefore + 1000);

	terminal.type('yes\r');

	const askedAgain = new RegExp(
		`The bucket policy of ${Bucket} was changed by somebody\\.[^]*"Second"[^]*Type yes:`,
	);
	await until(() => askedAgain.test(terminal.output()), {describe: terminal.output});
	terminal.type('yes\r');
	const {exitCode} = await terminal.waitForEnd();
	expect(exitCode).toBe(0);
	const {Policy = ''} = await destination.send(new GetBucketPolicyCommand({Bucket}));
	expect(Policy).toContain('Second');
	expect(Policy).toContain('s3:ReplicateObject');
});
