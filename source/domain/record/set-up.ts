import {sameEndpoint} from '../endpoint/recorded-endpoint.js';
import {leftToUndo, type RunRecord} from './run-record.js';

/** Runs that are taken back in one go, oldest first: one that set something up, those that went on with it, and the watches of its bucket. */
export type SetUp = readonly RunRecord[];

/**
 * The recorded runs as set-ups, that of the latest run first. A run goes on with the one before it about the same buckets where that
 * stopped before all of its plan was done. A watch belongs to the latest set-up of its bucket that has something left;
 * another one stands for itself. Records come newest first. Pure.
 */
export function setUpsOf(records: readonly RunRecord[]): readonly SetUp[] {
	const setUps: RunRecord[][] = [];
	for (const record of [...records].reverse()) {
		const existing = isWatch(record)
			? setUps.findLast((runs) => runs.some((run) => isWatchedBy(run, record)) && leftOf(runs) > 0)
			: setUps.findLast((runs) => runs.some((run) => isSamePair(run, record)));
		const last = existing?.findLast((run) => !isWatch(run));
		if (existing && last && (isWatch(record) || isStopped(last))) existing.push(record);
		else setUps.push([record]);
	}

	return setUps.sort((left, right) => latestOf(right, records) - latestOf(left, records));
}

/** What is taken back with a run: a watch alone, another with its whole set-up. */
export function setUpOf(named: RunRecord, records: readonly RunRecord[]): SetUp {
	if (isWatch(named)) return [named];
	const {runId} = named.header;
	return setUpsOf(records).find((runs) => runs.some(({header}) => header.runId === runId)) ?? [named];
}

/** The set-up that is offered where none is named: the latest with something left, before any watch of buckets that no run set up. */
export function offered(setUps: readonly SetUp[]): SetUp | undefined {
	const open = setUps.filter((runs) => leftOf(runs) > 0);
	return open.find((runs) => runs.some((run) => !isWatch(run))) ?? open[0];
}

/** The run that stands for a set-up: the latest that set something up and has something left. */
export function nameOf(runs: SetUp): string {
	const open = runs.filter((run) => leftToUndo(run) > 0);
	const found = open.findLast((run) => !isWatch(run)) ?? open.at(-1) ?? runs.at(-1);
	return found?.header.runId ?? '';
}

/** How much all runs of a set-up have left. */
export function leftOf(runs: SetUp): number {
	return runs.reduce((sum, run) => sum + leftToUndo(run), 0);
}

const isWatch = ({header}: RunRecord): boolean => header.mode === undefined;

const isStopped = ({unmadeCount, outcome}: RunRecord): boolean => unmadeCount > 0 && outcome !== 'succeeded';

function isSamePair(left: RunRecord, right: RunRecord): boolean {
	return !isWatch(left) && isSamePlace(left, right) && pairOf(left) === pairOf(right);
}

function isWatchedBy(run: RunRecord, watch: RunRecord): boolean {
	const [source] = watch.header.ends;
	return !isWatch(run) && isSamePlace(run, watch) && run.header.ends[0]?.bucket === source?.bucket;
}

function isSamePlace(left: RunRecord, right: RunRecord): boolean {
	return sameEndpoint(left.header.endpointUrl, right.header.endpointUrl);
}

function pairOf({header}: RunRecord): string {
	return header.ends.map(({accountId, bucket}) => `${accountId} ${bucket}`).join(' ');
}

/** How far to the front of the records, which come newest first, the run stands that stands for a set-up. */
function latestOf(runs: SetUp, records: readonly RunRecord[]): number {
	const name = nameOf(runs);
	return -records.findIndex(({header}) => header.runId === name);
}
