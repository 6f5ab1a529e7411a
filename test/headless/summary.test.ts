import {describe, expect, test} from 'vitest';
import {cancelled, fixable} from '../../source/domain/problem.js';
import {planTitle} from '../../source/domain/plan/plan-text.js';
import {type SummaryInput, summaryLines} from '../../source/headless/summary.js';
import type {UndoPlan, UndoStep} from '../../source/domain/undo/undo-plan.js';
import {crossRegion, emptyAccounts, everythingRight, planOf} from '../domain/support/plan-values.js';

const none = {created: 0, updated: 0, kept: 0, deleted: 0};
const noObjects = {uploaded: 0, replicated: 0, failed: 0, pending: 0};

const working: SummaryInput = {
	outcome: 'succeeded',
	plan: planOf(crossRegion, emptyAccounts(crossRegion)),
	operations: {...none, created: 7},
	changedKinds: ['create-bucket', 'enable-versioning', 'create-role', 'put-role-policy', 'put-replication'],
	objects: {...noObjects, uploaded: 5, replicated: 5},
	delayMs: {p50: 1400, p95: 2000, p99: 2000, max: 2040},
	problem: null,
	isSandbox: false,
};

describe('the summary', () => {
	test('of replication that works', () => {
		expect(
			summaryLines({
				...working,
				testFiles: {bucket: 'my-us-east-1', prefix: 's3-replicate-test/r/'},
				command: 's3-replicate apply --yes',
			}),
		).toEqual([
			'✓ Replication is working   my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)',
			'',
			'  Changes    7 created, 0 updated, 0 kept',
			'  Tested     5 files: 5 replicated',
			'  Delay      p50 1.4 s   p95 2.0 s   max 2.0 s',
			'  Left       buckets, versioning, role and rule stay; versioning can only be suspended, not switched off',
			'             test files s3://my-us-east-1/s3-replicate-test/r/ and their replicas',
			'  Again      s3-replicate apply --yes',
		]);
	});

	test('leads on: watch again, diagnose what failed or is missing, undo', () => {
		const leadOn = {
			watch: 's3-replicate watch --source-bucket b',
			diagnose: 's3-replicate diagnose --source-bucket b',
		};
		const given = {...working, leadOn, undoCommand: 's3-replicate undo R'};
		const rows = (input: SummaryInput) =>
			summaryLines(input).filter((line) => /^ {2}(?:Watch|Diagnose|Undo) /.test(line));
		const [watch, diagnose, undo] = [
			`  Watch      ${leadOn.watch}`,
			`  Diagnose   ${leadOn.diagnose}`,
			'  Undo       s3-replicate undo R',
		];
		expect(rows(given)).toEqual([watch, undo]);
		for (const objects of [{failed: 1}, {pending: 1}])
			expect(rows({...given, outcome: 'failed', objects: {...noObjects, ...objects}})).toEqual([
				watch,
				diagnose,
				undo,
			]);
		expect(rows({...given, isSandbox: true})).toEqual([]);
	});

	test('of a two-way run names both ways, and both places of the test files', () => {
		const plan = {
			...planOf(crossRegion, emptyAccounts(crossRegion)),
			back: {ruleId: 'r-back', roleName: 'r'},
		};
		const lines = summaryLines({
			...working,
			plan,
			testFiles: {bucket: 'my-us-east-1', otherBuckets: ['my-us-west-2'], prefix: 's3-replicate-test/r/'},
		});
		expect(lines[0]).toBe(
			'✓ Replication is working   my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2), and back',
		);
		expect(lines.at(-1)).toBe(
			'             test files in both buckets: s3://my-us-east-1/s3-replicate-test/r/ and s3://my-us-west-2/s3-replicate-test/r/',
		);
		expect(planTitle(plan)).toMatch(/: my-us-east-1 \(us-east-1\) → my-us-west-2 \(us-west-2\), and back$/);
	});

	test('on a sandbox says that nothing is left', () => {
		const lines = summaryLines({
			...working,
			isSandbox: true,
			testFiles: {bucket: 'my-us-east-1', prefix: 's3-replicate-test/r/'},
		});
		expect(lines).toContain('  Left       nothing: the sandbox is gone');
		expect(lines.join('\n')).not.toContain('s3://');
	});

	test('of a failure has its cause and its next steps, and what was done all the same', () => {
		const lines = summaryLines({
			...working,
			outcome: 'failed',
			operations: {...none, created: 2, kept: 1},
			objects: {uploaded: 3, replicated: 1, failed: 1, pending: 1},
			delayMs: null,
			problem: fixable('x', 'Cannot put the rule', 'Because.', ['Do this.', 'Or that.']),
		});
		expect(lines.slice(0, 7)).toEqual([
			'✗ Cannot put the rule   my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)',
			'',
			'  Cause      Because.',
			'  Next       1. Do this.',
			'             2. Or that.',
			'  Changes    2 created, 0 updated, 1 kept',
			'  Tested     3 files: 1 replicated, 1 failed, 1 pending',
		]);
		expect(lines.some((line) => line.startsWith('  Left '))).toBe(true);
	});

	test('says how many delays are not in the figures', () => {
		expect(summaryLines({...working, delaysLeftOut: 3})).toContain(
			'             3 delays over a pause left out',
		);
		expect(summaryLines({...working, delayMs: null, delaysLeftOut: 1})).toContain(
			'  Delay      1 delay over a pause left out',
		);
	});

	test('of a cancelled run says so', () => {
		expect(summaryLines({...working, outcome: 'cancelled', problem: cancelled})[0]).toMatch(/^– Cancelled/);
	});

	test('of a run that was stopped has what was done, a line each, and names each command once', () => {
		const goOn = 's3-replicate apply --yes';
		const undoCommand = 's3-replicate undo r';
		const cause = 'It was stopped while changes were made: 2 of 7 are done.';
		const details = ['Bucket created: a', 'Role policy put: r', 'Versioning enabled: a (not in effect)'];
		const nextSteps = [`Go on: ${goOn}`, `Undo it: ${undoCommand}`];
		const lines = summaryLines({
			...working,
			outcome: 'cancelled',
			operations: {...none, created: 2},
			changedKinds: ['create-bucket', 'put-role-policy'],
			objects: noObjects,
			delayMs: null,
			problem: {...cancelled, cause, details, nextSteps},
			command: goOn,
			undoCommand,
		});
		expect(lines.slice(2)).toEqual([
			`  Cause      ${cause}`,
			'  So far     Bucket created: a',
			'             Role policy put: r',
			'             Versioning enabled: a (not in effect)',
			`  Next       1. Go on: ${goOn}`,
			`             2. Undo it: ${undoCommand}`,
			'  Changes    2 created, 0 updated, 0 kept',
			'  Left       buckets and role policy stay',
		]);
	});

	describe('of an undo', () => {
		const step = (bucket: string, change: 'delete' | 'keep', text?: string): UndoStep => ({
			operation: {
				id: bucket,
				kind: 'delete-bucket',
				side: 'source',
				target: bucket,
				change,
				account: '1',
				region: 'us-east-1',
				requires: [],
				after: null,
			},
			profile: 'p',
			steps: [1],
			reason: text === undefined ? undefined : {kind: 'stays', text},
		});
		const steps = [step('a', 'delete'), step('b', 'delete'), step('c', 'keep', 'other objects are in it')];
		const undo: UndoPlan = {schemaVersion: 1, runId: 'r', runs: [], steps, files: [], notes: []};
		const undone: SummaryInput = {
			...working,
			plan: undefined,
			changedKinds: [],
			objects: noObjects,
			delayMs: null,
			undo,
			undoCommand: 's3-replicate undo r',
		};

		test('that was stopped says how much of it is left to do, and names the command once', () => {
			const nextSteps = ['Go on: s3-replicate undo r'];
			expect(
				summaryLines({
					...undone,
					outcome: 'cancelled',
					operations: {...none, deleted: 1, kept: 1},
					problem: {...cancelled, cause: 'Stopped.', details: ['Bucket deleted: a'], nextSteps},
				}),
			).toEqual([
				'– Cancelled: run r is partly undone',
				'',
				'  Cause      Stopped.',
				'  So far     Bucket deleted: a',
				'  Next       1. Go on: s3-replicate undo r',
				'  Changes    1 deleted, 0 restored, 1 left; 1 still to do',
				'  Left       c: other objects are in it',
			]);
		});

		test('that is done names what stays, and the other run that can be taken back', () => {
			const operations = {...none, deleted: 2, kept: 1};
			expect(summaryLines({...undone, operations, alsoUndoCommand: 's3-replicate undo q'})).toEqual([
				'✓ Run r is undone',
				'',
				'  Changes    2 deleted, 0 restored, 1 left',
				'  Left       c: other objects are in it',
				'  Next       Another run on these buckets can be undone: s3-replicate undo q',
			]);
		});
	});

	test.each([
		[['create-bucket'], 'buckets stay'],
		[['put-replication'], 'rule stays'],
		[
			['enable-versioning', 'put-bucket-policy', 'put-replication'],
			'versioning, bucket policy and rule stay; versioning can only be suspended, not switched off',
		],
	] as const)('names what stays of %j', (changedKinds, left) => {
		expect(summaryLines({...working, changedKinds})).toContain(`  Left       ${left}`);
	});

	test('of a run without test files says what it is', () => {
		const lines = summaryLines({...working, objects: noObjects, delayMs: null});
		expect(lines[0]).toMatch(/^✓ Replication is set up /);
		expect(lines.join('\n')).not.toMatch(/Tested|Delay/);
	});

	test.each([
		[{certain: 0, likely: 0, possible: 0}, /^✓ Nothing is wrong/],
		[{certain: 0, likely: 0, possible: 2}, /^– Nothing certain; 2 possible/],
	])('of a diagnosis with %j says what was found', (causes, said) => {
		const lines = summaryLines({...working, plan: undefined, operations: none, objects: noObjects, causes});
		expect(lines[0]).toMatch(said);
	});

	test('of a second run says that there was nothing to change', () => {
		const plan = planOf(crossRegion, everythingRight(crossRegion));
		const operations = {...none, kept: 7};
		const lines = summaryLines({...working, plan, operations, changedKinds: [], objects: noObjects});
		expect(lines[0]).toMatch(/^✓ Nothing to change /);
		expect(lines).toContain('  Changes    0 created, 0 updated, 7 kept');
		expect(lines.join('\n')).not.toContain('Left');
	});

	test('of one test file names one file', () => {
		const lines = summaryLines({...working, objects: {...noObjects, uploaded: 1, pending: 1}});
		expect(lines).toContain('  Tested     1 file: 0 replicated, 1 pending');
	});

	describe('of a plan that was only made', () => {
		const planned: SummaryInput = {
			...working,
			operations: none,
			changedKinds: [],
			objects: noObjects,
			delayMs: null,
		};

		test('says how much would be changed, and that nothing was', () => {
			expect(summaryLines(planned)).toEqual([
				'✓ Plan made: 7 changes   my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)',
				'',
				'  Planned    7 to create, 0 to update, 0 to keep; nothing has been changed',
			]);
		});

		test('says that there is nothing to change where that is so', () => {
			const plan = planOf(crossRegion, everythingRight(crossRegion));
			expect(summaryLines({...planned, plan})).toEqual([
				'✓ Nothing to change   my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)',
				'',
				'  Planned    0 to create, 0 to update, 7 to keep; nothing has been changed',
			]);
		});
	});

	test('of a watch says what stays of it', () => {
		const {plan: _, ...watched} = {...working, operations: none, watched: {bucket: 'b', unmatchedCount: 0}};
		expect(summaryLines({...watched, testFiles: {bucket: 'b', prefix: 'p/'}}).at(-1)).toBe(
			'  Left       test files s3://b/p/ and their replicas',
		);
	});

	test('of a watch that saw nothing says that, and does not talk of changes', () => {
		const {plan: _, ...watched} = {
			...working,
			operations: none,
			objects: noObjects,
			watched: {bucket: 'b', unmatchedCount: 0},
		};
		expect(summaryLines({...watched, delayMs: null})).toEqual([
			'✓ No file came into b while it was watched',
			'',
		]);
	});

	test('of a watch without a plan names the buckets', () => {
		const {plan: _, ...watched} = {...working, operations: none};
		const [first] = summaryLines({
			...watched,
			watched: {bucket: 'b', destinations: ['c', 'd'], unmatchedCount: 0},
		});
		expect(first).toBe('✓ Replication is working   b → c, d');
	});

	test('of a watch names the files that no rule takes', () => {
		const {plan: _, ...watched} = {...working, operations: none, watched: {bucket: 'b', unmatchedCount: 2}};
		expect(summaryLines({...watched, delayMs: null})).toEqual([
			'✓ Replication is working',
			'',
			'  Tested     5 files: 5 replicated',
			'  Not taken  2 files that no rule takes: S3 leaves such files alone',
		]);
		const whyCommand = 's3-replicate diagnose --source-bucket b --key k';
		const why = {...watched, watched: {...watched.watched, whyCommand}, delayMs: null};
		expect(summaryLines(why)).toContain(`  Find why   ${whyCommand}`);
		expect(summaryLines({...watched, objects: noObjects, delayMs: null})[0]).toBe(
			'– No rule takes what was written to b while it was watched',
		);
	});

	test('of a run that never had a plan is its problem', () => {
		expect(
			summaryLines({
				outcome: 'failed',
				operations: none,
				changedKinds: [],
				objects: noObjects,
				delayMs: null,
				problem: fixable('x', 'Cannot start', 'Because.', ['Do this.']),
				isSandbox: true,
			}),
		).toEqual(['✗ Cannot start', '', '  Cause      Because.', '  Next       1. Do this.']);
	});
});
