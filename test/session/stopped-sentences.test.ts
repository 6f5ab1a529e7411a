import {describe, expect, test} from 'vitest';
import type {EnvironmentKind} from '../../source/domain/answers/answers.js';
import type {ObjectCounts} from '../../source/domain/run-figures.js';
import {runAgain} from '../../source/domain/text/run-again.js';
import {cancelled, fixable, type Problem, wholeCause} from '../../source/domain/problem.js';
import {runEnd} from '../../source/session/actions/run-end.js';
import type {SessionState} from '../../source/session/state/session-state.js';
import type {Command} from '../../source/domain/event.js';

const none: ObjectCounts = {uploaded: 0, replicated: 0, failed: 0, pending: 0};
const noDelays = {delays: {figures: () => null}, delaysLeftOut: 0};
const all: ObjectCounts = {uploaded: 5, replicated: 5, failed: 0, pending: 0};

type Stopped = {
	readonly command: Command;
	readonly where: string;
	/** States of the operations, in their order. */
	readonly states?: readonly string[];
	readonly isUndo?: true;
	/** Whether something was watched, and what became of it. */
	readonly counts?: ObjectCounts;
	readonly found?: Problem;
	readonly jobId?: string;
	/** What is said: headline, cause, first next step; of AWS and of a sandbox. */
	readonly aws: readonly [headline: string, cause: string, next: string | undefined];
	readonly sandbox?: readonly [headline: string, cause: string];
};

const byHand = 'It was stopped by Ctrl-C or a signal.';
const again = 'Run the same command again.';
const underWay = 'Stopped the watch: 3 of 5 files under way';
const working = 'Stopped the watch: all 5 files replicated';
const anew = 'Start again: a new sandbox begins from nothing.';
const confirmed: Problem = {...cancelled, cause: 'It was stopped before the first change.'};

/** Where each command can be stopped; a row each. */
const table: readonly Stopped[] = [
	...(['plan', 'diagnose', 'export', 'batch', 'undo'] as const).map((command): Stopped => ({
		command,
		where: 'while it reads',
		aws: ['Cancelled', byHand, again],
	})),
	{
		...{command: 'apply', where: 'while it plans'},
		...{aws: ['Cancelled', byHand, again], sandbox: ['Cancelled', byHand]},
	},
	{
		...{command: 'apply', where: 'at the question', states: ['waiting'], found: confirmed},
		...{aws: ['Cancelled', confirmed.cause, again], sandbox: ['Cancelled', confirmed.cause]},
	},
	{
		...{command: 'apply', where: 'between changes', states: ['done', 'waiting']},
		aws: [
			'Cancelled',
			'It was stopped while changes were made: 1 of 2 are done. Bucket created: b0.',
			expect.stringMatching(/^Go on: s3-replicate apply /) as string,
		],
		sandbox: ['Cancelled', 'It was stopped while changes were made: 1 of 2 are done.'],
	},
	{
		...{command: 'apply', where: 'in a change, at once', states: ['running', 'waiting']},
		aws: [
			'Cancelled',
			'It was stopped while changes were made: 0 of 2 are done. Create bucket: b0 (begun, not known whether done).',
			expect.stringMatching(/^Go on: s3-replicate apply /) as string,
		],
		sandbox: ['Cancelled', 'It was stopped while changes were made: 0 of 2 are done.'],
	},
	...(
		[
			['when all files are there', all, working],
			[
				'before all are there',
				{...all, replicated: 3, pending: 2},
				'Stopped the watch: 2 of 5 files under way',
			],
			['after one failed', {...all, replicated: 4, failed: 1}, 'Stopped the watch: 1 of 5 files failed'],
			['before the first', none, 'Stopped the watch'],
		] as const
	).flatMap(([where, counts, headline]): readonly Stopped[] => [
		{
			...{command: 'apply', where: `in the watch, ${where}`, states: ['done'], counts},
			aws: [
				headline,
				'The watch was stopped. The replication stays. Bucket created: b0.',
				'Undo it: s3-replicate undo r',
			],
			sandbox: [headline, 'The watch was stopped. The replication was only in the sandbox.'],
		},
		{
			...{command: 'watch', where, counts},
			aws: [headline, byHand, 'Run the same command again to watch on.'],
		},
	]),
	{
		...{command: 'apply', where: 'after the last change', states: ['done']},
		aws: [
			'Cancelled',
			'It was stopped after the last change. The replication stays. Bucket created: b0.',
			'Undo it: s3-replicate undo r',
		],
		sandbox: ['Cancelled', 'It was stopped after the last change. The replication was only in the sandbox.'],
	},
	{
		...{command: 'apply', where: 'in the watch, with nothing to change', states: [], counts: all},
		...{aws: [working, byHand, 'Run the same command again to watch on.'], sandbox: [working, byHand]},
	},
	{
		...{command: 'undo', where: 'between changes', states: ['done', 'waiting'], isUndo: true},
		aws: [
			'Cancelled',
			'It was stopped while changes were made: 1 of 2 are done. Bucket created: b0.',
			'Go on: s3-replicate undo other',
		],
	},
	{
		...{command: 'undo', where: 'after the last change', states: ['done'], isUndo: true},
		aws: ['Cancelled', 'It was stopped after the undo. Bucket created: b0.', undefined],
	},
	{
		...{command: 'batch', where: 'while a job runs', jobId: '7'},
		aws: [
			'Left the job 7',
			'It runs on at AWS.',
			expect.stringMatching(/^Come back to it: s3-replicate batch --job 7 /) as string,
		],
	},
];

test.each([
	['aws', runAgain()],
	['sandbox', anew],
] as const)('what failed is run again on %s as there is something left: %s', (environment, step) => {
	const state = {
		...{run: {operations: []}, answers: {environment}, interrupts: 0, planning: {state: 'ready'}},
	} as unknown as SessionState;
	const watch = {
		...{objectCounts: () => none, runFigures: () => ({objects: none, ...noDelays})},
	} as unknown as Parameters<typeof runEnd>[1]['watch'];
	const problem = fixable('throttled', 'AWS asks to slow down', 'It says so.', ['Wait.', runAgain()]);
	expect(runEnd(state, {command: 'apply', watch, problem}).problem?.nextSteps).toEqual(['Wait.', step]);
});

function endOf(row: Stopped, environment: EnvironmentKind): Problem {
	const {command, states = [], isUndo, counts, found, jobId} = row;
	const operations = states.map((state, index) => ({
		operation: {kind: 'create-bucket', change: 'create', id: `o${index}`, target: `b${index}`},
		...{state, notes: []},
	}));
	const state = {
		run: {
			...{runId: 'r', endpointUrl: null, operations, changedBefore: new Set()},
			...(isUndo && {undo: {runId: 'other', operations: []}}),
			...(jobId && {batch: {job: {jobId, region: 'us-east-1'}, progress: {status: 'Active'}}}),
		},
		...{answers: {environment}, isRecorded: environment === 'aws', interrupts: 1, filesWanted: 5},
		...{planning: {state: 'ready'}, phase: counts ? 'watching' : 'asking'},
	} as unknown as SessionState;
	const watch = {
		...(counts && {
			ends: {sourceBucket: 'logs', sourceProfile: 'prod', destinations: [{bucket: 'copies', profile: 'dr'}]},
		}),
		objectCounts: () => counts ?? none,
		...{
			runFigures: () => ({objects: counts ?? none, ...noDelays}),
			causes: [],
			counts: () => ({objects: counts ?? none}),
			rows: () => ({rows: []}),
		},
	} as unknown as Parameters<typeof runEnd>[1]['watch'];
	const {outcome, problem} = runEnd(state, {command, watch, problem: found});
	expect(outcome).toBe('cancelled');
	return problem ?? cancelled;
}

test.each([
	[
		...(['aws', 'apply', false, 'files-pending', '3 of 5 test files had not arrived after 60 s'] as const),
		['Watch again, or wait longer: --timeout SECONDS.', 'Look at the files in the destination bucket later.'],
	],
	// Nothing of it could be looked at later.
	[
		...([
			'sandbox',
			'apply',
			false,
			'files-pending',
			'3 of 5 test files had not arrived after 60 s',
		] as const),
		['Start again, and wait longer: --timeout SECONDS.'],
	],
	// Who ends a watch is told what its files say, as of Ctrl-C: pending is no failure.
	...(
		[
			['wizard', 'Watch on: s3-replicate watch --source-bucket logs --source-profile prod'],
			['watch', 'Run the same command again to watch on.'],
		] as const
	).flatMap(
		([command, goOn]) =>
			[
				['aws', command, true, 'cancelled', underWay, [goOn]],
				['sandbox', command, true, 'cancelled', underWay, [anew]],
			] as const,
	),
] as const)(
	'files that have not arrived on %s in %s (ended by hand: %s) are told as %s',
	(environment, command, isWatchStopped, code, headline, steps) => {
		const counts: ObjectCounts = {...all, replicated: 2, pending: 3};
		const state = {
			run: {endpointUrl: null, operations: [], changedBefore: new Map()},
			...{answers: {environment}, interrupts: 0, filesWanted: 5, isWatchStopped},
			...{planning: {state: 'ready'}, phase: 'watched'},
		} as unknown as SessionState;
		const watch = {
			ends: {sourceBucket: 'logs', sourceProfile: 'prod', destinations: []},
			...{objectCounts: () => counts, runFigures: () => ({objects: counts, ...noDelays}), causes: []},
			...{
				delays: {figures: () => null},
				delaysLeftOut: 0,
				counts: () => ({objects: counts}),
				rows: () => ({rows: []}),
			},
		} as unknown as Parameters<typeof runEnd>[1]['watch'];
		const end = runEnd(state, {command, watch, ...(command === 'wizard' ? {} : {timeoutMs: 60_000})});
		expect(end.outcome).toBe(isWatchStopped ? 'cancelled' : 'failed');
		expect(end.problem).toMatchObject({code, headline, nextSteps: steps});
		expect(end.problem?.cause).not.toMatch(/Ctrl-C|no failure/);
	},
);

describe('what is said of a command that is stopped is true of what is left', () => {
	test.each(table)('on AWS, $command $where', (row) => {
		const problem = endOf(row, 'aws');
		expect([problem.headline, wholeCause(problem), problem.nextSteps[0]]).toEqual(row.aws);
	});

	test.each(table.filter(({sandbox}) => sandbox))('in a sandbox, $command $where', (row) => {
		const problem = endOf(row, 'sandbox');
		expect([problem.headline, wholeCause(problem), problem.nextSteps]).toEqual([
			...(row.sandbox ?? []),
			[anew],
		]);
	});
});
