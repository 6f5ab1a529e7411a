export type Outcome = 'succeeded' | 'failed' | 'cancelled';

export type Command =
	| 'wizard'
	| 'plan'
	| 'apply'
	| 'watch'
	| 'diagnose'
	| 'export'
	| 'batch'
	| 'undo'
	| 'sandbox';

export type OperationCounts = {
	readonly created: number;
	readonly updated: number;
	readonly kept: number;
	readonly deleted: number;
};

export type ObjectCounts = {
	readonly uploaded: number;
	readonly replicated: number;
	readonly failed: number;
	readonly pending: number;
};

/** How many causes were found, by how certain they are. */
export type CauseCounts = {readonly certain: number; readonly likely: number; readonly possible: number};

export type DelayFigures = {
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	readonly max: number;
};

/** How many files were sent, or should have been: those that could not be uploaded have failed. */
export function fileCount({replicated, failed, pending}: ObjectCounts): number {
	return replicated + failed + pending;
}

/** How many delays are in no figure: nobody looked while those files arrived. */
export function leftOutText(count: number): string {
	return `${count} ${count === 1 ? 'delay' : 'delays'} over a pause left out`;
}
