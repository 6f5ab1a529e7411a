import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {type MfaWorld, openMfaWorld} from '../../support/mfa-world.js';
import {renderAsking} from '../../support/render-asking.js';
import {until} from '../../support/until.js';
import {expectWithinFrame} from '../../support/within-frame.js';
import {type RenderedScreen, type ScreenSize, screenSizes} from '../../support/render-screen.js';

let world: MfaWorld;
beforeAll(async () => {
	world = await openMfaWorld();
});
afterAll(() => world.close());

const placeOf = ({configFile, credentialsFile, sandbox}: MfaWorld) => ({
	configFile,
	credentialsFile,
	endpointUrl: sandbox.endpointUrl,
});

const accounts = async (
	mode: 'cross-region' | 'cross-account',
	where = world,
	size: Partial<ScreenSize> = {},
) => renderAsking({answers: {environment: 'aws', mode}, aws: placeOf(where)}, size);

/** Types a code with its Enter. */
const give = (screen: RenderedScreen, code: string): void => {
	screen.type(code);
	screen.press('enter');
};

const question = (profile: string): string => `Profile ${profile} needs a code of its MFA device`;

test('a profile that takes a code is not checked by looking at it, and is asked for one when it is chosen', async () => {
	const screen = await accounts('cross-region');
	await screen.waitFor('✓ user/ana');
	screen.type('prod');
	const frame = await screen.waitFor('1 of 6 profiles');
	expect(frame).toMatch(/▸ prod +role +111122223333 +us-east-1 +○ needs MFA/);
	expect(frame).toContain(`Needs a code of ${world.device.serial}: ⏎ asks for it.`);
	expect(world.sandbox.requests.some(({operation}) => operation === 'AssumeRole')).toBe(false);

	screen.press('enter');
	const asking = await screen.waitFor(question('prod'));
	expect(asking).toContain(world.device.serial);
	expect(asking).toContain('3/9 Accounts');
	give(screen, world.device.nextCode());
	await screen.waitFor('4/9 Buckets');
	expect(screen.session.getState().answers.sourceProfile).toBe('prod');
	expect(screen.session.getState().identities.prod).toMatchObject({
		value: {arn: 'arn:aws:sts::111122223333:assumed-role/deploy/ana'},
	});
});

test('Esc gives none: the profile says so, and Enter asks again; a wrong code and too few digits are said', async () => {
	const screen = await accounts('cross-region');
	await screen.waitFor('✓ user/ana');
	screen.type('prod');
	await screen.waitFor('1 of 6 profiles');
	screen.press('enter');
	await screen.waitFor(question('prod'));
	screen.press('escape');
	const frame = await screen.waitFor('no MFA code was given');
	expect(frame).toMatch(/▸ prod .*✗ needs MFA/);
	screen.press('enter');
	await screen.waitFor(question('prod'));
	give(screen, '12x3');
	await screen.waitFor('A code is six digits.');
	screen.press('ctrlU');
	give(screen, world.device.wrongCode());
	await screen.waitFor('AWS did not take that code.');
	give(screen, world.device.nextCode());
	await screen.waitFor('4/9 Buckets');
});

test('two profiles in two accounts are asked for one after the other', async () => {
	const screen = await accounts('cross-account');
	await screen.waitFor('✓ user/ana');
	screen.type('prod');
	await screen.waitFor('1 of 6 profiles');
	screen.press('enter');
	await screen.waitFor(question('prod'));
	give(screen, world.device.nextCode());
	await screen.waitFor('Which profile may change the destination bucket?');
	screen.type('partner');
	await screen.waitFor('1 of 6 profiles');
	screen.press('enter');
	await screen.waitFor(question('partner'));
	give(screen, world.device.nextCode());
	await screen.waitFor('4/9 Buckets');
	expect(screen.session.getState().answers).toMatchObject({
		sourceProfile: 'prod',
		destinationProfile: 'partner',
	});
	// What was typed is nowhere but on the screen.
	expect(JSON.stringify(screen.session.getState())).not.toMatch(/"\d{6}"/);
});

test.each(screenSizes)('the question fits into $columns × $rows', async (size) => {
	const screen = await accounts('cross-region', world, size);
	await screen.waitFor('✓ user/ana');
	screen.type('prod');
	await screen.waitFor('1 of 6 profiles');
	screen.press('enter');
	await screen.waitFor(question('prod'));
	const frame = await screen.waitFor('? help');
	expect(frame).toContain('The six digits that the device shows now.');
	expectWithinFrame(screen, size);
	screen.press('escape');
	await screen.waitFor('✗ needs MFA');
});

test('shortly before a session ends the question is there again, over the screen that is there; what it covers goes on', async () => {
	// Sessions of 15 minutes begin when almost all of that has passed on this machine.
	const expiring = await openMfaWorld({behindMs: 14.8 * 60_000, durationSeconds: 900});
	onTestFinished(() => expiring.close());
	const screen = await accounts('cross-region', expiring);
	await screen.waitFor('✓ user/ana');
	screen.type('prod');
	await screen.waitFor('1 of 6 profiles');
	screen.press('enter');
	await screen.waitFor(question('prod'));
	give(screen, expiring.device.nextCode());
	const covering = await screen.waitFor(
		(frame) => frame.includes('4/9 Buckets') && frame.includes(question('prod')),
	);
	expect(covering).not.toContain('BUCKET');
	await until(() => screen.session.getState().buckets.prod?.state === 'ready');
	expiring.clock.moveOn(12 * 60_000);
	give(screen, expiring.device.nextCode());
	await screen.waitFor('+ create my-us-east-1-111122223333');
	const assumed = expiring.sandbox.requests.filter(({operation}) => operation === 'AssumeRole');
	expect(assumed.map(({status}) => status)).toEqual([200, 200]);
});
