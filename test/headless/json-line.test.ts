import {describe, expect, test} from 'vitest';
import type {ContractEvent, RunEvent, ViewEvent} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';
import {jsonLine} from '../../source/headless/json-line.js';
import {crossAccount, emptyAccounts, everythingRight, planOf} from '../domain/support/plan-values.js';

const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const problem = fixable('code', 'Cannot', 'Because.', ['Do this.']);
const operation = {id: 'create-role', kind: 'create-role', target: 'r'} as const;
const object = {key: 'k', versionId: 'v'};
const plan = planOf(crossAccount, emptyAccounts(crossAccount));
const none = {created: 0, updated: 0, kept: 0, deleted: 0};
const objects = {uploaded: 0, replicated: 0, failed: 0, pending: 0};

function lineOf(event: RunEvent): Record<string, unknown> {
	return JSON.parse(jsonLine({...event, at}) ?? 'null') as Record<string, unknown>;
}

const check = {id: 'source-versioning', title: 'Versioning', group: 'source'} as const;

// What `--json` promises: exactly these fields, and the values they have.
const pair = {sourceBucket: 's', destination: 'd'};
const job = {jobId: 'job-1'};
/** What happens to objects that exist already: told as it is. */
const batchEvents: ReadonlyArray<
	Extract<ContractEvent, {readonly type: `job-${string}` | `comparison-${string}` | 'existing-seen'}> & {
		at?: undefined;
	}
> = [
	{type: 'job-created', ...job, sourceBucket: 's', account: '1', region: 'r', madeBy: 'run-1', isNew: true},
	{type: 'job-retried', ...job, reason: 'Access denied', attempt: 2, delayMs: 5000},
	{
		type: 'job-progressed',
		...job,
		status: 'Active',
		...{total: 5, succeeded: 2, failed: 1, perSecond: 1.5, remainingMs: 1333, elapsedMs: 2000},
	},
	{
		type: 'job-finished',
		...job,
		status: 'Complete',
		...{total: 5, succeeded: 4, failed: 1, isNothingToCopy: false},
		failures: [
			{
				reason: 'DstObjectHardDeleted',
				count: 1,
				examples: [{key: 'k', versionId: 'v'}],
				message: 'm',
				means: 'It was deleted.',
				mend: 'Copy it.',
			},
		],
	},
	{type: 'comparison-started', ...pair, priceUsd: {from: 0.00001, to: 0.1}},
	{type: 'comparison-progressed', ...pair, compared: 5, versions: 12, perSecond: 2.5, elapsedMs: 2000},
	{
		type: 'comparison-differed',
		...pair,
		...{key: 'k', versionId: 'v', number: 1, verdict: 'missing', status: 'FAILED'},
	},
	{
		type: 'comparison-finished',
		...pair,
		...{same: 1, missing: 1, different: 0, notKnown: 0, young: 0, leftOut: 0, onlyThere: 0, versions: 3},
		...{requests: {list: 2, head: 1}, elapsedMs: 2000, isCut: false},
	},
	{
		type: 'existing-seen',
		sourceBucket: 's',
		kind: 'sampled',
		looked: 20,
		left: 7,
		isMore: true,
		command: 'c',
	},
];

const contract: readonly (readonly [event: ContractEvent, fields: Record<string, unknown>])[] = [
	[
		{type: 'run-started', runId: 'r1', command: 'apply', sandbox: true, endpointUrl: 'http://127.0.0.1:1'},
		{schemaVersion: 1, runId: 'r1', command: 'apply', sandbox: true, endpointUrl: 'http://127.0.0.1:1'},
	],
	[
		{type: 'run-started', runId: 'r1', command: 'plan', sandbox: false, endpointUrl: null},
		{schemaVersion: 1, runId: 'r1', command: 'plan', sandbox: false, endpointUrl: null},
	],
	[
		{
			type: 'cause-found',
			ruleId: 'r',
			destination: 'd',
			key: null,
			versionId: null,
			reason: 'DstBucketUnversioned',
			certainty: 'certain',
			headline: 'Versioning of d is suspended',
			evidence: 'It says Suspended.',
			mend: 'Enable it.',
			document: null,
			isDocumentTold: false,
			fix: null,
		},
		{
			ruleId: 'r',
			destination: 'd',
			key: null,
			versionId: null,
			reason: 'DstBucketUnversioned',
			certainty: 'certain',
			headline: 'Versioning of d is suspended',
			evidence: 'It says Suspended.',
			mend: 'Enable it.',
			document: null,
			fix: null,
		},
	],
	[
		{
			type: 'run-listed',
			runId: 'r',
			command: 'apply',
			startedAt: at,
			endpointUrl: null,
			endpoints: [{profile: 'p', s3: null, iam: null, sts: null}],
			outcome: 'unfinished',
			leftToDo: 1,
			leftToUndo: 2,
			buckets: ['a', 'b'],
			problem: null,
		},
		{
			runId: 'r',
			command: 'apply',
			startedAt: '2026-01-02T03:04:05.006Z',
			endpointUrl: null,
			endpoints: [{profile: 'p', s3: null, iam: null, sts: null}],
			outcome: 'unfinished',
			leftToDo: 1,
			leftToUndo: 2,
			isForgotten: false,
			buckets: ['a', 'b'],
			problem: null,
		},
	],
	[{type: 'operation-started', ...operation}, {...operation}],
	[
		{type: 'operation-retried', ...operation, reason: 'not yet', attempt: 2, delayMs: 500},
		{...operation, reason: 'not yet', attempt: 2, delayMs: 500},
	],
	[
		{type: 'operation-merged', ...operation, change: 'update', before: {a: 1}, after: {a: 1, b: 2}},
		{...operation, change: 'update', before: {a: 1}, after: {a: 1, b: 2}},
	],
	[
		{type: 'operation-merged', ...operation, change: 'delete', before: {a: 1}, after: undefined},
		{...operation, change: 'delete', before: {a: 1}, after: null},
	],
	[
		{type: 'operation-failed', ...operation, problem: {...problem, documents: [{title: 'T', value: {a: 1}}]}},
		{
			...operation,
			problem: {
				code: 'code',
				headline: 'Cannot',
				cause: 'Because.',
				nextSteps: ['Do this.'],
				documents: [{title: 'T', value: {a: 1}}],
			},
		},
	],
	[
		{type: 'operation-finished', ...operation, change: 'delete', durationMs: 1, notes: ['1 stays']},
		{...operation, change: 'delete', durationMs: 1, notes: ['1 stays']},
	],
	[
		{type: 'operation-finished', ...operation, change: 'create', durationMs: 12.6},
		{...operation, change: 'create', durationMs: 13},
	],
	[
		{type: 'check-finished', ...check, result: 'ok', evidence: 'Enabled', problem: null},
		{...check, result: 'ok', evidence: 'Enabled', problem: null},
	],
	[
		{type: 'check-finished', ...check, result: 'warning', evidence: 'Suspended', problem},
		{
			...check,
			result: 'warning',
			evidence: 'Suspended',
			problem: {code: 'code', headline: 'Cannot', cause: 'Because.', nextSteps: ['Do this.']},
		},
	],
	[
		{type: 'operation-failed', ...operation, problem},
		{...operation, problem: {code: 'code', headline: 'Cannot', cause: 'Because.', nextSteps: ['Do this.']}},
	],
	[{type: 'report-written', files: ['/r.md']}, {files: ['/r.md']}],
	[
		{
			type: 'export-written',
			format: 'terraform',
			files: ['/m.tf'],
			leftOut: ['Left out: b.'],
			nextStep: 'cd x',
		},
		{format: 'terraform', files: ['/m.tf'], leftOut: ['Left out: b.'], nextStep: 'cd x'},
	],
	[
		{type: 'object-uploaded', ...object, sizeBytes: 9, isOurs: true},
		{...object, sizeBytes: 9},
	],
	[
		{type: 'object-resent', ...object, replaces: 'u', sizeBytes: 9},
		{...object, replaces: 'u'},
	],
	[
		{type: 'object-replicated', ...object, destination: 'd', delayMs: 1400.4, uncertaintyMs: 249.5},
		{...object, destination: 'd', delayMs: 1400, uncertaintyMs: 250},
	],
	[
		{type: 'object-replicated', ...object, destination: null, delayMs: 1, uncertaintyMs: 0},
		{...object, destination: null, delayMs: 1, uncertaintyMs: 0},
	],
	[
		{type: 'delete-marker-found', ...object, destinations: ['d']},
		{...object, destinations: ['d']},
	],
	[
		{type: 'delete-marker-replicated', ...object, destination: 'd', delayMs: 1400.4, uncertaintyMs: 249.5},
		{...object, destination: 'd', delayMs: 1400, uncertaintyMs: 250},
	],
	[
		{type: 'object-failed', ...object, destination: null, problem},
		{
			...object,
			destination: null,
			problem: {code: 'code', headline: 'Cannot', cause: 'Because.', nextSteps: ['Do this.']},
		},
	],
	[
		{
			type: 'failure-reason-received',
			...object,
			destination: 'd',
			ruleId: 'r',
			reason: 'DstPutObjectNotPermitted',
			operation: 'OBJECT_PUT',
		},
		{
			...object,
			destination: 'd',
			ruleId: 'r',
			reason: 'DstPutObjectNotPermitted',
			operation: 'OBJECT_PUT',
		},
	],
	[{type: 'events-awaited', remainingMs: 1.4}, {remainingMs: 1}],
	[
		{
			type: 'replication-metrics-read',
			ruleId: 'r',
			destination: 'd',
			failed: {at: 0, value: 2},
			pendingOperations: null,
			pendingBytes: null,
			latencySeconds: null,
		},
		{
			ruleId: 'r',
			destination: 'd',
			failed: {at: '1970-01-01T00:00:00.000Z', value: 2},
			pendingOperations: null,
			pendingBytes: null,
			latencySeconds: null,
		},
	],
	[
		{
			type: 'sandbox-started',
			endpointUrl: 'http://127.0.0.1:1',
			configFile: '/c',
			credentialsFile: '/k',
			profiles: [{name: 'source', accountId: '1', region: 'us-east-1'}],
		},
		{
			endpointUrl: 'http://127.0.0.1:1',
			configFile: '/c',
			credentialsFile: '/k',
			profiles: [{name: 'source', accountId: '1', region: 'us-east-1'}],
		},
	],
	[
		{type: 'run-finished', outcome: 'succeeded', operations: none, objects, delayMs: null, problem: null},
		{outcome: 'succeeded', operations: none, objects, delayMs: null, problem: null},
	],
	[
		{
			type: 'run-finished',
			outcome: 'failed',
			operations: none,
			objects,
			delayMs: {p50: 1, p95: 2, p99: 3, max: 4},
			problem,
		},
		{
			outcome: 'failed',
			operations: none,
			objects,
			delayMs: {p50: 1, p95: 2, p99: 3, max: 4},
			problem: {code: 'code', headline: 'Cannot', cause: 'Because.', nextSteps: ['Do this.']},
		},
	],
	...batchEvents.map(({at: _at, ...event}): [ContractEvent, Record<string, unknown>] => {
		const {type: _type, ...fields} = event;
		return [event, fields];
	}),
];

describe('a line of the contract', () => {
	test.each(contract.map(([event, fields]) => [event.type, event, fields] as const))(
		'for %s has the contract’s fields and no others',
		(type, event, fields) => {
			expect(lineOf(event)).toStrictEqual({type, at: '2026-01-02T03:04:05.006Z', ...fields});
		},
	);

	test('is one line, whatever is in it', () => {
		const line = jsonLine({
			type: 'operation-failed',
			...operation,
			at,
			problem: {...problem, cause: 'two\nlines\u2028'},
		});
		expect(line).not.toMatch(/[\r\n]/);
	});

	test('begins with what it is and when', () => {
		expect(jsonLine({type: 'operation-started', ...operation, at})).toMatch(
			/^\{"type":"operation-started","at":"2026-01-02T03:04:05\.006Z",/,
		);
	});
});

describe('the plan as a line', () => {
	const fields = ['id', 'kind', 'target', 'change', 'account', 'region'];

	test('has every operation in its order, with at least the contract’s fields', () => {
		const {operations, rules, ...rest} = lineOf({type: 'plan-made', plan});
		expect(rest).toEqual({type: 'plan-made', at: '2026-01-02T03:04:05.006Z'});
		expect(rules).toEqual([
			{
				bucket: crossAccount.source.bucket,
				id: crossAccount.ruleId,
				change: 'create',
				enabled: true,
				destinationBucket: crossAccount.destination.bucket,
				does: `every object to ${crossAccount.destination.bucket}`,
			},
		]);
		expect(operations).toMatchObject(
			plan.operations.map((planned) =>
				Object.fromEntries(fields.map((name) => [name, planned[name as 'id']])),
			),
		);
	});

	test('has what was there and what is written, the first null where there was nothing', () => {
		const {operations} = lineOf({type: 'plan-made', plan});
		expect(operations).toMatchObject(plan.operations.map(({after}) => ({before: null, after})));
		const right = lineOf({type: 'plan-made', plan: planOf(crossAccount, everythingRight(crossAccount))});
		const changes = (right['operations'] as readonly {change: string}[]).map(({change}) => change);
		expect(new Set(changes)).toEqual(new Set(['keep']));
	});
});

describe('what is not in the contract', () => {
	const others: readonly ViewEvent[] = [
		{
			type: 'caller-identified',
			side: 'source',
			profile: 'p',
			caller: {accountId: '1', arn: 'a', partition: 'aws'},
		},
		{type: 'watch-started', sourceBucket: 's', sourceRegion: 'r', sourceProfile: 'p', destinations: []},
		{type: 'operations-added', operations: []},
		{type: 'report-reading', jobId: 'j', failed: 2, read: 2},
		{type: 'plan-outdated', changes: []},
		{type: 'operation-written', ...operation},
		{type: 'upload-started', key: 'k', sizeBytes: 1},
		{type: 'status-seen', ...object, status: 'PENDING'},
		{type: 'object-deleted-at-source', ...object},
		{type: 'object-unmatched', ...object},
		{type: 'probe-waited', reason: 'because', limitMs: 1},
		{type: 'request-failed', bucket: 'b', problem, delayMs: 1, isFirst: true},
		{type: 'requests-recovered', bucket: 'b'},
		{type: 'object-unseen', ...object, destination: 'd'},
		{type: 'destination-lost', bucket: 'd', problem},
		{type: 'status-lost', bucket: 's', problem},
		{type: 'metrics-lost', problem},
		{type: 'rules-remarked', remarks: ['r']},
		{type: 'others-left-out', bucket: 's'},
		{type: 'others-unreadable', bucket: 's'},
		{type: 'way-back-refused', bucket: 's', problem},
		{type: 'others-looked-through', bucket: 's', versions: 3, everyMs: 1000},
		{type: 'requests-made', put: 1, list: 1, head: 1},
		{type: 'checks-started', checks: []},
		{type: 'checks-finished', checks: []},
		{type: 'object-described', lines: ['k']},
		{
			type: 'rule-diagnosed',
			ruleId: 'r',
			takes: 'every object',
			destination: 'd',
			isEnabled: true,
			isWrong: false,
		},
		{type: 'causes-seen', sourceBucket: 's', causes: []},
		{type: 'watch-paused'},
		{type: 'watch-resumed'},
	];

	test.each(others.map((event) => [event.type, event] as const))('gives no line: %s', (_type, event) => {
		expect(jsonLine({...event, at})).toBeUndefined();
	});

	test('is no event of the contract: the table above has each of those', () => {
		// The compiler keeps this list whole.
		const types: Readonly<Record<ContractEvent['type'], true>> = {
			'run-started': true,
			'check-finished': true,
			'plan-made': true,
			'undo-planned': true,
			'run-listed': true,
			'cause-found': true,
			'operation-started': true,
			'operation-retried': true,
			'operation-merged': true,
			'operation-finished': true,
			'operation-failed': true,
			'object-uploaded': true,
			'object-resent': true,
			'object-replicated': true,
			'delete-marker-found': true,
			'delete-marker-replicated': true,
			'object-failed': true,
			'sandbox-started': true,
			'failure-reason-received': true,
			'events-awaited': true,
			'replication-metrics-read': true,
			'run-finished': true,
			'report-written': true,
			'export-written': true,
			'job-created': true,
			'job-retried': true,
			'job-progressed': true,
			'job-finished': true,
			'comparison-started': true,
			'comparison-progressed': true,
			'comparison-differed': true,
			'comparison-finished': true,
			'existing-seen': true,
		};
		const seen = ['plan-made', 'undo-planned', ...contract.map(([{type}]) => type)];
		expect(new Set(seen)).toEqual(new Set(Object.keys(types)));
	});
});
