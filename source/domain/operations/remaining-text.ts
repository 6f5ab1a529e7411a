import {allPlannedKinds, type OperationKind} from './registry.js';

/** What a run has changed stays in the accounts, as the summary says it. */
export function remainingText(changedKinds: readonly OperationKind[]): string {
	const changed = new Set<string>(changedKinds);
	const remaining = allPlannedKinds()
		.filter(({kind, remaining: {impliedBy}}) => changed.has(kind) && !changed.has(impliedBy ?? ''))
		.map((kind) => kind.remaining);
	const nouns = remaining.map(({noun}) => noun);
	const last = nouns.at(-1) ?? '';
	const list = nouns.length === 1 ? last : `${nouns.slice(0, -1).join(', ')} and ${last}`;
	const verb = nouns.length > 1 || remaining[0]?.isPlural ? 'stay' : 'stays';
	const remarks = remaining.flatMap(({remark}) => (remark === undefined ? [] : [`; ${remark}`]));
	return `${list} ${verb}${remarks.join('')}`;
}
