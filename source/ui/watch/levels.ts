/** The sign for a height: none for nothing, the lowest as soon as there is anything. */
const levelOf = (share: number, levels: readonly string[]): string => {
	if (share <= 0) return ' ';
	const index = Math.min(levels.length - 1, Math.max(0, Math.ceil(share * levels.length) - 1));
	return levels[index] ?? ' ';
};

/**
 * Values as a row of signs, one cell each.
 *
 * @param levels signs from lowest to highest
 */
export const sparkline = (values: readonly number[], levels: readonly string[]): string => {
	const highest = Math.max(0, ...values);
	return values.map((value) => (highest === 0 ? ' ' : levelOf(value / highest, levels))).join('');
};

/**
 * Values as columns over several rows, the highest of them as high as all rows.
 *
 * @param cellWidth cells across for each value; the last of them stays free
 * @returns rows from the top
 */
export const columnChart = (
	values: readonly number[],
	levels: readonly string[],
	{rows, cellWidth = 1}: {readonly rows: number; readonly cellWidth?: number},
): readonly string[] => {
	const highest = Math.max(0, ...values);
	const full = levels.at(-1) ?? ' ';
	return Array.from({length: rows}, (_, index) => {
		const below = rows - 1 - index;
		return values
			.map((value) => {
				const height = highest === 0 ? 0 : (value / highest) * rows - below;
				// Whatever is not nothing is seen: the lowest row has at least the lowest sign.
				const sign =
					height >= 1 ? full : levelOf(below === 0 && value > 0 ? Math.max(height, 0.01) : height, levels);
				return cellWidth === 1 ? sign : sign.repeat(cellWidth - 1) + ' ';
			})
			.join('');
	});
};
