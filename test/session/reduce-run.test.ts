import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';
import {reduceRun} from '../../source/session/reduce-run.js';
import {
	newRun,
	objectCounts,
	operationCounts,
	runDelays,
	type RunState,
} from '../../source/session/run-state.js';
import {crossRegion, emptyAccounts, everythingRight, planOf} from '../domain/support/plan-values.js';

const plan = planOf(crossRegion, emptyAccounts(crossRegion));
const problem = fixable('code', 'Cannot', 'Because.', ['Do this.']);
const role = {id: 'create-role', kind: 'create-role', target: crossRegion.roleName} as const;

/** The state after events, one second from one to the next. */
function after(...events: readonly RunEvent[]): RunState {
	return events.reduce((run, event, index) => reduceRun(run, {...event, at: (index + 1) * 1000}), newRun);
}

function watching(...destinations: readonly string[]): RunEvent {
	return {
		type: 'watch-started',
		sourceBucket: 's',
		sourceRegion: 'us-east-1',
		sourceProfile: 'p',
		destinations: destinations.map((bucket) => ({bucket, region: 'us-west-2'})),
	};
}

const started: RunEvent = {type: 'upload-started', key: 'k', sizeBytes: 9};
const uploaded: RunEvent = {type: 'object-uploaded', key: 'k', versionId: 'v1', sizeBytes: 9, isOurs: true};
const resent: RunEvent = {type: 'object-resent', key: 'k', versionId: 'v2', replaces: 'v1', sizeBytes: 9};

function replicated(versionId: string, destination: string | null, delayMs = 1500): RunEvent {
	return {type: 'object-replicated', key: 'k', versionId, destination, delayMs, uncertaintyMs: 250};
}

function failed(versionId: string): RunEvent {
	return {type: 'object-failed', key: 'k', versionId, destination: null, problem};
}

describe('an operation', () => {
	const roleIn = (run: RunState) => run.operations.find(({operation}) => operation.id === 'create-role');

	test('waits, runs, waits to be tried again with the reason, and is done', () => {
		const planned: RunEvent = {type: 'plan-made', plan};
		const begun: RunEvent = {type: 'operation-started', ...role};
		const retried: RunEvent = {
			type: 'operation-retried',
			...role,
			reason: 'not yet',
			attempt: 2,
			delayMs: 500,
		};
		const done: RunEvent = {type: 'operation-finished', ...role, change: 'create', durationMs: 700};
		expect(roleIn(after(planned))).toMatchObject({state: 'waiting', tries: 0});
		expect(roleIn(after(planned, begun))).toMatchObject({state: 'running', tries: 1, startedAt: 2000});
		expect(roleIn(after(planned, begun, retried))).toMatchObject({
			state: 'retrying',
			tries: 2,
			retry: {reason: 'not yet', nextTryAt: 3500},
		});
		const end = after(planned, begun, retried, done);
		expect(roleIn(end)).toMatchObject({state: 'done', tries: 2, durationMs: 700, retry: undefined});
		expect(operationCounts(end)).toEqual({created: 1, updated: 0, kept: 0, deleted: 0});
		expect(end.operations.filter(({state}) => state === 'waiting')).toHaveLength(6);
	});

	test('that fails keeps its problem and the time it took', () => {
		const run = after(
			{type: 'plan-made', plan},
			{type: 'operation-started', ...role},
			{type: 'operation-failed', ...role, problem},
		);
		expect(roleIn(run)).toMatchObject({state: 'failed', problem, durationMs: 1000});
		expect(operationCounts(run).created).toBe(0);
	});

	test('that keeps what is there is counted as kept', () => {
		const run = after(
			{type: 'plan-made', plan: planOf(crossRegion, everythingRight(crossRegion))},
			{type: 'operation-started', ...role},
			{type: 'operation-finished', ...role, change: 'keep', durationMs: 0},
		);
		expect(operationCounts(run)).toEqual({created: 0, updated: 0, kept: 1, deleted: 0});
	});
});

describe('a file', () => {
	test('is uploaded, pending, and replicated when it is at its destination', () => {
		expect(after(watching('d'), started).objects.get('k')).toMatchObject({state: 'uploading', isOurs: true});
		expect(objectCounts(after(watching('d'), started)).uploaded).toBe(0);
		expect(after(watching('d'), started, uploaded).objects.get('k')).toMatchObject({
			state: 'pending',
			versionId: 'v1',
			startedAt: 2000,
			uploadedAt: 3000,
		});
		const run = after(watching('d'), started, uploaded, replicated('v1', 'd'));
		expect(run.objects.get('k')).toMatchObject({
			state: 'replicated',
			arrivals: {d: {delayMs: 1500, uncertaintyMs: 250}},
		});
		expect(objectCounts(run)).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
		expect(runDelays(run)).toEqual({p50: 1500, p95: 1500, p99: 1500, max: 1500});
	});

	test('is replicated only when it is at every destination', () => {
		const first = after(watching('d', 'e'), started, uploaded, replicated('v1', 'd', 1000));
		expect(first.objects.get('k')?.state).toBe('pending');
		const both = reduceRun(first, {...replicated('v1', 'e', 3000), at: 9000});
		expect(both.objects.get('k')?.state).toBe('replicated');
		expect(runDelays(both)?.max).toBe(3000);
	});

	test('is replicated by the source’s word where nothing else can be seen', () => {
		const blind: RunEvent = {...watching(), destinations: [{bucket: 'd'}]} as RunEvent;
		const run = after(blind, started, uploaded, replicated('v1', null));
		expect(run.objects.get('k')?.state).toBe('replicated');
	});

	test('that failed and was sent again is pending, counted once, by its newest version', () => {
		const run = after(watching('d'), started, uploaded, failed('v1'), resent);
		expect(run.objects.get('k')).toMatchObject({
			state: 'pending',
			versionId: 'v2',
			resends: 1,
			uploadedAt: 5000,
		});
		expect(objectCounts(run)).toEqual({uploaded: 1, replicated: 0, failed: 0, pending: 1});
		const again = reduceRun(run, {...resent, versionId: 'v3', replaces: 'v2', at: 6000} as RunEvent & {
			at: number;
		});
		expect(again.objects.get('k')).toMatchObject({versionId: 'v3', resends: 2});
	});

	test.each<readonly [string, RunEvent]>([
		['a failure', failed('v1')],
		['an arrival', replicated('v1', 'd')],
		['a status', {type: 'status-seen', key: 'k', versionId: 'v1', status: 'FAILED'}],
	])('is not touched by %s of an older version', (_what, event) => {
		const before = after(watching('d'), started, uploaded, failed('v1'), resent);
		expect(reduceRun(before, {...event, at: 9000})).toEqual(before);
	});

	test.each<readonly [string, RunEvent]>([
		['sent again', resent],
		['arrived', replicated('v1', 'd')],
		['failed', failed('v1')],
	])('that nobody knows and that has %s changes nothing', (_what, event) => {
		const before = after(watching('d'));
		expect(reduceRun(before, {...event, at: 9000})).toEqual(before);
	});

	test('of somebody else counts only where that is asked for', () => {
		const run = after(watching('d'), {...uploaded, isOurs: false} as RunEvent);
		expect(objectCounts(run).uploaded).toBe(0);
		expect(objectCounts(run, true)).toMatchObject({uploaded: 1, pending: 1});
	});

	test('has the status that the source said last', () => {
		const run = after(watching('d'), started, uploaded, {
			type: 'status-seen',
			key: 'k',
			versionId: 'v1',
			status: 'PENDING',
		});
		expect(run.objects.get('k')?.status).toBe('PENDING');
	});
});

test('what the first file waits for ends with its arrival', () => {
	const probe: RunEvent = {type: 'probe-waited', reason: 'one goes first', limitMs: 30_000};
	expect(after(watching('d'), probe).probe).toEqual({reason: 'one goes first', until: 32_000});
	expect(after(watching('d'), probe, started, uploaded, replicated('v1', 'd')).probe).toBeUndefined();
});

test('trouble on the way stays until an answer comes', () => {
	const trouble: RunEvent = {type: 'request-failed', bucket: 'b', problem, delayMs: 2000, isFirst: true};
	const run = after(watching('d'), started, uploaded, trouble);
	expect(run.trouble).toEqual({problem, nextTryAt: 6000});
	const seen: RunEvent = {type: 'status-seen', key: 'k', versionId: 'v1', status: 'PENDING'};
	expect(reduceRun(run, {...seen, at: 9000}).trouble).toBeUndefined();
});

test('a state is never changed, only replaced', () => {
	const before = after(watching('d'), started, uploaded);
	const copy = structuredClone(before);
	for (const event of [replicated('v1', 'd'), failed('v1'), resent]) reduceRun(before, {...event, at: 9000});
	expect(before).toEqual(copy);
});
