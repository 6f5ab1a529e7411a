import {expect, test} from 'vitest';
import type {Connection} from '../../../source/aws/ports.js';
import {App} from '../../../source/ui/app/app.js';
import {refusedRole} from '../../support/refused-role.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {sessionAtStep} from '../../support/session-at-step.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const noLeave = (): void => undefined;

/** Both buckets as if they were there, with settings changed. */
const withBuckets =
	(settings: Partial<Connection['settings']>) =>
	(connection: Connection): Connection => ({
		...connection,
		buckets: {
			...connection.buckets,
			head: async () => ({state: 'existing'}),
			getVersioning: async () => 'Enabled',
			getPolicy: async () => undefined,
		},
		settings: {
			...connection.settings,
			getObjectLock: async () => ({isEnabled: false}),
			getEncryption: async () => ({algorithm: 'AES256', usesBucketKey: false}),
			getRequestPayer: async () => 'BucketOwner',
			getOwnership: async () => 'BucketOwnerEnforced',
			hasPublicPolicy: async () => false,
			...settings,
		},
	});

const requesterPays = withBuckets({getRequestPayer: async () => 'Requester'});

test.each(screenSizes)('shows what was checked at $columns × $rows within its frame', async (size) => {
	const session = await sessionAtStep('check');
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	const frame = await screen.waitFor('⏎ go on');
	expect(frame).toMatch(/26 checks {3}✓ 26 {3}! 0 {3}✗ 0 {3}\? 0/);
	expect(frame).toMatch(/▸ ✓ +Identity, Source caller +user\/admin/);
	expect(frame).toContain('Identity, Source caller: ok');
	expectWithinFrame(screen, size);
	screen.press('end');
	expect(await screen.waitFor('▸ ✓  Rules, Plan')).toContain('seen    7 changes');
	expectWithinFrame(screen, size);
	screen.press('enter');
	await screen.waitFor('+ 7 create');
	// What was read for the checks is what the plan was made from.
	expect(session.getState().run.plan?.operations).toHaveLength(7);
	screen.press('escape');
	expect(await screen.waitFor('⏎ go on')).toContain('26 checks');
});

test.each(screenSizes)('puts a warning on top at $columns × $rows, and goes on with a yes', async (size) => {
	const session = await sessionAtStep('check', {wrap: requesterPays});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	const frame = await screen.waitFor('⏎ go on despite 1 warning');
	expect(frame).toContain('▸ !  my-us-west-2 is a Requester Pays bucket');
	expectWithinFrame(screen, size);
	screen.press('right');
	const opened = await screen.waitFor('esc close');
	expect(opened).toContain('Destination bucket, Requester Pays: warning');
	expect(opened).toMatch(/change {2}in the step Buckets: esc\s+(│\s+)?leads back/);
	expectWithinFrame(screen, size);
	screen.press('escape', 'enter');
	await screen.waitFor('⏎ apply');
});

test('a problem is on top, and Enter does not lead past it', async () => {
	const session = await sessionAtStep('check', {
		wrap: withBuckets({getEncryption: async () => ({algorithm: 'aws:kms', usesBucketKey: false})}),
	});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	const frame = await screen.waitFor('r check again');
	expect(frame).toContain('▸ ✗  Cannot replicate KMS objects of my-us-east-1');
	expect(frame).not.toContain('go on');
	screen.press('enter', 'down');
	expect(await screen.waitFor(/▸ ! {2}Replicas will not use the KMS key/)).toContain('6/9 Check');
	screen.press('escape');
	await screen.waitFor('5/9 Options');
});

test('r looks again, and what was refused may be there then', async () => {
	const role = refusedRole();
	const session = await sessionAtStep('check', {wrap: role.wrap});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	expect(await screen.waitFor('r check again')).toContain('▸ ✗  Cannot read the role');
	role.allow();
	screen.type('r');
	expect(await screen.waitFor('⏎ go on')).toContain('✗ 0');
});

test('answers that cannot be checked say why', async () => {
	const session = await sessionAtStep('check', {answers: {sourceBucket: 'Wrong Name'}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />);
	expect(await screen.waitFor('r check again')).toContain('Cannot use “Wrong Name” as the source bucket');
});

test('says a session that is about to end; ^L offers the command, and the checks are read again after it', async () => {
	let leftMs = 120_000;
	const command = ['aws', 'sso', 'login', '--sso-session', 'work'];
	const session = await sessionAtStep('check', {
		wrap: (connection) => ({
			...connection,
			signInAdvice: {profile: 'source', step: `Sign in: ${command.join(' ')}`, command},
			identity: {
				...connection.identity,
				getSession: async () => ({isTemporary: true, expiresAt: Date.now() + leftMs}),
			},
		}),
	});
	const ran: Array<readonly string[]> = [];
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, {
		async runInForeground(words) {
			ran.push(words);
			leftMs = 3_600_000;
			return undefined;
		},
	});
	const frame = await screen.waitFor('⏎ go on despite 1 warning');
	expect(frame).toContain('The session of profile source ends in');
	expect(frame).toContain('^L sign in');
	screen.press('ctrlL');
	expect(await screen.waitFor('Profile source needs a sign-in')).toContain(command.join(' '));
	// Never unasked: what is no yes runs nothing.
	screen.type('now');
	screen.press('enter');
	await screen.waitFor('Type yes');
	expect(ran).toEqual([]);
	screen.press('ctrlU');
	screen.type('yes');
	screen.press('enter');
	await screen.waitFor(/26 checks {3}✓ 26 {3}! 0/);
	expect(ran).toEqual([command]);
});
