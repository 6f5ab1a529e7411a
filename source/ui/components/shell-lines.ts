/** A word as a shell takes it, without quotes, so that it can be broken anywhere. */
const escaped = (word: string): string => word.replaceAll(/[^\w@%+=:,./-]/g, String.raw`\$&`);

/** Breaks a word that is wider than a row; never between a backslash and what it stands for. */
const pieces = (word: string, width: number): readonly string[] => {
	const found: string[] = [];
	let left = word;
	while (left.length > width) {
		const isSplit = /(?:^|[^\\])(?:\\\\)*\\$/.test(left.slice(0, width));
		const length = isSplit ? width - 1 : width;
		found.push(left.slice(0, length));
		left = left.slice(length);
	}

	return [...found, left];
};

/**
 * A command over several rows that works when the rows are copied and pasted together: each but the last ends with a
 * backslash, which a POSIX shell takes for nothing together with the line break.
 *
 * @param words of the command; what a shell would read otherwise is escaped
 * @param width cells of a row, the backslash included; rows have to start in the terminal's first column
 */
export const shellLines = (words: readonly string[], width: number): readonly string[] => {
	const room = Math.max(8, width - 2);
	const rows: string[] = [];
	let row = '';
	for (const word of words.map(escaped)) {
		const longer = row === '' ? word : `${row} ${word}`;
		if (longer.length <= room) {
			row = longer;
			continue;
		}

		if (row !== '') rows.push(`${row} \\`);
		const parts = pieces(word, room);
		rows.push(...parts.slice(0, -1).map((part) => `${part}\\`));
		row = parts.at(-1) ?? '';
	}

	return [...rows, row];
};

/** The same in as few rows as possible: broken wherever a row ends, even within a word. */
export const denseShellLines = (words: readonly string[], width: number): readonly string[] => {
	const parts = pieces(words.map(escaped).join(' '), Math.max(8, width - 1));
	return parts.map((part, index) => (index < parts.length - 1 ? `${part}\\` : part));
};
