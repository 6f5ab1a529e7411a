import {CreateRoleCommand, DeleteRoleCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {trustOfS3} from '../sandbox/support/replicated-pair.js';
import {destinationOf, putStatements} from '../support/inhabited-world.js';
import {temporaryFolder} from '../support/program.js';
import {runHere} from '../support/run-here.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {createBuckets, createTheirRole, putTheirRule} from './support/report-ground.js';

type Case = {
	readonly flag: string;
	readonly mode: Mode;
	readonly question: string;
	/** Lines of the diff, as they stand before the question. */
	readonly shown: readonly RegExp[];
	readonly lay: (one: OpenSandbox) => Promise<void>;
	/** Whether what others made was changed. */
	readonly isChanged: (one: OpenSandbox) => Promise<boolean>;
};

/**
 * Documented: S3 User Guide, "Requirements for replication" (the destination of every rule has versioning); IAM User Guide, "AWS JSON
 * policy elements: Principal" (a deleted role is left as its id, and S3 refuses a Put with it).
 */
const cases = [
	{
		flag: '--disable-blocked-rules',
		mode: 'cross-region',
		question: 'Disable others’ rules as shown?',
		shown: [/^-.*"Status": "Enabled"/m, /^\+.*"Status": "Disabled"/m, /^ .*"ID": "theirs"/m],
		async lay(one) {
			await createBuckets({one} as never, 'cross-region');
			await createTheirRole({one} as never, 'cross-region');
			await one.source.send(new CreateBucketCommand({Bucket: 'third'}));
			const version = async (Status: 'Enabled' | 'Suspended') =>
				one.source.send(new PutBucketVersioningCommand({Bucket: 'third', VersioningConfiguration: {Status}}));
			await version('Enabled');
			await putTheirRule({one} as never, 'cross-region', {Destination: {Bucket: 'arn:aws:s3:::third'}});
			await version('Suspended');
		},
		async isChanged(one) {
			const {ReplicationConfiguration: found} = await one.source.send(
				new GetBucketReplicationCommand({Bucket: tutorialNames('cross-region').sourceBucket}),
			);
			return found?.Rules?.find(({ID: id}) => id === 'theirs')?.Status === 'Disabled';
		},
	},
	{
		flag: '--drop-deleted-principals',
		mode: 'cross-account',
		question: 'Drop others’ statements as shown?',
		shown: [/^-.*"Sid": "Theirs"/m, /^-.*"AWS": "AROA[A-Z0-9]+"/m],
		async lay(one) {
			await createBuckets({one} as never, 'cross-account');
			const iam = one.iamOf('destination');
			await iam.send(new CreateRoleCommand({RoleName: 'gone', AssumeRolePolicyDocument: trustOfS3}));
			await putStatements(one, 'cross-account', [
				{
					Sid: 'Theirs',
					Effect: 'Allow',
					Principal: {AWS: 'arn:aws:iam::444455556666:role/gone'},
					Action: 's3:GetObject',
					Resource: `arn:aws:s3:::${tutorialNames('cross-account').destinationBucket}/*`,
				},
			]);
			await iam.send(new DeleteRoleCommand({RoleName: 'gone'}));
		},
		async isChanged(one) {
			const {Policy = ''} = await destinationOf(one, 'cross-account').send(
				new GetBucketPolicyCommand({Bucket: tutorialNames('cross-account').destinationBucket}),
			);
			return !Policy.includes('Theirs');
		},
	},
] as const satisfies readonly Case[];

/** Where it happens, and the three groups of options. */
const enters = ['', '', '', ''];

/** A world in which others' work stands in the way, and what a person sees there who types these lines. */
async function typed({mode, lay}: Case, command: readonly string[], types?: readonly string[]) {
	const one = await openSandbox({replicationDelayMs: 5});
	onTestFinished(async () => one.close());
	await lay(one);
	const home = await temporaryFolder();
	const {configFile, credentialsFile, endpointUrl} = one.sandbox;
	const env = {
		AWS_CONFIG_FILE: configFile,
		AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
		AWS_ENDPOINT_URL: endpointUrl,
		S3_REPLICATE_STATE_DIR: home,
		LANG: 'C.UTF-8',
		NO_COLOR: '1',
	};
	const ran = await runHere([...command, ...tutorialArgs(mode)], {env, home, types});
	return {one, ...ran};
}

describe.each(cases)('$flag', (row) => {
	const {flag, question, shown, isChanged} = row;

	it('is asked for in lines below what it changes; a yes plans with it, and the plan asks for its own', async () => {
		const {one, exitCode, stdout, stderr} = await typed(row, ['apply', '--files', '1'], ['yes', 'yes']);

		for (const line of shown) expect(stdout).toMatch(line);
		expect(stderr).toMatch(new RegExp(`${question.replace('?', '\\?')}[^]*Make \\d+ change`));
		expect(exitCode).toBe(0);
		expect(await isChanged(one)).toBe(true);
	});

	it('is named without a terminal, with what it changes, and not asked for', async () => {
		const {one, stdout, stderr, exitCode} = await typed(row, ['apply']);

		for (const line of shown) expect(stdout).toMatch(line);
		expect(stdout).toContain(`Add ${flag}`);
		expect(stdout + stderr).not.toContain(question);
		expect(exitCode).toBe(1);
		expect(await isChanged(one)).toBe(false);
	});

	it('is asked for with --accessible below what it changes', async () => {
		const types = [...enters, 'yes', 'yes'];
		const {one, exitCode, stdout} = await typed(row, ['--accessible', '--files', '0'], types);

		expect(stdout).toMatch(new RegExp(`Delete: [^]*${question.replace('?', '\\?')} yes or no`));
		expect(exitCode).toBe(0);
		expect(await isChanged(one)).toBe(true);
	});
});

it.each([
	{says: 'no', types: ['no'], exitCode: 2, told: 'Stopped before the first change'},
	{
		says: 'yes, and no to the plan',
		types: ['yes', 'no'],
		exitCode: 2,
		told: 'Stopped before the first change',
	},
	{says: 'nothing', types: [], exitCode: 130, told: 'Cancelled'},
	{
		says: 'yes beforehand, to all changes',
		given: ['--yes'],
		exitCode: 1,
		told: 'Add --disable-blocked-rules',
	},
	{
		says: 'no, and ends, with --accessible',
		command: '--accessible',
		types: [...enters, 'no', 'stop'],
		exitCode: 1,
		told: 'back to change an answer, or stop',
	},
])('changes nothing of others where somebody says $says', async (row) => {
	const {command = 'apply', given = [], types = [], exitCode, told} = row;
	const {one, stdout, ...ran} = await typed(cases[0], [command, ...given, '--files', '0'], types);

	expect(stdout).toContain(told);
	expect(ran.exitCode).toBe(exitCode);
	expect(await cases[0].isChanged(one)).toBe(false);
});
