import {expect, test} from 'vitest';
import {type Answers} from '../../../source/domain/answers/answers.js';
import {renderAsking} from '../../support/render-asking.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const answers: Answers = {
	environment: 'sandbox',
	mode: 'cross-region',
	sourceProfile: 'source',
	sourceBucket: 'my-us-east-1',
	sourceRegion: 'us-east-1',
	destinationBucket: 'my-us-west-2',
	destinationRegion: 'us-west-2',
};

test('Enter alone passes, and records nothing of what is default', async () => {
	const screen = await renderAsking({answers});
	const frame = await screen.waitFor('s3crr_role_for_my-us-east-1');
	expect(frame).toContain('cross-region-rule');
	expect(frame).toMatch(/Test files +5/);
	screen.press('enter');
	await screen.waitFor('6/9 Check');
});

test('a default stays one: it follows the bucket when that is changed after the plan was seen', async () => {
	const {sourceBucket: _, ...withoutSource} = answers;
	const screen = await renderAsking({answers: withoutSource});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.press('enter', 'enter');
	await screen.waitFor('s3crr_role_for_my-us-east-1');
	screen.press('enter');
	await screen.waitFor('6/9 Check');
	screen.press('escape', 'escape', 'escape');
	await screen.waitFor('▸ Source');
	screen.type('acme-logs');
	screen.press('enter', 'enter');
	expect(await screen.waitFor('s3crr_role_for_acme-logs')).not.toContain('•');
});

test('a value that differs is marked and recorded, and ^U restores the default', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Role name');
	screen.type('-2');
	await screen.waitFor('s3crr_role_for_my-us-east-1-2');
	expect(screen.frame()).toContain('• Role name');
	expect(screen.session.getState().answers.roleName).toBe('s3crr_role_for_my-us-east-1-2');
	screen.press('ctrlU');
	await screen.waitFor('▸   Role name');
	expect(screen.session.getState().answers.roleName).toBeUndefined();
});

test.each([
	[0, ' ', 'A role name has only letters'],
	[1, 'é', 'A rule name has only ASCII characters.'],
	[2, '000000', 'a whole number from 0 to 1000000'],
	[2, 'x', 'a whole number from 0 to 1000000'],
	[3, 'teams', 'begins and ends with a slash'],
	[4, 'bound', 'is a managed policy'],
	[5, 'x', 'It is yes or no.'],
])(
	'field %i says what is wrong with it as it is typed, and Enter leads to it',
	async (field, text, fault) => {
		const screen = await renderAsking({answers});
		await screen.waitFor('▸   Role name');
		screen.press(...Array.from({length: field}, () => 'down' as const));
		screen.type(text);
		await screen.waitFor(fault);
		screen.press('tab', 'enter');
		await screen.waitFor(
			['• Role name', '• Rule name', '• Test files', '• Role path', '• Boundary', '• Keep role'][field] ?? '',
		);
		expect(screen.session.getState().stepId).toBe('options');
		screen.press('ctrlU', 'enter');
		await screen.waitFor('6/9 Check');
	},
);

test('Esc goes back and comes again with what was typed', async () => {
	const {destinationBucket: _, ...withoutDestination} = answers;
	const screen = await renderAsking({answers: withoutDestination});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.press('enter', 'enter', 'down', 'down', 'backspace');
	screen.type('12');
	await screen.waitFor('• Test files   12');
	screen.press('escape');
	await screen.waitFor('4/9 Buckets');
	screen.press('enter');
	await screen.waitFor('• Test files   12');
	expect(screen.session.getState().answers.testFileCount).toBe(12);
});

test('a role’s path, its boundary and that it may only be used are recorded, and within the frame', async () => {
	const size = {columns: 60, rows: 16};
	const screen = await renderAsking({answers}, size);
	await screen.waitFor('▸   Role name');
	screen.press('down', 'down', 'down');
	screen.type('teams/');
	screen.press('down');
	screen.type('arn:aws:iam::111122223333:policy/b');
	screen.press('down', 'backspace', 'backspace');
	screen.type('yes');
	await screen.waitFor('• Keep role    yes');
	expectWithinFrame(screen, size);
	expect(screen.session.getState().answers).toMatchObject({
		rolePath: '/teams/',
		permissionsBoundary: 'arn:aws:iam::111122223333:policy/b',
		keepsRole: true,
	});
});
