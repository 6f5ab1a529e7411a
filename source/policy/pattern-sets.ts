import {type Pattern, type PatternPart} from './pattern.js';

/** Says whether some text fits both patterns. */
export function overlaps(left: Pattern, right: Pattern): boolean {
	return compare(left, right, {
		pairs: (a, b) => typeof a === 'string' || typeof b === 'string' || a.literal === b.literal,
		skipsRightMany: true,
	});
}

/** Says whether all text that fits the inner pattern fits the outer one; where in doubt, no. */
export function covers(outer: Pattern, inner: Pattern): boolean {
	return compare(outer, inner, {
		pairs: (a, b) =>
			b !== 'any-many' &&
			(a === 'any-one' || (typeof a === 'object' && typeof b === 'object' && a.literal === b.literal)),
		skipsRightMany: false,
	});
}

type Rules = {
	readonly pairs: (left: PatternPart, right: PatternPart) => boolean;
	/** May a run of any characters on the right stand for any text, or must the left take it whole. */
	readonly skipsRightMany: boolean;
};

/** Row by row: `row[j]` says whether the patterns agree up to the left part reached and j right parts. */
function compare(left: Pattern, right: Pattern, {pairs, skipsRightMany}: Rules): boolean {
	const isSkipped = (part: PatternPart | undefined) => skipsRightMany && part === 'any-many';
	let row = [true];
	right.forEach((part, index) => row.push(row[index] === true && isSkipped(part)));
	for (const part of left) {
		const above: readonly boolean[] = row;
		row = [part === 'any-many' && above[0] === true];
		right.forEach((other, index) => {
			const takes = part === 'any-many' && (above[index + 1] === true || row[index] === true);
			const skips = isSkipped(other) && (row[index] === true || above[index + 1] === true);
			const isPair = part !== 'any-many' && !isSkipped(other) && above[index] === true && pairs(part, other);
			row.push(takes || skips || isPair);
		});
	}
	return row[right.length] === true;
}
