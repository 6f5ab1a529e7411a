import {type Delays, delayFigures, noDelays} from '../domain/delays.js';
import type {
	DelayFigures,
	ObjectCounts,
	OperationCounts,
	Outcome,
	ReplicationStatus,
} from '../domain/event.js';
import type {Operation, Plan} from '../domain/plan.js';
import type {Problem} from '../domain/problem.js';

export type OperationProgress = {
	readonly operation: Operation;
	readonly state: 'waiting' | 'running' | 'retrying' | 'done' | 'failed';
	/** How many times it has been tried. */
	readonly tries: number;
	readonly startedAt?: number;
	readonly durationMs?: number;
	/** While it waits: why, and when it goes on. */
	readonly retry?: {readonly reason: string; readonly nextTryAt: number};
	readonly problem?: Problem;
};

export type Arrival = {readonly delayMs: number; readonly uncertaintyMs: number};

export type ObjectProgress = {
	readonly key: string;
	/** The newest version; `undefined` while it is uploaded. */
	readonly versionId?: string;
	readonly sizeBytes: number;
	/** Whether this run uploaded it. */
	readonly isOurs: boolean;
	readonly state: 'uploading' | 'pending' | 'replicated' | 'failed';
	/** When its upload began, for others' when it was first seen. */
	readonly startedAt: number;
	readonly uploadedAt?: number;
	/** What the source said last. */
	readonly status?: ReplicationStatus;
	/** By destination bucket; under the empty name where only the source can be seen. */
	readonly arrivals: Readonly<Record<string, Arrival>>;
	readonly resends: number;
	readonly problem?: Problem;
};

export type Watched = {
	readonly sourceBucket: string;
	readonly sourceRegion: string;
	readonly sourceProfile: string;
	readonly destinations: ReadonlyArray<{readonly bucket: string; readonly region?: string}>;
	readonly startedAt: number;
};

/** What is known of a run: everything that a screen or a summary says about it comes from here. */
export type RunState = {
	readonly runId?: string;
	readonly endpointUrl: string | null;
	readonly plan?: Plan;
	readonly operations: readonly OperationProgress[];
	readonly applyStartedAt?: number;
	readonly watched?: Watched;
	/** By key, in the order of their first appearance. */
	readonly objects: ReadonlyMap<string, ObjectProgress>;
	readonly delays: Delays;
	/** Why the rest of the files wait for the first. */
	readonly probe?: {readonly reason: string; readonly until: number};
	/** The last round of requests failed, and why. */
	readonly trouble?: {readonly problem: Problem; readonly nextTryAt: number};
	readonly finished?: {
		readonly outcome: Outcome;
		readonly operations: OperationCounts;
		readonly objects: ObjectCounts;
		readonly delayMs: DelayFigures | null;
		readonly problem: Problem | null;
	};
};

export const newRun: RunState = {endpointUrl: null, operations: [], objects: new Map(), delays: noDelays};

/** How many operations have been done, by what they did. */
export function operationCounts(run: RunState): OperationCounts {
	const counts = {created: 0, updated: 0, kept: 0, deleted: 0};
	const names = {create: 'created', update: 'updated', keep: 'kept', delete: 'deleted'} as const;
	for (const {state, operation} of run.operations) {
		if (state === 'done') counts[names[operation.change]]++;
	}

	return counts;
}

/** How many files there are, each counted by its newest version. Others' files count only where they are asked for. */
export function objectCounts(run: RunState, includesOthers = false): ObjectCounts {
	const counts = {uploaded: 0, replicated: 0, failed: 0, pending: 0};
	for (const object of run.objects.values()) {
		if (!object.isOurs && !includesOthers) continue;
		if (object.state === 'uploading') continue;
		counts.uploaded++;
		counts[object.state]++;
	}

	return counts;
}

/** The figures of all arrivals, or nothing where nothing has arrived. */
export function runDelays(run: RunState): DelayFigures | null {
	return delayFigures(run.delays);
}
