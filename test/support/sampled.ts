import {createHash} from 'node:crypto';

const share = Number(process.env.TEST_SHARE ?? 1);
const seed = process.env.TEST_SEED ?? '';

/**
 * The rows of a long table that this run tries: all of them under `npm run test:all`, else a share by the run's seed, at least one.
 * Which rows those are depends on the seed and the rows alone, so that `TEST_SEED=… npm test` tries the very same again.
 * @param table what the table is about: two tables with the same rows leave out different ones
 * @param times how many times the usual share, for rows that cost little
 */
export function sampled<Row>(table: string, rows: readonly Row[], times = 1): readonly Row[] {
	if (share >= 1) return rows;
	const drawn = rows
		.map((row) => ({row, rank: rankOf(`${seed} ${table} ${JSON.stringify(row)}`)}))
		.sort((one, other) => one.rank.localeCompare(other.rank))
		.slice(0, Math.max(1, Math.round(rows.length * share * times)));
	const kept = new Set(drawn.map(({row}) => row));
	return rows.filter((row) => kept.has(row));
}

/** How often this run tries what chance decides: as often as that under `npm run test:all`, else a share of it. */
export function sampledCount(count: number): number {
	return Math.ceil(count * share);
}

function rankOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
