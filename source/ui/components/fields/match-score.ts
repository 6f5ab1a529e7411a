const isSubsequence = (needle: string, text: string): boolean => {
	let position = 0;
	for (let index = 0; index < text.length && position < needle.length; index++) {
		if (text.charCodeAt(index) === needle.charCodeAt(position)) position++;
	}

	return position === needle.length;
};

const isWordCharacter = /[\p{L}\p{N}]/u;

/** Does `needle` begin at a word inside the text: after `-`, `.`, `/`, a blank? */
const startsWord = (needle: string, text: string, firstAt: number): boolean => {
	for (let at = firstAt; at !== -1; at = text.indexOf(needle, at + 1)) {
		if (!isWordCharacter.test(text.charAt(at - 1))) return true;
	}

	return false;
};

const rankOf = (term: string, text: string, isName: boolean): number | undefined => {
	const at = text.indexOf(term);
	// Only the name: digits of an account id are a subsequence of almost anything.
	if (at === -1) return isName && isSubsequence(term, text) ? 4 : undefined;
	if (at === 0) return text.length === term.length ? 0 : 1;
	return startsWord(term, text, at) ? 2 : 3;
};

const scoreTerm = (term: string, texts: readonly string[]): number | undefined => {
	let best: number | undefined;
	for (const [index, text] of texts.entries()) {
		const rank = rankOf(term, text, index === 0);
		if (rank === undefined) continue;
		const score = rank * 2 + (index === 0 ? 0 : 1);
		if (best === undefined || score < best) best = score;
	}

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
