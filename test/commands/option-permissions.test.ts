import {readFile} from 'node:fs/promises';
import {expect, it} from 'vitest';
import {destinationAccountId, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {awsFiles, runProgram} from '../support/program.js';
import {type RecordedWorld, recordedWorld} from '../support/recorded-world.js';
import {sampled} from '../support/sampled.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {layGround} from './support/option-ground.js';
import {type Row, rows, rowsAcrossAccounts} from './support/option-rows.js';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const {Statement: statements} = JSON.parse(
	/<!-- permissions -->\s*```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '',
) as {readonly Statement: ReadonlyArray<{readonly Sid: string; readonly Action: string | readonly string[]}>};

/** What the plain set-up and its undo need, and what README's text says of options. */
const plain = ['Setup', 'PassTheRoleToS3', 'TestFiles', 'Undo', 'CleanUpAndFollow'];
const besides: Readonly<Record<string, readonly string[]>> = {
	'--kms-key': ['KeysOfKms'],
	'--object-lock': ['ObjectLock'],
};
const isOfIam = (action: string): boolean => action.startsWith('iam:') && action !== 'iam:PassRole';

/** The actions that README lists for an option, no more. */
function actionsFor(option: readonly string[]): readonly string[] {
	const wanted = new Set([...plain, ...option.flatMap((word) => besides[word] ?? [])]);
	const actions = [
		...statements.filter(({Sid}) => wanted.has(Sid)).flatMap(({Action}) => Action),
		...(option.includes('--tag') ? ['s3:PutObjectTagging'] : []),
	];
	return option.includes('--role-arn') ? actions.filter((action) => !isOfIam(action)) : actions;
}

/** Two callers with exactly these actions, under the names of the sandbox's profiles. */
async function callersWith({one}: RecordedWorld, actions: readonly string[]) {
	const policy = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: actions, Resource: '*'}]};
	const profiles = [
		['source', sourceAccountId, 'us-east-1'],
		['destination', destinationAccountId, 'us-west-2'],
	] as const;
	const keys = profiles.map(([name, accountId]) => {
		const {accessKeyId, secretAccessKey} = one.sandbox.addUser({accountId, userName: 'exact', policy});
		return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
	});
	return awsFiles({
		config: profiles.map(([name, , region]) => `[profile ${name}]\nregion = ${region}\n`).join('\n'),
		credentials: keys.join('\n'),
	});
}

const cells = (['cross-region', 'cross-account'] as const).flatMap((mode) =>
	[...rows, ...(mode === 'cross-account' ? rowsAcrossAccounts : [])]
		.filter(({option, ground}: Row) => option.length > 0 && ground !== 'acls')
		.map((row) => ({title: row.option.join(' '), mode, row})),
);

it.each(sampled('permissions of options', cells))(
	'$title in $mode is set up, tested and undone with exactly the permissions that README lists for it',
	async ({mode, row}) => {
		const world = await recordedWorld();
		const laid = await layGround(world.one, {mode, beside: 'nothing', ground: row.ground});
		const option = row.option.map((word) =>
			word.replace(/^KEY$/, laid.keyArn).replace(/^ROLE$/, laid.roleArn),
		);
		const env = {...world.env, ...(await callersWith(world, actionsFor(row.option)))};
		const applied = await runProgram(
			['apply', '--yes', '--json', '--files', '1', ...tutorialArgs(mode), ...option],
			{env},
		);
		expect(applied.events().at(-1), applied.stdout).toMatchObject({
			outcome: 'succeeded',
			objects: {failed: 0, pending: 0},
		});
		const undone = await runProgram(['undo', '--yes', '--json'], {env});
		expect(undone.events().at(-1), undone.stdout).toMatchObject({outcome: 'succeeded', problem: null});
	},
);

it('names what test files with tags take before one is uploaded, where IAM tells that it is missing', async () => {
	const world = await recordedWorld();
	const env = {
		...world.env,
		...(await callersWith(world, [...actionsFor(['--prefix']), 'iam:SimulatePrincipalPolicy'])),
	};
	const checkOf = async (...option: readonly string[]) => {
		const applied = await runProgram(
			['apply', '--yes', '--json', ...tutorialArgs('cross-region'), ...option],
			{env},
		);
		return applied
			.events()
			.find(({type, id}) => type === 'check-finished' && id === 'source-file-permissions');
	};

	expect(await checkOf('--files', '1', '--tag', 'team=a')).toMatchObject({
		result: 'warning',
		problem: {headline: expect.stringContaining('s3:PutObjectTagging') as string},
	});
	expect(await checkOf('--files', '0', '--tag', 'team=a')).toMatchObject({result: 'ok'});
});
