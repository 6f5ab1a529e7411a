const isSubsequence = (needle: string, text: string): boolean => {
	let position = 0;
	for (const character of text) {
		if (character === needle[position]) position++;
		if (position === needle.length) return true;
	}

	return false;
};

/** Does `needle` begin at a word inside the text: after `-`, `.`, `/`, a blank? */
const startsWord = (needle: string, text: string): boolean => {
	for (let at = text.indexOf(needle, 1); at !== -1; at = text.indexOf(needle, at + 1)) {
		if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
	}

	return false;
};

const scoreTerm = (term: string, texts: readonly string[]): number | undefined => {
	let best: number | undefined;
	texts.forEach((text, index) => {
		const isName = index === 0;
		const rank =
			text === term
				? 0
				: text.startsWith(term)
					? 1
					: startsWord(term, text)
						? 2
						: text.includes(term)
							? 3
							: // Only the name: digits of an account id are a subsequence of almost anything.
								isName && isSubsequence(term, text)
								? 4
								: undefined;
		if (rank === undefined) return;
		const score = rank * 2 + (isName ? 0 : 1);
		best = Math.min(best ?? score, score);
	});
	return best;
};

/**
 * How well an item matches what was typed: the whole text, its beginning, a word's beginning, inside, a subsequence of
 * the name; lower is better. Several words must all match.
 *
 * @param filter what was typed
 * @param texts the item's texts, its name first
 * @returns undefined when it does not match
 */
export const matchScore = (filter: string, texts: readonly string[]): number | undefined => {
	const lowered = texts.map((text) => text.toLowerCase());
	let total = 0;
	for (const term of filter.toLowerCase().split(' ')) {
		if (term === '') continue;
		const score = scoreTerm(term, lowered);
		if (score === undefined) return undefined;
		total += score;
	}

	return total;
};

/** The items that match, best first; equals keep their order. With an empty filter all of them, in their order. */
export const matchItems = <T>(
	filter: string,
	items: readonly T[],
	textsOf: (item: T) => readonly string[],
): readonly T[] => {
	if (filter.trim() === '') return items;
	return items
		.flatMap((item) => {
			const score = matchScore(filter, textsOf(item));
			return score === undefined ? [] : [{item, score}];
		})
		.sort((a, b) => a.score - b.score)
		.map(({item}) => item);
};
