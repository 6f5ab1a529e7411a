import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {cancelled, fixable} from '../../source/domain/problem.js';
import {terminalText} from '../../source/headless/line.js';
import {jsonLine} from '../../source/headless/json-line.js';
import {isUnsafe} from '../../source/domain/text/visible-text.js';
import {hostile} from '../support/hostile-texts.js';
import {problemLines} from '../../source/headless/problem-lines.js';
import {delayText, textLines} from '../../source/headless/text-lines.js';
import {
	crossAccount,
	crossRegion,
	emptyAccounts,
	everythingRight,
	planOf,
} from '../domain/support/plan-values.js';

const problem = fixable('code', 'Cannot put the rule', 'Because.', ['Do this.', 'Or that.']);
const operation = {id: 'create-role', kind: 'create-role', target: 'r'} as const;
const object = {key: 'k', versionId: 'v'};

function linesOf(event: RunEvent, showsDocuments = false): readonly string[] {
	return textLines({...event, at: 0}, {showsDocuments});
}

describe('an event as lines for people', () => {
	test.each<readonly [RunEvent, readonly string[]]>([
		[
			{type: 'run-started', runId: 'r1', command: 'apply', sandbox: false, endpointUrl: null},
			['Run r1 on AWS'],
		],
		[
			{type: 'run-started', runId: 'r1', command: 'apply', sandbox: false, endpointUrl: 'http://x'},
			['Run r1 on http://x'],
		],
		[
			{type: 'run-started', runId: 'r1', command: 'apply', sandbox: true, endpointUrl: 'http://x'},
			['Run r1 on a sandbox started for it'],
		],
		[{type: 'operation-started', ...operation}, []],
		[
			{type: 'operation-retried', ...operation, reason: 'not yet', attempt: 2, delayMs: 1500},
			['  ↻ Creating role r: not yet; try 2 in 1.5 s'],
		],
		[
			{type: 'operation-merged', ...operation, change: 'update', before: {a: 1}, after: {a: 1, b: 2}},
			[
				'  ! Create role r: somebody changed it meanwhile; the same change is made to that',
				'        {',
				'          "a": 1,',
				'+         "b": 2',
				'        }',
			],
		],
		[
			{type: 'operation-merged', ...operation, change: 'keep', before: {a: 1}, after: {a: 1}},
			['  ! Create role r: somebody changed it meanwhile; it is already as planned'],
		],
		[
			{type: 'operation-finished', ...operation, change: 'create', durationMs: 120},
			['  ✓ Role created: r  120 ms'],
		],
		[
			{type: 'operation-finished', ...operation, change: 'keep', durationMs: 0},
			['  = Keep role: r is right already'],
		],
		[{type: 'operation-failed', ...operation, problem}, ['  ✗ Create role r: Cannot put the rule']],
		[{type: 'operation-failed', ...operation, problem: cancelled}, ['  – Create role r: stopped']],
		[{type: 'operation-written', ...operation}, []],
		[{type: 'object-uploaded', ...object, sizeBytes: 1024, isOurs: true}, ['  ↑ k  1.0 KB  version v']],
		[
			{type: 'object-resent', ...object, replaces: 'u', sizeBytes: 1},
			['  ↻ k  uploaded again: S3 said FAILED and does not retry'],
		],
		[
			{type: 'delete-marker-found', ...object, destinations: []},
			['  – k  was deleted; no rule replicates its delete marker'],
		],
		[
			{type: 'delete-marker-found', ...object, destinations: ['d']},
			['  – k  was deleted; its delete marker goes to d'],
		],
		[
			{type: 'delete-marker-replicated', ...object, destination: 'd', delayMs: 1400, uncertaintyMs: 250},
			['  ✓ k  delete marker in d  after 1.4 s (−250 ms)'],
		],
		[{type: 'object-unmatched', ...object}, ['  – k  is not replicated: no rule takes it']],
		[
			{type: 'object-replicated', ...object, destination: 'd', delayMs: 1400, uncertaintyMs: 250},
			['  ✓ k  REPLICA in d  after 1.4 s (−250 ms)'],
		],
		[
			{type: 'object-replicated', ...object, destination: null, delayMs: 1400, uncertaintyMs: 250},
			['  ✓ k  source says COMPLETED  after 1.4 s (−250 ms)'],
		],
		[{type: 'object-failed', ...object, destination: null, problem}, ['  ✗ k  FAILED']],
		[
			{
				type: 'watch-started',
				sourceBucket: 's',
				sourceRegion: 'us-east-1',
				sourceProfile: 'p',
				destinations: [{bucket: 'd', region: 'us-west-2'}, {bucket: 'e'}],
				leftOut: ['f'],
				blindProfiles: ['x'],
			},
			[
				'Watching s (us-east-1) → d (us-west-2), e',
				"  ! Only the source's status is known of e: no profile given sees its replicas (--destination-profile)",
				'  ! The profile x sees none of the destinations',
				'  ! The test files do not reach f: the filter of its rule asks for other names or tags',
			],
		],
		[
			{type: 'others-looked-through', bucket: 's', versions: 10_000, everyMs: 7500},
			['  – 10000 versions were in s before and are left alone; what comes is looked for every 7.5 s'],
		],
		[
			{type: 'others-unreadable', bucket: 's'},
			['  ! Files of other accounts in s are left out: this profile may not read them.'],
		],
		[
			{type: 'way-back-refused', bucket: 'd', problem},
			[`  ! Cannot write to d: the way back from there is not tested (${problem.headline})`],
		],
		[{type: 'probe-waited', reason: 'one goes first', limitMs: 1}, ['  … one goes first']],
		[
			{type: 'request-failed', bucket: 'b', problem, delayMs: 2000, isFirst: true},
			['  ! Cannot put the rule; next try in 2.0 s'],
		],
		[{type: 'upload-started', key: 'k', sizeBytes: 1}, []],
		[{type: 'status-seen', ...object, status: 'PENDING'}, []],
	])('%j', (event, lines) => {
		expect(linesOf(event)).toEqual(lines);
	});

	test('a plan has a line an operation, with its sign', () => {
		expect(linesOf({type: 'plan-made', plan: planOf(crossAccount, emptyAccounts(crossAccount))})).toEqual([
			'Cross-Account Replication: my-source-account (us-east-1) → my-destination-account (us-west-2)',
			'Plan: 8 to create, 0 to update, 0 to keep',
			'  + Create bucket         my-source-account  (us-east-1)',
			'  + Create bucket         my-destination-account  (us-west-2)',
			'  + Enable versioning     my-source-account  (Enabled)',
			'  + Enable versioning     my-destination-account  (Enabled)',
			'  + Create role           s3-cross-account-rep  (path /, trusts s3.amazonaws.com)',
			'  + Put role policy       s3-cross-account-rep  (inline policy s3-replicate+my-source-account+my-destination-account)',
			'  + Put bucket policy     my-destination-account  (0 → 2 statements)',
			'  + Put replication rule  my-source-account  (rule cross-account-rule, 0 → 1 rules)',
		]);
	});

	test('a plan with its documents shows what will be written, and nothing of what is kept', () => {
		const plan = planOf(crossRegion, emptyAccounts(crossRegion));
		const text = linesOf({type: 'plan-made', plan}, true).join('\n');
		expect(text).toContain('"s3:GetObjectVersionForReplication"');
		const kept = linesOf({type: 'plan-made', plan: planOf(crossRegion, everythingRight(crossRegion))}, true);
		expect(kept).toHaveLength(2 + 7 + 1);
		expect(kept.at(-1)).toBe('Everything is right already: nothing to change.');
	});
});

describe('a plan that changes what is there', () => {
	const right = everythingRight(crossRegion);
	const plan = planOf(
		{...crossRegion, ruleId: 'mine'},
		{
			...right,
			source: {
				...right.source,
				replication: {
					Role: right.source.replication?.Role ?? '',
					Rules: [
						{
							ID: 'old',
							Status: 'Enabled',
							Prefix: 'logs/',
							Destination: {Bucket: 'arn:aws:s3:::my-us-west-2'},
						},
					],
				},
			},
		},
	);

	test('shows each document’s change with its sign in column one, and what to know of it, with documents or without', () => {
		const lines = linesOf({type: 'plan-made', plan});
		expect(lines).toContain(
			'      ! rule old: converted to the newer form, same behaviour (delete markers go on being replicated)',
		);
		expect(lines).toContain('+             "Priority": 2,');
		expect(lines).toContain('-             "Prefix": "logs/",');
		expect(lines).toContain('+             "ID": "mine",');
		expect(linesOf({type: 'plan-made', plan}, true)).toEqual(lines);
	});

	test('has colours only where they are wanted, and the signs in any case', () => {
		const event = {type: 'plan-made', plan, at: 0} as const;
		const coloured = textLines(event, {showsDocuments: false, hasColour: true}).map(terminalText);
		const plain = linesOf({type: 'plan-made', plan});
		expect(plain.join('')).not.toContain('\u001B');
		expect(coloured).toContain('\u001B[36m+             "ID": "mine",\u001B[0m');
		expect(coloured.map((line) => stripVTControlCharacters(line))).toEqual(plain);
	});
});

test('a delay is written with what it may be less', () => {
	expect(delayText(61_000, 5000)).toBe('1:01 (−5.0 s)');
});

test('a problem has its headline, its cause and its steps by number', () => {
	expect(problemLines(problem)).toEqual([
		'✗ Cannot put the rule',
		'  Because.',
		'  1. Do this.',
		'  2. Or that.',
	]);
});

test.each<readonly [string, RunEvent]>([
	[
		'the id of a version',
		{type: 'object-uploaded', key: 'k', versionId: hostile, sizeBytes: 1, isOurs: false},
	],
	['a key', {type: 'object-uploaded', key: hostile, versionId: 'v', sizeBytes: 1, isOurs: false}],
	['the name of a bucket', {type: 'others-left-out', bucket: hostile}],
	[
		'an endpoint',
		{type: 'run-started', runId: hostile, command: 'apply', sandbox: false, endpointUrl: hostile},
	],
	['a reason', {type: 'operation-retried', ...operation, reason: hostile, attempt: 2, delayMs: 1500}],
	['what an operation changes', {type: 'operation-failed', ...operation, target: hostile, problem}],
	['a problem', {type: 'operation-failed', ...operation, problem: fixable('c', hostile, hostile, [hostile])}],
])('%s that steers a terminal is harmless in lines and in JSON', (_, event) => {
	const stamped = {...event, at: 0};
	const lines = textLines(stamped, {showsDocuments: true}).map(terminalText);
	expect(lines.join('')).toContain('evil');
	expect(lines.filter(isUnsafe)).toEqual([]);
	expect(isUnsafe(jsonLine(stamped) ?? '')).toBe(false);
});
