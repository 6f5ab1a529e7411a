export type Outcome = 'succeeded' | 'failed' | 'cancelled';

export type Command = 'wizard' | 'plan' | 'apply' | 'watch' | 'undo' | 'sandbox';

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

export type DelayFigures = {
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	readonly max: number;
};
