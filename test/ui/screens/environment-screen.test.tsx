import {writeFile} from 'node:fs/promises';
import {expect, test, vi} from 'vitest';
import {renderAsking} from '../../support/render-asking.js';
import {openedSandbox} from '../../support/asking-session.js';

test('without profiles the sandbox is preselected, and Enter opens it', async () => {
	const screen = await renderAsking();
	const frame = await screen.waitFor('▸ Sandbox');
	expect(frame).toContain('Nothing changes before you approve the plan.');
	expect(frame).toContain('AWS profiles   none found');
	screen.press('enter');
	await screen.waitFor('2/9 Mode');
	expect(screen.session.getState().answers).toEqual({environment: 'sandbox'});
	expect(screen.session.getState().environment).toMatchObject({state: 'ready', value: {kind: 'sandbox'}});
});

test('with profiles AWS is preselected, and the endpoint that stands for it is shown', async () => {
	const aws = await openedSandbox();
	const screen = await renderAsking({aws});
	const frame = await screen.waitFor('▸ AWS');
	expect(frame).toContain('2 found: destination, source');
	expect(frame).toContain(`Endpoint       ${aws.endpointUrl}`);
	screen.press('enter');
	await screen.waitFor('2/9 Mode');
	expect(screen.session.getState().environment).toMatchObject({value: {kind: 'aws'}});
});

test('files that cannot be understood are a problem, mended with r; the sandbox is offered meanwhile', async () => {
	const screen = await renderAsking({config: 'not a section\n'});
	const frame = await screen.waitFor('▸ Sandbox');
	expect(frame).toContain(`Cannot understand ${screen.configFile}`.slice(0, 40));
	expect(frame).toContain('r try again');
	await writeFile(screen.configFile, '[profile acme]\nregion = eu-west-1\n');
	screen.type('r');
	expect(await screen.waitFor('1 found: acme')).toContain('▸ AWS');
});

test('AWS chosen with files that cannot be understood goes nowhere and says why', async () => {
	const screen = await renderAsking({config: 'not a section\n'});
	await screen.waitFor('▸ Sandbox');
	screen.press('up', 'enter');
	await vi.waitFor(() => expect(screen.session.getState().environment.state).toBe('failed'));
	expect(await screen.waitFor('setting before the first')).toContain('1/9 Env');
	await writeFile(screen.configFile, '');
	screen.type('r');
	await screen.waitFor('2/9 Mode');
});

test('an environment answered by a flag is opened without being asked for', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox', mode: 'cross-region'}});
	expect(await screen.waitFor('✓ user/admin')).toContain('3/9 Accounts');
});

test('an environment answered by a flag that cannot be opened says why and can be tried again', async () => {
	const screen = await renderAsking({
		answers: {environment: 'aws', mode: 'cross-region'},
		config: 'not a section\n',
	});
	expect(await screen.waitFor('Cannot understand')).toContain('r try again');
	await writeFile(screen.configFile, '[profile acme]\nregion = eu-west-1\n');
	screen.type('r');
	await screen.waitFor('Which profile may change both buckets?');
});

test('q leaves', async () => {
	const screen = await renderAsking();
	await screen.waitFor('q quit');
	screen.type('q');
	await vi.waitFor(() => expect(screen.leaves()).toBe(1));
});
