import {describe, expect, it} from 'vitest';
import type {Check} from '../../source/domain/checks/check.js';
import {sortedChecks} from '../../source/domain/checks/check.js';
import type {CheckContext, Readings} from '../../source/domain/checks/readings.js';
import type {CredentialSession} from '../../source/domain/profile.js';
import {fixable} from '../../source/domain/problem.js';
import type {ReplicationRequest} from '../../source/domain/answers/request.js';
import {checkLines} from '../../source/headless/check-lines.js';
import {checksFor} from './support/checks-for.js';

const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
const minuteMs = 60_000;

const request: ReplicationRequest = {
	mode: 'cross-region',
	source: {profile: 'here', bucket: 'from'},
	destination: {profile: 'here', bucket: 'to'},
	roleName: 'role',
	ruleId: 'rule',
};
const context: CheckContext = {request, fileCount: 0, nowMs};

describe('the session of a caller', () => {
	const session = checksFor(request).find(({id}) => id === 'source-session');

	it.each<readonly [string, CredentialSession, string, string]>([
		['access keys', {isTemporary: false}, 'ok', 'long-term access keys (no expiry)'],
		['an hour', {isTemporary: true, expiresAt: nowMs + 60 * minuteMs}, 'ok', '1:00:00 left'],
		['four minutes', {isTemporary: true, expiresAt: nowMs + 4 * minuteMs}, 'warning', '4:00 left'],
		['the end', {isTemporary: true, expiresAt: nowMs - 1}, 'problem', 'it has ended'],
		['no end told', {isTemporary: true}, 'unknown', 'a session that does not say when it ends'],
	])('with %s', (_what, value, result, evidence) => {
		const signIn = {profile: 'sso', step: 'Sign in: aws sso login', command: ['aws', 'sso', 'login']};
		const readings = {
			sourceSession: {isRead: true, value},
			sourceSignIn: {isRead: true, value: signIn},
		} as unknown as Readings;

		const verdict = session?.decide(context, readings);
		expect(verdict).toMatchObject({result, evidence});
		// What ends, or has ended, is told with the very command.
		const isEnding = result === 'warning' || result === 'problem';
		expect(verdict?.problem?.signIn).toEqual(isEnding ? signIn : undefined);
		expect(verdict?.problem?.nextSteps[0] === signIn.step).toBe(isEnding);
	});
});

it.each([
	[16 * minuteMs, 'problem', '960 s ahead of AWS'],
	[-6 * minuteMs, 'warning', '360 s behind AWS'],
	[2 * minuteMs, 'ok', '120 s ahead of AWS'],
	[400, 'ok', 'right to the second'],
	[undefined, 'unknown', 'no answer told the time'],
])('a clock %s ms ahead is %s', (value, result, evidence) => {
	const clock = checksFor(request).find(({id}) => id === 'clock');
	const readings = {sourceClock: {isRead: true, value}} as unknown as Readings;

	expect(clock?.decide(context, readings)).toMatchObject({result, evidence});
});

it('no check takes what could not be read for ok', () => {
	const missing = {isRead: false, problem: fixable('not-allowed', 'Cannot read', 'AccessDenied.', ['Ask.'])};
	for (const {id, needs, decide} of checksFor({...request, mode: 'cross-account'})) {
		const readings = Object.fromEntries(needs.map((name) => [name, missing])) as unknown as Readings;
		expect([id, decide(context, readings).result]).not.toEqual([id, 'ok']);
	}
});

it('as lines, what needs an eye is on top, and what is well takes a line a group', () => {
	const problem = fixable('code', 'Something may hurt', 'Because.', ['Do this.']);
	const check = (id: string, result: Check['result']): Check => ({
		id,
		title: id,
		group: 'source',
		result,
		evidence: 'seen',
		problem: result === 'ok' ? null : problem,
	});
	const checks = sortedChecks([
		check('Bucket', 'ok'),
		check('Denies', 'unknown'),
		check('Lock', 'unknown'),
		check('Versioning', 'ok'),
		check('Ownership', 'warning'),
		check('Encryption', 'problem'),
	]);

	expect(checkLines(checks)).toEqual([
		'Checks: 2 ok, 1 problem, 1 warning, 2 not known',
		'  ✗ Something may hurt',
		'  ! Something may hurt',
		'      Because.',
		'      1. Do this.',
		'  ? Source bucket, Policy, Lock: seen',
		'  ✓ Source bucket: Versioning',
	]);
});

// Expected as documented: S3 User Guide, "Organizing objects using prefixes".
it.each([
	['logs/', 'ok', undefined, undefined],
	['l', 'ok', undefined, undefined],
	['logs/*', 'warning', 'A prefix has no wildcards', 'Use --prefix logs/'],
	['logs/*.gz', 'warning', 'A prefix has no wildcards', 'Use --prefix logs/'],
	['*', 'warning', 'A prefix has no wildcards', 'Leave out --prefix'],
	['/logs/', 'warning', 'Keys begin with / only if', 'Use --prefix logs/'],
	['/', 'warning', 'Keys begin with / only if', 'Leave out --prefix'],
	[
		'//a*',
		'warning',
		'A prefix has no wildcards: * matches only a key with * in it. Keys begin',
		'Use --prefix a',
	],
])('a rule for keys that begin with %s is %s', (prefix, result, cause, nextStep) => {
	const asked = {...request, rule: {prefix}};
	const filter = checksFor(asked).find(({id}) => id === 'filter');
	const verdict = filter?.decide({...context, request: asked}, {} as unknown as Readings);

	expect(verdict?.result).toBe(result);
	expect(verdict?.problem?.cause.startsWith(cause ?? '-')).toBe(cause === undefined ? undefined : true);
	expect(verdict?.problem?.nextSteps[0]?.startsWith(nextStep ?? '-')).toBe(
		nextStep === undefined ? undefined : true,
	);
});

it.each([undefined, {}, {prefix: ''}])('without a prefix there is no filter to look at (%j)', (rule) => {
	expect(checksFor({...request, rule}).map(({id}) => id)).not.toContain('filter');
});
