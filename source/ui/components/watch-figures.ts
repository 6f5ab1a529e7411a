import type {ObjectProgress, RunState} from '../../session/run-state.js';

/** How far the files of a watch are; each counts by its newest version. */
export type WatchFigures = {
	readonly total: number;
	readonly replicated: number;
	readonly pending: number;
	readonly failed: number;
	/** Whether others' files are among them. */
	readonly hasOthers: boolean;
};

/** No rule takes it: nothing will come of it. */
export const isNotReplicated = ({isOurs, status}: ObjectProgress): boolean => !isOurs && status === null;

/** Counts the files; those that are wanted and not sent yet are pending, those that no rule takes are left out. */
export const watchFigures = (run: RunState, filesWanted: number): WatchFigures => {
	let ours = 0;
	let others = 0;
	let replicated = 0;
	let failed = 0;
	let hasOthers = false;
	for (const object of run.objects.values()) {
		if (!object.isOurs) hasOthers = true;
		if (isNotReplicated(object)) continue;
		if (object.isOurs) ours++;
		else others++;
		if (object.state === 'replicated') replicated++;
		if (object.state === 'failed') failed++;
	}

	const total = Math.max(ours, filesWanted) + others;
	return {total, replicated, failed, pending: total - replicated - failed, hasOthers};
};

/** Failed ones first, then the newest. */
export const watchOrder = (run: RunState): readonly ObjectProgress[] =>
	[...run.objects.values()]
		.map((object, index) => ({object, index}))
		.sort((left, right) => {
			const byFailure = Number(right.object.state === 'failed') - Number(left.object.state === 'failed');
			return byFailure || right.object.startedAt - left.object.startedAt || right.index - left.index;
		})
		.map(({object}) => object);
