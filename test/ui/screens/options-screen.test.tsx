import {expect, test} from 'vitest';
import {type AnswerEntry, fieldCost} from '../../../source/domain/answers/answer-entry.js';
import {answerTable} from '../../../source/domain/answers/answer-table.js';
import {type Answers} from '../../../source/domain/answers/answers.js';
import {shownNames} from '../../../source/ui/screens/options/option-texts.js';
import {createTheme} from '../../../source/ui/theme.js';
import {type KeyCode} from '../../support/key-codes.js';
import {renderAsking} from '../../support/render-asking.js';
import {screenSizes} from '../../support/render-screen.js';
import {sampled} from '../../support/sampled.js';
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
	const frame = await screen.waitFor('cross-region-rule');
	expect(frame).toContain('Encryption and owner');
	screen.press('enter');
	await screen.waitFor('6/9 Check');
});

test('a default stays one: it follows the bucket when that is changed after the plan was seen', async () => {
	const {sourceBucket: _, ...withoutSource} = answers;
	const screen = await renderAsking({answers: withoutSource});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.press('enter', 'enter');
	await screen.waitFor('▸   Rule name');
	screen.press('enter');
	await screen.waitFor('6/9 Check');
	screen.press('escape', 'escape', 'escape');
	await screen.waitFor('▸ Source');
	screen.type('acme-logs');
	screen.press('enter', 'enter');
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Role name'));
	expect(await screen.waitFor('s3crr_role_for_acme-logs')).not.toContain('•');
});

test('the first key replaces a default, and ^U clears: an empty field takes the default', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.type('mine');
	await screen.waitFor('▸ • Rule name      mine▏');
	expect(screen.session.getState().answers.ruleId).toBe('mine');
	screen.press('ctrlU');
	await screen.waitFor('▸   Rule name      ▏cross-region-rule');
	expect(screen.session.getState().answers.ruleId).toBeUndefined();
	screen.press('enter');
	await screen.waitFor('6/9 Check');
});

const fieldNames = shownNames({});

const labels = fieldNames.map((name) => {
	const {field}: AnswerEntry = answerTable[name];
	return field?.label ?? '';
});

const times = (count: number, key: KeyCode): readonly KeyCode[] => Array.from({length: count}, () => key);

/** Leads from the first field to another. */
const downTo = (label: string) => times(labels.indexOf(label), 'down');

const faultyTexts = [
	['Rule name', 'é', 'A rule name has only ASCII characters.'],
	['Tags', 'team', 'A tag is KEY=VALUE'],
	['Tags', 'a=b, team', 'A tag is KEY=VALUE'],
	['Tags', 'a=b, a=c', 'Cannot filter by two values of one tag'],
	['Role name', 'a b', 'A role name has only letters'],
	['Role path', 'teams', 'begins and ends with a slash'],
	['Boundary', 'bound', 'is a managed policy'],
	['Test files', '9999999', 'a whole number from 0 to 1000000'],
	['Test files', 'x', 'a whole number from 0 to 1000000'],
] as const;
test.each(sampled('faulty texts of the options', faultyTexts, 8))(
	'%s says what is wrong with “%s” as it is typed, and Enter leads to it',
	async (label, text, fault) => {
		const screen = await renderAsking({answers});
		await screen.waitFor('▸   Rule name');
		screen.press(...downTo(label));
		await screen.waitFor(`▸   ${label}`);
		screen.type(text);
		await screen.waitFor(fault);
		screen.press('tab');
		await screen.waitFor(`✗ ${label}: `);
		screen.press('enter');
		await screen.waitFor(`▸ ✗ ${label}`);
		expect(screen.session.getState().stepId).toBe('options');
		screen.press('ctrlU', 'enter');
		await screen.waitFor('6/9 Check');
	},
);

test('switches and choices are turned, and letters change nothing of them', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Storage class'), 'right');
	screen.type('x');
	await screen.waitFor('▸ • Storage class  < STANDARD > 2 of 9');
	screen.press('left', 'left');
	await screen.waitFor('REDUCED_REDUNDANCY > 9 of 9');
	screen.press('down');
	screen.type(' ');
	await screen.waitFor('• Delete markers [x] yes');
	expect(screen.session.getState().answers).toMatchObject({
		storageClass: 'REDUCED_REDUNDANCY',
		deleteMarkers: true,
	});
	screen.press('left');
	await screen.waitFor('  Delete markers [ ] no');
	expect(screen.session.getState().answers.deleteMarkers).toBeUndefined();
});

test('options that contradict are said at once, and Enter does not pass', async () => {
	const screen = await renderAsking({answers: {...answers, tags: ['team=red']}});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Delete markers'));
	screen.type(' ');
	await screen.waitFor('✗ Cannot replicate delete markers with a tag filter');
	await screen.waitFor('✗ Tags');
	screen.press('down', 'enter');
	await screen.waitFor('▸ ✗ Tags');
	screen.press('ctrlU', 'enter');
	await screen.waitFor('6/9 Check');
});

test('an owner in one account is refused where it is chosen', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Owner override'));
	screen.type(' ');
	await screen.waitFor('✗ Cannot change the owner of replicas in one account');
	screen.press('enter');
	await screen.waitFor('▸ ✗ Owner override');
	screen.press('left', 'enter');
	await screen.waitFor('6/9 Check');
});

test('a prefix that is no pattern is remarked on, and passes', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press('down');
	screen.type('logs/*');
	await screen.waitFor('! A prefix has no wildcards');
	screen.press('enter');
	await screen.waitFor('6/9 Check');
});

test('a question mark is text where a value may have one, else it opens the help, as F1 does everywhere', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press('down');
	screen.type('what?/');
	await screen.waitFor('Prefix         what?/▏');
	await screen.waitFor('F1 help');
	screen.press('f1');
	await screen.waitFor('Keys that work here');
	screen.press('f1', 'down');
	await screen.waitFor('▸   Tags');
	await screen.waitFor('? help');
	screen.type('?');
	await screen.waitFor('Keys that work here');
	expect(screen.session.getState().answers).toMatchObject({prefix: 'what?/'});
	expect(screen.session.getState().answers.tags).toBeUndefined();
});

test('the fields of the way back come with two-way, and go with it', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Two-way'));
	expect(await screen.waitFor('▸   Two-way')).not.toContain('KMS key back');
	screen.press('right');
	await screen.waitFor((frame) => frame.includes('[x] yes') && frame.includes('▸ • Two-way'));
	screen.press('down');
	await screen.waitFor('▸   KMS key back');
	screen.type('alias/k');
	await screen.waitFor('alias/k▏');
	expect(screen.session.getState().answers).toMatchObject({twoWay: true, backKmsKey: 'alias/k'});
	screen.press('down');
	await screen.waitFor('▸   Role ARN back');
	screen.press('up', 'up', 'right');
	expect(await screen.waitFor('▸   Two-way')).not.toContain('KMS key back');
	expect(screen.session.getState().answers.backKmsKey).toBeUndefined();
	screen.press('enter');
	await screen.waitFor('6/9 Check');
});

test('time control shows metrics on, and goes off with them', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Time control'), 'right');
	await screen.waitFor(
		(frame) => frame.includes('• Time control   [x] yes') && frame.includes('• Metrics        [x] yes'),
	);
	screen.press('right');
	await screen.waitFor(
		(frame) => frame.includes('  Time control   [ ] no') && frame.includes('  Metrics        [ ] no'),
	);
	screen.press('right', 'down', 'left');
	await screen.waitFor(
		(frame) => frame.includes('  Time control   [ ] no') && frame.includes('  Metrics        [ ] no'),
	);
	expect(screen.session.getState().answers.replicationTimeControl).toBeUndefined();
	expect(screen.session.getState().answers.metrics).toBeUndefined();
});

const themes = [
	['plain', createTheme({hasColour: false, hasUnicode: true}), '▸', '─'],
	['ASCII', createTheme({hasColour: false, hasUnicode: false}), '>', '-'],
	['coloured', createTheme({hasColour: true, hasUnicode: true}), '▸', '─'],
] as const;

const looks = screenSizes.flatMap((size) => themes.map((theme) => [...theme, size] as const));

test.each(sampled('looks of the options', looks, 8))(
	'every field comes in sight with its note and, with room, what it costs, %s',
	async (_name, theme, focus, rule, size) => {
		const screen = await renderAsking({answers}, {...size, theme});
		// Other screens come before, each with its hints.
		await screen.waitFor((text) => text.includes('Rule name') && text.includes('F1 help'));
		for (const name of fieldNames) {
			const {field}: AnswerEntry = answerTable[name];
			const words = (field?.note ?? '').split(' ').slice(0, 3).join(' ');
			const cost = fieldCost(field ?? {});
			expect(cost).toMatch(/^No extra cost\.$|\(\w+ 20\d\d\)\.$/);
			const said = size.rows < 24 ? '' : cost;
			const frame = await screen.waitFor(
				(text) =>
					text.includes(`${focus}   ${field?.label}`) &&
					text.includes(words) &&
					text.replaceAll(/\s+/g, ' ').includes(said),
			);
			expectWithinFrame(screen, size, rule);
			expect(frame.split('\n').length).toBeLessThan(size.rows);
			screen.press('down');
		}
	},
);

test('Esc goes back and comes again with what was typed', async () => {
	const {destinationBucket: _, ...withoutDestination} = answers;
	const screen = await renderAsking({answers: withoutDestination});
	await screen.waitFor('▸ + create my-us-east-1');
	screen.press('enter', 'enter');
	await screen.waitFor('▸   Rule name');
	screen.press('up');
	await screen.waitFor('▸   Keep role');
	screen.press(...times(labels.length - 1 - labels.indexOf('Test files'), 'up'));
	await screen.waitFor('▸   Test files');
	screen.type('12');
	await screen.waitFor('• Test files     12');
	screen.press('escape');
	await screen.waitFor('4/9 Buckets');
	screen.press('enter');
	await screen.waitFor('▸   Rule name');
	expect(screen.session.getState().answers.testFileCount).toBe(12);
});

test('a role’s path, its boundary and that it may only be used are recorded', async () => {
	const screen = await renderAsking({answers});
	await screen.waitFor('▸   Rule name');
	screen.press(...downTo('Role path'));
	await screen.waitFor('▸   Role path');
	screen.type('/teams/');
	screen.press(...times(labels.indexOf('Boundary') - labels.indexOf('Role path'), 'down'));
	await screen.waitFor('▸   Boundary');
	screen.type('arn:aws:iam::111122223333:policy/b');
	screen.press(...times(labels.indexOf('Keep role') - labels.indexOf('Boundary'), 'down'));
	await screen.waitFor('▸   Keep role');
	screen.type(' ');
	await screen.waitFor('• Keep role      [x] yes');
	expect(screen.session.getState().answers).toMatchObject({
		rolePath: '/teams/',
		permissionsBoundary: 'arn:aws:iam::111122223333:policy/b',
		keepsRole: true,
	});
});
