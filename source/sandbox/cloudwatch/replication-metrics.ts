import {type MeasuredOperation} from '../world/measured-operation.js';

const minuteMs = 60_000;

/** A value for one minute. */
export type MinuteValue = {readonly minuteMs: number; readonly value: number};

type ReplicationMetric = {
	readonly unit: 'Bytes' | 'Count' | 'Seconds';
	/** Where it is found: failures in the source's region, what is pending in the destination's (S3 User Guide, replication-metrics). */
	readonly regionOf: (operation: MeasuredOperation) => string;
	readonly valuesOf: (operations: readonly MeasuredOperation[], nowMs: number) => readonly MinuteValue[];
};

/** The metrics of replication (S3 User Guide, metrics-dimensions, replication-metrics). */
export const replicationMetrics: Readonly<Record<string, ReplicationMetric>> = {
	OperationsFailedReplication: {
		unit: 'Count',
		regionOf: ({sourceRegion}) => sourceRegion,
		// Without failures there is no value, and none of 0 either.
		valuesOf: (operations) => {
			const failures = new Map<number, number>();
			for (const {hasFailed, finishedMs} of operations) {
				if (!hasFailed || finishedMs === undefined) continue;
				const minute = minuteOf(finishedMs);
				failures.set(minute, (failures.get(minute) ?? 0) + 1);
			}
			return [...failures].map(([minute, value]) => ({minuteMs: minute, value}));
		},
	},
	OperationsPendingReplication: {
		unit: 'Count',
		regionOf: ({destinationRegion}) => destinationRegion,
		valuesOf: (operations, nowMs) => maxPending(operations, nowMs, () => 1),
	},
	BytesPendingReplication: {
		unit: 'Bytes',
		regionOf: ({destinationRegion}) => destinationRegion,
		valuesOf: (operations, nowMs) => maxPending(operations, nowMs, ({sizeBytes}) => sizeBytes),
	},
	ReplicationLatency: {
		unit: 'Seconds',
		regionOf: ({destinationRegion}) => destinationRegion,
		valuesOf: (operations, nowMs) =>
			eachMinute(operations, nowMs, (inMinute, minute) =>
				Math.max(
					0,
					...inMinute.map(
						({requestedMs, finishedMs = nowMs}) =>
							(Math.min(finishedMs, minute + minuteMs) - requestedMs) / 1000,
					),
				),
			),
	},
};

/** The most that were pending at once, minute by minute. */
function maxPending(
	operations: readonly MeasuredOperation[],
	nowMs: number,
	weightOf: (operation: MeasuredOperation) => number,
): readonly MinuteValue[] {
	return eachMinute(operations, nowMs, (inMinute) => {
		const changes = inMinute.flatMap((operation) => [
			{atMs: operation.requestedMs, by: weightOf(operation)},
			{atMs: operation.finishedMs ?? Number.POSITIVE_INFINITY, by: -weightOf(operation)},
		]);
		changes.sort((left, right) => left.atMs - right.atMs || right.by - left.by);
		let pending = 0;
		let most = 0;
		for (const {by} of changes) {
			pending += by;
			most = Math.max(most, pending);
		}
		return most;
	});
}

/** A value for each minute from the first operation on, of those that were pending in it. */
function eachMinute(
	operations: readonly MeasuredOperation[],
	nowMs: number,
	valueOf: (inMinute: readonly MeasuredOperation[], minute: number) => number,
): readonly MinuteValue[] {
	const byMinute = new Map<number, MeasuredOperation[]>();
	let firstMs = Number.POSITIVE_INFINITY;
	for (const operation of operations) {
		const {requestedMs, finishedMs = nowMs} = operation;
		firstMs = Math.min(firstMs, minuteOf(requestedMs));
		for (let minute = minuteOf(requestedMs); minute <= finishedMs; minute += minuteMs) {
			const inMinute = byMinute.get(minute) ?? [];
			inMinute.push(operation);
			byMinute.set(minute, inMinute);
		}
	}
	const values: MinuteValue[] = [];
	for (let minute = firstMs; minute <= nowMs; minute += minuteMs) {
		values.push({minuteMs: minute, value: valueOf(byMinute.get(minute) ?? [], minute)});
	}
	return values;
}

function minuteOf(timeMs: number): number {
	return Math.floor(timeMs / minuteMs) * minuteMs;
}
