import {readFile, writeFile} from 'node:fs/promises';
import {CreateBucketCommand} from '@aws-sdk/client-s3';
import {describe, expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {hostile, hostileSequences, steering} from '../support/hostile-texts.js';
import {putStatements, theirStatement} from '../support/inhabited-world.js';
import {awsFiles, cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {type RecordedWorld, recordedWorld} from '../support/recorded-world.js';
import {openTerminal} from '../support/terminal.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {sampled} from '../support/sampled.js';

/** Starts the built program where it can ask and draw. */
async function inTerminal(args: readonly string[], env: Readonly<Record<string, string>>) {
	const home = await temporaryFolder();
	return openTerminal(process.execPath, [cli, ...args], {
		columns: 160,
		rows: 40,
		cwd: home,
		env: {...emptyEnvironment(home), ...env},
	});
}

/** A world with one run, whose record somebody has edited. */
async function editedWorld(): Promise<RecordedWorld> {
	const world = await recordedWorld();
	await world.apply('cross-region', '--files', '1');
	const file = await world.recordFile();
	const [head = '', ...lines] = (await readFile(file, 'utf8')).split('\n');
	const header = JSON.parse(head) as {ends: Array<{bucket: string}>};
	const ends = header.ends.map((end) => ({...end, bucket: hostile}));
	await writeFile(file, [JSON.stringify({...header, ends}), ...lines].join('\n'));
	return world;
}

const kinds: ReadonlyArray<readonly [string, readonly string[]]> = [
	['drawn', []],
	['for a screen reader', ['--accessible']],
];

describe.each(sampled('hostile kinds', kinds, 10))('what steers a terminal, %s', (_, more) => {
	it('is harmless in the plan that is asked about', async () => {
		const world = await recordedWorld();
		const {destinationBucket: Bucket} = tutorialNames('cross-account');
		await world.one.destination.send(
			new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
		);
		await putStatements(world.one, 'cross-account', [theirStatement(Bucket, hostile)]);
		const terminal = await inTerminal(['apply', ...tutorialArgs('cross-account'), ...more], world.env);
		await terminal.waitForText('Make 7 changes?');
		terminal.type('\u0003');
		await terminal.waitForEnd();

		expect(hostileSequences(terminal.output())).toEqual([]);
		expect(terminal.output()).toContain(String.raw`evil\u001b]52;c;`);
	});

	it('is harmless in the record that is asked about', async () => {
		const world = await editedWorld();
		const terminal = await inTerminal(['undo', ...more], world.env);
		await terminal.waitForText('Make 7 changes?');
		terminal.type('\u0003');
		await terminal.waitForEnd();

		expect(terminal.output()).toContain(String.raw`evil\x1b]52;c;`);
		expect(hostileSequences(terminal.output())).toEqual([]);
	});

	it.each([
		['plan', ['plan', ...tutorialArgs('cross-region')]],
		['watch', ['watch', '--source-bucket', 'a-bucket', '--source-profile', 'source']],
	])('is harmless in the question for a code, in %s', async (_name, args) => {
		const env = await awsFiles({
			config: [
				`[profile source]\nregion = us-east-1\nrole_arn = arn:aws:iam::111122223333:role/${steering}`,
				`source_profile = keys\nmfa_serial = arn:aws:iam::111122223333:mfa/${steering}\n`,
			].join('\n'),
			credentials: '[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n',
		});
		const terminal = await inTerminal([...args, ...more], {...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1'});
		await terminal.waitForText('Code, six digits');
		terminal.type('\u0003');
		await terminal.waitForEnd();

		expect(terminal.output()).toContain(String.raw`mfa/evil\x1b]52;c;`);
		expect(hostileSequences(terminal.output())).toEqual([]);
	});
});

describe('what steers a terminal, in the wizard', () => {
	it('is harmless in what can be taken back', async () => {
		const world = await editedWorld();
		const terminal = await inTerminal([], world.env);
		await terminal.waitForText('Undo');
		terminal.press('down', 'down', 'enter');
		await terminal.waitForText('Delete role');
		terminal.type('\u0003');
		await terminal.waitForEnd();

		expect(terminal.output()).toContain(String.raw`evil\x1b]52;c;`);
		expect(hostileSequences(terminal.output())).toEqual([]);
	});
});
