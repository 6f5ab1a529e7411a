import {describe, expect, it} from 'vitest';
import {openWizard, type OpenedWizard, quickSandbox} from './support/open-wizard.js';
import {sampled} from '../support/sampled.js';

/** Answers each question in its turn, the last of them with the text given. */
async function answerAll(wizard: OpenedWizard, questions: readonly string[], last: string): Promise<void> {
	for (const question of questions) {
		await wizard.waitFor((frame) => frame.trimEnd().split('\n').at(-1)?.startsWith(question) ?? false, {
			what: question,
		});
		wizard.type(question === questions.at(-1) ? `${last}\r` : '\r');
	}
}

const questions = [
	'Which kind',
	'Profile of the source',
	'Region of the source',
	'Name of the source',
	'Region of the destination',
	'Name of the destination',
	'Rule, ',
	'Encryption and owner, ',
	'Role and test files, ',
	'How many',
	'Make 7 changes? yes or no',
] as const;

describe('the wizard for a screen reader', () => {
	it.each(
		sampled(
			'ways to ask for lines',
			[
				['--accessible', [...quickSandbox, '--accessible'], {}],
				['ACCESSIBLE=1', quickSandbox, {ACCESSIBLE: '1'}],
			],
			10,
		),
	)('asks in lines and adds lines only (%s)', async (_name, args, env) => {
		const wizard = await openWizard({args, env, columns: 200, rows: 60});
		await answerAll(wizard, questions, 'yes');
		expect((await wizard.waitForEnd()).exitCode).toBe(0);

		const said = wizard.history().join('\n');
		expect(said).toContain('Plan: 7 to create, 0 to update, 0 to keep');
		expect(said).toMatch(/Done: Bucket created: my-us-east-1/);
		expect(said.match(/Done: s3-replicate-test\S+, REPLICA in my-us-west-2, after/g)).toHaveLength(5);
		expect(said).toContain('Done: Replication is working');
		// Nothing moves the cursor, clears or colours; what marks begin and end is the test's own.
		expect(wizard.output().replaceAll(/\u001B\]77[78];[^\u0007]*\u0007/g, '')).not.toContain('\u001B');
	});

	it('leads back to earlier questions and changes nothing without a yes', async () => {
		const wizard = await openWizard({args: [...quickSandbox, '--accessible'], columns: 200, rows: 60});
		await answerAll(wizard, questions, 'back');
		for (const question of ['How many', 'Role and test files, ', 'Encryption and owner, ', 'Rule, '])
			await answerAll(wizard, [question], 'back');
		await answerAll(wizard, ['Name of the destination'], 'another-name');
		await answerAll(wizard, questions.slice(questions.indexOf('Rule, ')), 'no');
		expect((await wizard.waitForEnd()).exitCode).toBe(130);
		const said = wizard.history().join('\n');
		expect(said).toContain('Create: Create bucket, another-name');
		expect(said).toContain('The answer was “no”, not yes.');
		expect(said).not.toContain('Done: Bucket created');
	});
});
