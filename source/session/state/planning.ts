import type {Problem} from '../../domain/problem.js';

/** How far the plan that the answers ask for has come. The plan itself is the run's: `run.plan`, which outlives the answers. */
export type Planning =
	| {readonly state: 'idle'}
	| {readonly state: 'loading'}
	| {readonly state: 'ready'}
	/** Everything that keeps it from being made. */
	| {readonly state: 'failed'; readonly problems: readonly Problem[]};

/** The same for taking back, where the plan is `run.undo`; idle until a run is chosen. */
export type UndoPlanning = Planning | {readonly state: 'nothing-left'};

export const notPlanned = {state: 'idle'} as const;
export const isPlanning = {state: 'loading'} as const;
export const isPlanned = {state: 'ready'} as const;
