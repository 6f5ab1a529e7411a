import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';
import {loading} from '../../source/session/state/loadable.js';
import {reduceSession} from '../../source/session/state/reduce-session.js';
import type {SessionEvent, StateEvent} from '../../source/session/state/session-event.js';
import {newSessionState, type SessionState} from '../../source/session/state/session-state.js';
import {crossRegion, emptyAccounts, planOf} from '../domain/support/plan-values.js';

const problem = fixable('code', 'Cannot', 'Because.', ['Do this.']);
const other = fixable('other', 'Cannot either', 'Because.', ['Do that.']);
const plan = planOf(crossRegion, emptyAccounts(crossRegion));
const planMade: StateEvent = {type: 'plan-made', plan, at: 1};
const asking = newSessionState({}, new Set(), 'x7k2');

const after = (state: SessionState, ...events: readonly StateEvent[]): SessionState =>
	events.reduce(reduceSession, state);
const every = (event: (id: string) => RunEvent): readonly StateEvent[] =>
	plan.operations.map(({id}) => ({...event(id), at: 2}));
const operation = {kind: 'create-role', target: 't'} as const;
const allDone = every((id) => ({
	type: 'operation-finished',
	...operation,
	id,
	change: 'create',
	durationMs: 1,
}));
const [firstFails] = every((id) => ({type: 'operation-failed', ...operation, id, problem}));

describe('where a run is', () => {
	const started: SessionEvent = {type: 'apply-started'};
	const ended: SessionEvent = {type: 'apply-ended'};
	const watched: SessionEvent = {
		type: 'watch-requested',
		filesWanted: 5,
		countsOthers: false,
		testFileFolder: 'f/',
	};
	const finished: StateEvent = {
		type: 'run-finished',
		outcome: 'succeeded',
		operations: {created: 0, updated: 0, kept: 0, deleted: 0},
		objects: {uploaded: 0, replicated: 0, failed: 0, pending: 0},
		delayMs: null,
		problem: null,
		at: 3,
	};

	test.each<[SessionState['phase'], readonly StateEvent[]]>([
		['asking', [planMade]],
		['applying', [planMade, started]],
		['asking', [planMade, started, {type: 'apply-withheld'}]],
		['applied', [planMade, started, ...allDone, ended]],
		['apply-failed', [planMade, started, ...allDone, firstFails as StateEvent, ended]],
		['apply-failed', [planMade, started, ...allDone, {type: 'apply-prevented', problem}, ended]],
		['apply-failed', [planMade, started, ended]],
		['asking', [planMade, started, ended, {type: 'planning-started'}]],
		['watching', [watched]],
		['watched', [watched, {type: 'watch-ended'}]],
		['watch-failed', [watched, {type: 'watch-ended', problem}]],
		['watching', [watched, {type: 'watch-ended', problem}, watched]],
		['over', [watched, finished]],
		['over', [watched, finished, {type: 'watch-ended', problem}]],
	])('%s: %#', (phase, events) => {
		expect(after(asking, ...events).phase).toBe(phase);
	});

	test('a watch that is asked for again forgets how the last one ended', () => {
		const {watchProblem, isWatchStopped} = after(
			asking,
			watched,
			{type: 'watch-stopped'},
			{type: 'watch-ended', problem},
			watched,
		);
		expect({watchProblem, isWatchStopped}).toEqual({watchProblem: undefined, isWatchStopped: false});
	});

	test('more files add up', () => {
		expect(after(asking, watched, {type: 'files-added', count: 3}).filesWanted).toBe(8);
	});
});

describe('the plan', () => {
	test('is there once it is made, and none any more once a step is answered', () => {
		const made = after(asking, {type: 'planning-started'}, planMade);
		expect(made.planning).toEqual({state: 'ready'});
		expect(made.run.plan).toBe(plan);
		const answered = after(made, {type: 'step-answered', stepId: 'mode', change: {mode: 'cross-account'}});
		expect(answered.planning).toEqual({state: 'idle'});
		expect(answered.run.plan).toBe(plan);
	});

	test('that could not be made has all that stood in its way, and making it again forgets that', () => {
		const failed = after(asking, {type: 'planning-failed', problems: [problem, other]});
		expect(failed.planning).toEqual({state: 'failed', problems: [problem, other]});
		const again = after(failed, {type: 'planning-started'});
		expect(again.planning).toEqual({state: 'loading'});
	});

	test('made anew keeps what somebody changed until it is applied, or an answer changes', () => {
		const outdated = after(asking, {type: 'plan-outdated', changes: ['a change'], at: 1}, planMade);
		expect(outdated.planChanges).toEqual(['a change']);
		expect(after(outdated, {type: 'apply-started'}).planChanges).toEqual([]);
		const answer = (change: Partial<SessionState['answers']>): SessionEvent => ({
			type: 'step-answered',
			stepId: 'options',
			change,
		});
		expect(after(outdated, answer({})).planChanges).toEqual(['a change']);
		expect(after(outdated, answer({roleName: 'another'})).planChanges).toEqual([]);
	});
});

describe('taking back', () => {
	const opened: SessionEvent = {type: 'undo-opened'};

	test.each<['environment' | 'apply' | 'watch', Partial<SessionState>]>([
		['apply', {phase: 'apply-failed', stepId: 'apply'}],
		['watch', {phase: 'watched', stepId: 'watch'}],
		['environment', {stepId: 'environment'}],
	])('knows where it was asked for: %s', (origin, change) => {
		const before = {...asking, ...change};
		expect(after(before, opened).undoing).toMatchObject({
			origin,
			before: before.run,
			planning: {state: 'loading'},
		});
	});

	test('leads back to the plan after a run that stopped, and to the run as it was after a watch', () => {
		const failed = after(asking, planMade, {type: 'apply-started'}, {type: 'apply-ended'});
		const back = after({...failed, stepId: 'apply'}, opened, {type: 'undo-closed'});
		expect(back).toMatchObject({
			stepId: 'plan',
			phase: 'asking',
			planning: {state: 'idle'},
			undoing: undefined,
		});
		expect(back.run.operations).toEqual([]);
		const watched: SessionState = {...after(asking, planMade), phase: 'watched', stepId: 'watch'};
		const again = after(watched, opened, {type: 'undo-closed'});
		expect(again).toMatchObject({stepId: 'watch', phase: 'watched', planning: watched.planning});
		expect(again.run).toBe(watched.run);
	});

	test('that was closed meanwhile takes no plan', () => {
		const events: readonly SessionEvent[] = [
			{type: 'undo-choices-found', choices: []},
			{type: 'undo-planning-changed', planning: {state: 'loading'}},
		];
		expect(after(asking, ...events).undoing).toBeUndefined();
	});
});

describe('what is known of profiles', () => {
	test('stands under names that every object has', () => {
		const names = ['constructor', '__proto__', 'plain'];
		const {buckets, identities} = after(
			asking,
			...names.flatMap((profile): readonly SessionEvent[] => [
				{type: 'buckets-loaded', profile, buckets: loading},
				{type: 'identity-loaded', profile, identity: loading},
			]),
		);
		expect(Object.keys(buckets)).toEqual(names);
		expect(Object.keys(identities)).toEqual(names);
		expect(asking.buckets['constructor']).toBeUndefined();
	});

	test.each<'environment-replaced' | 'profiles-replaced' | 'accounts-forgotten'>([
		'environment-replaced',
		'profiles-replaced',
		'accounts-forgotten',
	])('is forgotten: %s', (type) => {
		const known = after(asking, {type: 'buckets-loaded', profile: 'p', buckets: loading});
		expect(Object.keys(after(known, {type}).buckets)).toEqual([]);
	});
});

test('an event of a single object leaves the state as it is: nobody is told', () => {
	const event: StateEvent = {type: 'status-seen', key: 'k', versionId: 'v', status: 'PENDING', at: 1};
	expect(reduceSession(asking, event)).toBe(asking);
});
