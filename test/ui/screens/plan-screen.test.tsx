import {expect, test, vi} from 'vitest';
import {fixable, ProblemError} from '../../../source/domain/problem.js';
import type {ExportStore} from '../../../source/session/report/stores.js';
import {completedAnswers} from '../../../source/session/state/defaults.js';
import {App} from '../../../source/ui/app/app.js';
import {refusedRole} from '../../support/refused-role.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {until} from '../../support/until.js';
import {expectWithinFrame} from '../../support/within-frame.js';
import {sessionAtStep} from '../../support/session-at-step.js';

const noLeave = (): void => undefined;

test.each(screenSizes)('shows the plan at $columns × $rows within its frame', async (size) => {
	const session = await sessionAtStep('plan');
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	const frame = await screen.waitFor('⏎ apply');
	expect(frame).toContain('Cross-Region Replication   us-east-1 → us-west-2');
	expect(frame).toMatch(/\+ 7 create +~ 0 update +=.0 keep/);
	expect(frame).toContain('source  account 111122223333  profile source');
	expect(frame).toContain('▸ +  Create bucket');
	expectWithinFrame(screen, size);
	screen.press('end');
	await screen.waitFor(/▸ \+ {2}Enable versioning/);
	expectWithinFrame(screen, size);
	screen.press('right');
	const opened = await screen.waitFor('← esc close');
	expect(opened).toContain('"Status": "Enabled"');
	expectWithinFrame(screen, size);
	screen.press('left');
	await screen.waitFor('⏎ apply');
});

test('opens the very value that is written', async () => {
	const session = await sessionAtStep('plan');
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, {columns: 120, rows: 60});
	await screen.waitFor('⏎ apply');
	screen.press('down', 'down', 'down', 'right');
	await screen.waitFor((frame) => frame.includes('esc close') && frame.includes('+ Put role policy'));
	const operation = session.getState().run.plan?.operations.find(({kind}) => kind === 'put-role-policy');
	const shown = screen
		.lines()
		.slice(2, -3)
		.map((line) => line.split('│ ')[1] ?? '');
	const json = shown.slice(shown.indexOf('{')).map((line) => line.trim());
	expect(JSON.parse(json.join(''))).toEqual(operation?.after);
	screen.press('escape');
	await screen.waitFor('⏎ apply');
	expect(session.getState().stepId).toBe('plan');
});

test.each(screenSizes)('shows what changes in a document at $columns × $rows', async (size) => {
	const session = await sessionAtStep('plan');
	await session.makePlan(completedAnswers(session.getState()));
	await session.apply();
	session.answer('buckets', {destinationBucket: 'my-eu', destinationRegion: 'eu-west-1'});
	session.answer('options', {ruleId: 'to-europe'});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	// The first that changes something has the focus.
	await screen.waitFor(/▸ \+ {2}Put role policy/);
	screen.press('down', 'right');
	await screen.waitFor((frame) => frame.includes('esc close') && frame.includes('What changes'));
	expectWithinFrame(screen, size);
	const shown = screen.lines().map((line) => line.split('│ ').at(-1) ?? line);
	expect(shown.join('\n')).toMatch(/ {6}\{"ID": "cross-region-rule", … \d+ lines/);
	expect(shown.join('\n')).toMatch(/\n ?\+ {5}\{ *\n/);
	screen.type('b');
	await screen.waitFor('Will be written   b there now');
	screen.type('b');
	await screen.waitFor('There now   b what changes');
});

test('says in words what each rule of the bucket does, beside the document', async () => {
	const session = await sessionAtStep('plan');
	await session.makePlan(completedAnswers(session.getState()));
	await session.apply();
	session.answer('buckets', {destinationBucket: 'my-eu', destinationRegion: 'eu-west-1'});
	session.answer('options', {ruleId: 'to-europe', prefix: 'eu/'});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, {columns: 160, rows: 60});
	await screen.waitFor(/▸ \+ {2}Put role policy/);
	screen.press('down');
	const frame = await screen.waitFor('All rules of my-us-east-1:');
	expect(frame).toContain('= cross-region-rule: every object to my-us-west-2');
	expect(frame).toContain('+ to-europe: what begins with “eu/” to my-eu');
});

test('records the completed answers, so that the header and the command name them', async () => {
	const session = await sessionAtStep('plan');
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	expect(await screen.waitFor('⏎ apply')).toContain('my-us-west-2');
	expect(session.getState().answers).toMatchObject({
		sourceProfile: 'source',
		sourceBucket: 'my-us-east-1',
		roleName: 's3crr_role_for_my-us-east-1',
		testFileCount: 5,
	});
});

test('on AWS a stray Enter changes nothing, and a applies', async () => {
	const session = await sessionAtStep('plan', {answers: {environment: 'aws', testFileCount: 0}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	expect(await screen.waitFor('a apply')).toContain('Press a to apply. Enter does nothing here.');
	screen.press('enter', 'down');
	await screen.waitFor(/▸ \+ {2}Enable versioning/);
	expect(session.getState().stepId).toBe('plan');
	screen.type('a');
	await screen.waitFor('9/9 Watch');
});

test('says when there is nothing to change, and goes on to watching', async () => {
	const session = await sessionAtStep('plan', {answers: {testFileCount: 1}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	await screen.waitFor('⏎ apply');
	screen.press('enter');
	await screen.waitFor('1 replicated');
	screen.press('escape');
	expect(await screen.waitFor('⏎ go on')).toContain('✓ Everything is right already: nothing to change.');
	screen.press('enter');
	await screen.waitFor('9/9 Watch');
});

test('exports what is set up in every format, and only then', async () => {
	const problem = fixable('x', 'Cannot write it', 'Because.', []);
	const save = vi
		.fn<ExportStore['save']>()
		.mockRejectedValueOnce(new ProblemError(problem))
		.mockResolvedValue([]);
	const session = await sessionAtStep('plan', {answers: {testFileCount: 1}, exports: {save}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	expect(await screen.waitFor('⏎ apply')).not.toContain('e export');
	screen.type('e');
	screen.press('enter');
	await screen.waitFor('1 replicated');
	// The watch has the same key.
	screen.type('e');
	await screen.waitFor('Cannot write it.');
	screen.press('escape');
	await screen.waitFor('1 replicated');
	screen.press('escape');
	await screen.waitFor('e export');
	screen.type('e');
	await screen.waitFor('Exported to my-us-east-1-terraform and my-us-east-1-aws-cli.');
	const saved = save.mock.calls.map(([folder, files]) => [folder, files.map(({name}) => name)]);
	expect(saved.slice(-2)).toEqual([
		['my-us-east-1-terraform', ['providers.tf', 'main.tf', 'imports.tf']],
		['my-us-east-1-aws-cli', ['replication.sh']],
	]);
	expect(saved).toHaveLength(3);
});

test('tells every problem of a plan, tries again and goes back', async () => {
	const role = refusedRole();
	const session = await sessionAtStep('plan', {wrap: role.wrap});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	const frame = await screen.waitFor('✗ Cannot read the role');
	expect(frame).toContain('next  1 Ask for iam:GetRole.');
	role.allow();
	screen.type('r');
	await screen.waitFor('⏎ apply');
	screen.press('escape');
	await vi.waitFor(() => expect(session.getState().stepId).toBe('check'));
});

test('more problems than fit are reached by scrolling', async () => {
	const session = await sessionAtStep('plan', {
		answers: {sourceBucket: 'Wrong Name', destinationBucket: 'xn--wrong', roleName: 'no spaces here'},
	});
	const size = {columns: 60, rows: 16};
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	await screen.waitFor('r retry');
	expectWithinFrame(screen, size);
	expect(session.getState()).toHaveProperty('planning.problems[1]');
	const first = screen.frame();
	screen.press('pageDown', 'pageDown', 'pageDown');
	await screen.waitFor((frame) => frame !== first && /lines \d+-(\d+) of \1/.test(frame));
});

test('q leaves', async () => {
	const onLeave = vi.fn();
	const session = await sessionAtStep('plan');
	const screen = await renderScreen(<App session={session} onLeave={onLeave} />);
	await screen.waitFor('q quit');
	screen.type('q');
	await until(() => onLeave.mock.calls.length === 1);
});
