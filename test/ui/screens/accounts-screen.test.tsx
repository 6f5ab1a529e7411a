import {expect, test, vi} from 'vitest';
import {keyCodes} from '../../support/key-codes.js';
import {renderAsking} from '../../support/render-asking.js';
import {openedSandbox} from '../../support/asking-session.js';

const crossRegion = {environment: 'sandbox', mode: 'cross-region'} as const;
const crossAccount = {environment: 'sandbox', mode: 'cross-account'} as const;

test('cross-region asks once, and one profile serves both buckets', async () => {
	const screen = await renderAsking({answers: crossRegion});
	const frame = await screen.waitFor('arn:aws:iam::111122223333:user/admin');
	expect(frame).toMatch(/▸ source +keys +111122223333 +us-east-1 +✓ user\/admin/);
	screen.press('enter');
	await screen.waitFor('4/9 Buckets');
	expect(screen.session.getState().answers).toEqual({...crossRegion, sourceProfile: 'source'});
});

test('cross-account asks twice, the source pinned on top, the other profile highlighted', async () => {
	const screen = await renderAsking({answers: crossAccount});
	await screen.waitFor('Which profile may change the source bucket?');
	screen.press('enter');
	const frame = await screen.waitFor('arn:aws:iam::444455556666:user/admin');
	expect(frame).toContain('source  source  111122223333  us-east-1  user/admin');
	expect(frame).toContain('▸ destination');
	screen.press('enter');
	await screen.waitFor('4/9 Buckets');
	expect(screen.session.getState().answers).toMatchObject({
		sourceProfile: 'source',
		destinationProfile: 'destination',
	});
});

test('Esc goes from the destination to the source, from there back, and the next step returns to the destination', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox'}});
	await screen.waitFor('Mode');
	screen.press('down', 'enter', 'enter', 'enter');
	await screen.waitFor('4/9 Buckets');
	screen.press('escape');
	await screen.waitFor('Which profile may change the destination bucket?');
	screen.press('escape');
	await screen.waitFor('Which profile may change the source bucket?');
	screen.press('escape');
	expect(await screen.waitFor('2/9 Mode')).toContain('▸ Cross-Account Replication');
	expect(screen.session.getState().answers.destinationProfile).toBe('destination');
});

test('after a change of mode and source the cursor rests on no answer that is refused', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox'}});
	await screen.waitFor('Mode');
	screen.press('down', 'enter');
	await screen.waitFor('Which profile may change the source bucket?');
	screen.press('enter', 'enter');
	await screen.waitFor('4/9 Buckets');
	screen.press('escape', 'escape');
	await screen.waitFor('Which profile may change the source bucket?');
	screen.type('destination');
	await screen.waitFor('▸ destination');
	screen.press('enter');
	await screen.waitFor('Which profile may change the destination bucket?');
	expect(await screen.waitFor('▸ source')).not.toContain('Cannot replicate');
	screen.press('enter');
	await screen.waitFor('4/9 Buckets');
	expect(screen.frame()).toContain('▸ + create');
});

test('two profiles of one account are refused across accounts', async () => {
	const screen = await renderAsking({answers: crossAccount});
	await screen.waitFor('source bucket?');
	screen.press('enter');
	await screen.waitFor('destination bucket?');
	screen.press('up', 'enter');
	const frame = await screen.waitFor('Cannot replicate across accounts');
	expect(frame).toContain("source is the source's profile already, of account 111122223333.");
	expect(screen.session.getState()).toMatchObject({stepId: 'accounts', answers: crossAccount});
	screen.press('down', 'enter');
	await screen.waitFor('4/9 Buckets');
});

test('a profile whose check failed says why and does not go on; reading again checks again', async () => {
	const aws = await openedSandbox();
	let isBroken = true;
	const screen = await renderAsking({
		answers: {environment: 'aws', mode: 'cross-region'},
		aws,
		wrap: (connection) => ({
			...connection,
			identity: {
				...connection.identity,
				getCaller: async () =>
					isBroken ? Promise.reject(new Error('it broke')) : connection.identity.getCaller(),
			},
		}),
	});
	expect(await screen.waitFor('it broke')).toContain('✗ cannot be used');
	screen.press('enter');
	await screen.waitFor('it broke');
	expect(screen.session.getState().stepId).toBe('accounts');
	isBroken = false;
	screen.press('ctrlR');
	await screen.waitFor('✓ user/admin');
	screen.press('enter');
	await screen.waitFor('4/9 Buckets');
});

test('Enter on a profile that is still being checked waits for the check, and goes on by itself', async () => {
	let answer = (): void => undefined;
	const asked = new Promise<void>((resolve) => {
		answer = resolve;
	});
	const screen = await renderAsking({
		answers: crossRegion,
		wrap: (connection) => ({
			...connection,
			identity: {
				...connection.identity,
				async getCaller() {
					await asked;
					return connection.identity.getCaller();
				},
			},
		}),
	});
	await screen.waitFor('◐ checking');
	screen.press('enter');
	await screen.waitFor('Checking source, then going on');
	answer();
	await screen.waitFor('4/9 Buckets');
});

test('typing filters, and Esc clears the filter before it goes back', async () => {
	const screen = await renderAsking({answers: {environment: 'sandbox'}});
	await screen.waitFor('Mode');
	screen.press('enter');
	await screen.waitFor('2 of 2 profiles');
	screen.type('dest');
	await screen.waitFor('1 of 2 profiles');
	screen.press('escape');
	await screen.waitFor('2 of 2 profiles');
	screen.press('escape');
	await screen.waitFor('2/9 Mode');
});

test('only the profiles that can be seen are checked', async () => {
	const names = Array.from({length: 60}, (_, index) => `acme-${String(index).padStart(2, '0')}`);
	const config = names.map((name) => `[profile ${name}]\nregion = eu-west-1\n`).join('');
	const asked: string[] = [];
	const screen = await renderAsking({
		answers: {environment: 'aws', mode: 'cross-region'},
		config,
		wrap(connection) {
			asked.push(connection.profile);
			return connection;
		},
	});
	const frame = await screen.waitFor((text) => text.includes('✗ no credentials') && !text.includes('◐'));
	const seen = names.filter((name) => frame.includes(name));
	expect([...asked].sort()).toEqual(seen);
	expect(seen.length).toBeLessThan(20);
	screen.press('end');
	await screen.waitFor('acme-59');
	await vi.waitFor(() => expect(asked).toContain('acme-59'));
});

test('without a profile it says what to do, and there is a way back', async () => {
	const screen = await renderAsking();
	await screen.waitFor('▸ Sandbox');
	screen.press('up', 'enter');
	await screen.waitFor('2/9 Mode');
	screen.press('enter');
	expect(await screen.waitFor('Cannot find a profile')).toContain('aws configure sso');
	screen.press('escape');
	await screen.waitFor('2/9 Mode');
});

test('keys typed ahead wait for the sandbox and the profiles', async () => {
	const screen = await renderAsking();
	screen.type(keyCodes.enter.repeat(5));
	await screen.waitFor('5/9 Options');
	expect(screen.session.getState().answers).toEqual({
		environment: 'sandbox',
		mode: 'cross-region',
		sourceProfile: 'source',
		sourceBucket: 'my-us-east-1',
		sourceRegion: 'us-east-1',
		destinationBucket: 'my-us-west-2',
		destinationRegion: 'us-west-2',
	});
});
