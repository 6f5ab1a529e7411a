import {CreateBucketCommand, GetBucketPolicyCommand} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import type {OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {putStatements, theirStatement} from '../support/inhabited-world.js';
import {cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {openTerminal} from '../support/terminal.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {until} from '../support/until.js';

const {destinationBucket: Bucket} = tutorialNames('cross-account');

const putStatement = async (one: OpenSandbox, sid: string): Promise<void> =>
	putStatements(one, 'cross-account', [theirStatement(Bucket, sid)]);

it('a yes to a plan that is outdated writes nothing: what was changed is said, the new plan is shown, and asked about', async () => {
	const world = await recordedWorld();
	const {destination} = world.one;
	await destination.send(
		new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
	);
	await putStatement(world.one, 'First');
	const home = await temporaryFolder();
	const terminal = openTerminal(process.execPath, [cli, 'apply', ...tutorialArgs('cross-account')], {
		columns: 120,
		rows: 40,
		env: {...emptyEnvironment(home), ...world.env},
	});
	await terminal.waitForText('Type yes:');
	const readBefore = Date.now();
	await putStatement(world.one, 'Second');
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
