import {DeleteBucketPolicyCommand, PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {readFile} from 'node:fs/promises';
import {beforeAll, afterAll, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {put, setUpPair} from '../../sandbox/support/replicated-pair.js';
import {renderAsking} from '../../support/render-asking.js';
import {screenSizes} from '../../support/render-screen.js';
import {sessionSummary} from '../../../source/headless/writer.js';
import {until} from '../../support/until.js';
import {expectWithinFrame} from '../../support/within-frame.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(async () => open.close());

/** From the first screen to the rules of a bucket, with the profile answered. */
async function openDiagnosis(
	screen: Awaited<ReturnType<typeof renderAsking>>,
	source: string,
): Promise<void> {
	await screen.waitFor('▸ AWS');
	screen.press('down', 'down', 'enter');
	await screen.waitFor('Which bucket is replicated?');
	await screen.waitFor(`▸ ${source.slice(0, 5)}`);
	screen.press('enter');
}

it('leads from the first screen through a bucket and its findings to the mend, and to the watch', async () => {
	const pair = await setUpPair(open, {isCrossAccount: true});
	await pair.destinationClient.send(new DeleteBucketPolicyCommand({Bucket: pair.destination}));
	const screen = await renderAsking({aws: open.sandbox});
	await screen.waitFor('▸ AWS');
	screen.press('down', 'down', 'enter');
	await screen.waitFor('Which profile belongs to the source’s account?');
	// Back on the first screen the cursor rests on what was chosen.
	screen.press('escape');
	await screen.waitFor('▸ Existing');
	screen.press('enter');
	await screen.waitFor('Which profile belongs to the source’s account?');
	screen.type('source');
	await screen.waitFor('1 of 2 profiles');
	screen.press('enter');
	await screen.waitFor('Which bucket is replicated?');
	await screen.waitFor(`1 to ${pair.destination}`);
	screen.type(pair.source);
	await screen.waitFor('1 of');
	screen.press('enter');
	const found = await screen.waitFor('x mend');
	expect(found).toMatch(/esc back {3}q quit +\? help$/);
	expect(found).toContain(`✗ rule: every object → ${pair.destination}`);
	expect(found).toContain('DstPutObjectNotPermitted');
	screen.type('d');
	await screen.waitFor(`Statement for the policy of ${pair.destination}`);
	screen.type('x');
	await screen.waitFor('Press a to apply');
	screen.type('a');
	await screen.waitFor('q end');
	expect(screen.session.getState()).toMatchObject({stepId: 'watch', errand: 'existing'});
	await until(() => screen.session.getState().phase === 'watching');
	// Nothing is uploaded before somebody asks for it.
	const idle = await screen.waitFor('no file yet; u uploads test files');
	expect(idle).toMatch(/\n u upload {3}.* q end .*\? help$/);
	expect(screen.session.watchView.objectCounts()).toMatchObject({uploaded: 0});
	screen.type('u');
	await until(() => screen.session.watchView.objectCounts().replicated === 5);
	screen.press('escape');
	await screen.waitFor('Nothing is wrong.');
});

it.each(screenSizes)(
	'offers profiles for a destination that nobody sees at $columns × $rows',
	async (size) => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		// Nothing in the files tells the accounts.
		const config = await readFile(open.sandbox.configFile, 'utf8');
		const credentials = await readFile(open.sandbox.credentialsFile, 'utf8');
		const folder = path.dirname(open.sandbox.configFile);
		const files = {
			configFile: path.join(folder, 'config-2'),
			credentialsFile: path.join(folder, 'credentials-2'),
		};
		await writeFile(files.configFile, config.replaceAll(/aws_account_id.*/g, ''));
		await writeFile(files.credentialsFile, credentials.replaceAll(/aws_account_id.*/g, ''));
		const screen = await renderAsking(
			{
				aws: {...files, endpointUrl: open.sandbox.endpointUrl},
				// Nobody looks at the list of profiles, which asks who they are.
				answers: {mode: 'cross-region', sourceProfile: 'source', sourceBucket: pair.source},
			},
			size,
		);
		await openDiagnosis(screen, pair.source);
		await screen.waitFor('P chooses one');
		expectWithinFrame(screen, size);
		screen.type('P');
		await screen.waitFor('Which profile belongs to the account of');
		screen.type('destination');
		await screen.waitFor('1 of 2 profiles');
		screen.press('enter');
		await screen.waitFor('Nothing is wrong.');
		expectWithinFrame(screen, size);
		// Nobody chooses a destination here.
		expect(screen.frame()).not.toContain('→ ?');
		expect(screen.session.finish()).toBe('succeeded');
		expect(sessionSummary(screen.session, true).join('\n')).toContain('✓ Nothing is wrong');
	},
);

it('sends test files with the prefix of the rule in focus', async () => {
	const pair = await setUpPair(open, {
		rules: (bucket) => [
			ruleTo(bucket, {ID: 'all-logs', Filter: {Prefix: 'logs/'}, Priority: 1}),
			ruleTo(bucket, {ID: 'pictures', Filter: {Prefix: 'pictures/'}, Priority: 2}),
		],
	});
	const screen = await renderAsking({
		aws: open.sandbox,
		answers: {mode: 'cross-region', sourceProfile: 'source', sourceBucket: pair.source},
	});
	await openDiagnosis(screen, pair.source);
	await screen.waitFor('pictures');
	screen.press('down');
	await screen.waitFor(/▸ . pictures/);
	screen.press('enter');
	await until(() => screen.session.getState().phase === 'watching');
	expect(screen.session.getState().testFileFolder).toMatch(/^pictures\//);
});

it.each(screenSizes)('says below the rules what they lack at $columns × $rows', async (size) => {
	const pair = await setUpPair(open, {
		rules: (bucket) => [ruleTo(bucket, {ID: 'all-logs', Filter: {Prefix: 'Logs/'}})],
	});
	await put(open.source, pair.source, 'logs/1');
	const screen = await renderAsking(
		{
			aws: open.sandbox,
			answers: {mode: 'cross-region', sourceProfile: 'source', sourceBucket: pair.source},
		},
		size,
	);
	await openDiagnosis(screen, pair.source);
	const found = await screen.waitFor('No object begins with “Logs/” now.');
	expect(found).toMatch(/Rule all-logs has no metrics\. Neither the console nor/);
	expectWithinFrame(screen, size);
});

it('says of objects that exist already, exports what is set up, and leads to their copies', async () => {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	for (const key of ['a', 'b']) await put(open.source, pair.source, key);
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(pair.destination)]},
		}),
	);
	const folders: string[] = [];
	const exports = {save: async (folder: string) => (folders.push(folder), [])};
	const screen = await renderAsking({
		...{aws: open.sandbox, exports},
		answers: {mode: 'cross-region', sourceProfile: 'source', sourceBucket: pair.source},
	});
	await openDiagnosis(screen, pair.source);
	const found = (await screen.waitFor('Nothing is wrong.')).replaceAll(/\s+/g, ' ');
	expect(found).toContain('! 2 of 2 sampled objects are not copied: S3 leaves them alone.');
	expectWithinFrame(screen, {columns: 80, rows: 24});
	screen.type('e');
	await screen.waitFor('Exported to ');
	expect(folders).toEqual([`${pair.source}-terraform`, `${pair.source}-aws-cli`]);
	screen.type('B');
	await screen.waitFor('a make the job');
	screen.press('escape');
	await screen.waitFor('Which bucket is replicated?');
});
