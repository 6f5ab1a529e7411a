import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';
import {reduceRun} from '../../source/session/state/reduce-run.js';
import {newRun, operationCounts, type RunState} from '../../source/session/state/run-state.js';
import {crossRegion, emptyAccounts, everythingRight, planOf} from '../domain/support/plan-values.js';

const plan = planOf(crossRegion, emptyAccounts(crossRegion));
const problem = fixable('code', 'Cannot', 'Because.', ['Do this.']);
const role = {id: 'create-role', kind: 'create-role', target: crossRegion.roleName} as const;

/** The state after events, one second from one to the next. */
function after(...events: readonly RunEvent[]): RunState {
	return events.reduce((run, event, index) => reduceRun(run, {...event, at: (index + 1) * 1000}), newRun);
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

	test('whose document somebody changed is about what is there by then', () => {
		const images = {change: 'update', before: {a: 1}, after: {a: 1, b: 2}} as const;
		const run = after(
			{type: 'plan-made', plan},
			{type: 'operation-started', ...role},
			{type: 'operation-merged', ...role, ...images},
		);
		expect(roleIn(run)).toMatchObject({state: 'running', isMerged: true, operation: images});
	});

	test('that was written has been, even where reading it back fails', () => {
		const run = after(
			{type: 'plan-made', plan},
			{type: 'operation-started', ...role},
			{type: 'operation-written', ...role},
			{type: 'operation-failed', ...role, problem},
		);
		expect(roleIn(run)).toMatchObject({state: 'failed', isWritten: true, problem});
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

test('what becomes of objects is not kept here', () => {
	const before = after({type: 'plan-made', plan});
	const uploaded: RunEvent = {
		type: 'object-uploaded',
		key: 'k',
		versionId: 'v1',
		sizeBytes: 9,
		isOurs: true,
	};
	expect(reduceRun(before, {...uploaded, at: 9000})).toBe(before);
});

test('a state is never changed, only replaced', () => {
	const before = after({type: 'plan-made', plan});
	const copy = structuredClone(before);
	reduceRun(before, {type: 'operation-started', ...role, at: 9000});
	reduceRun(before, {type: 'operation-failed', ...role, problem, at: 9000});
	expect(before).toEqual(copy);
});
