import {fixable, type Problem} from '../problem.js';
import {countText} from './count-text.js';

/** What a comparison of two buckets has come to: the current versions of the source's keys, counted. */
export type ComparedBuckets = {
	readonly sourceBucket: string;
	readonly destination: string;
	readonly same: number;
	readonly missing: number;
	readonly different: number;
	/** A rule that filters by tags may take them, or not. */
	readonly notKnown: number;
	/** Younger than the lag, and not there yet. */
	readonly young: number;
	/** No rule takes them. */
	readonly leftOut: number;
	/** Keys that only the destination has. */
	readonly onlyThere: number;
	/** Versions and delete markers read, of both sides. */
	readonly versions: number;
	readonly requests: {readonly list: number; readonly head: number};
	readonly elapsedMs: number;
	/** Whether there are more objects than were to be compared. */
	readonly isCut: boolean;
};

/**
 * What a comparison ends with, if it found something. Source: S3 User Guide, "Replicating existing objects": versions that were deleted at the
 * destination cannot be replicated again.
 *
 * @param gone how many of the missing are COMPLETED, as far as was looked: their replicas were deleted
 * @param commands what copies objects that exist already, and what finds the cause of one
 */
export function comparisonProblem(
	compared: readonly ComparedBuckets[],
	gone: number,
	commands: {readonly copy: string; readonly diagnose: string},
): Problem | undefined {
	const sum = (name: 'missing' | 'different'): number =>
		compared.reduce((total, one) => total + one[name], 0);
	const [missing, different] = [sum('missing'), sum('different')];
	if (missing + different === 0) return undefined;
	const [first] = compared.filter((one) => one.missing + one.different > 0);
	const source = first?.sourceBucket ?? '';
	return fixable(
		'buckets-differ',
		`${countText(missing)} ${missing === 1 ? 'object is' : 'objects are'} missing, ${countText(different)} ${different === 1 ? 'is' : 'are'} different`,
		`Current versions of ${source} and ${compared.map(({destination}) => destination).join(', ')} differ in key, version id or size.`,
		[
			...(missing > gone ? [`Copy what is missing: ${commands.copy}`] : []),
			...(gone > 0
				? [`No job copies deleted replicas again (${gone}): copy those objects onto themselves.`]
				: []),
			...(different > 0
				? ['Look at what is different: S3 never writes over what others wrote at the destination.']
				: []),
			`Find the cause of one: ${commands.diagnose}`,
		],
	);
}

/** More objects than are compared by listing. */
export function tooManyProblem(maxObjects: number, documents: Problem['documents']): Problem {
	return {
		...fixable(
			'too-many-objects',
			`Stopped comparing: more than ${maxObjects} objects`,
			'Listing so many takes hours. S3 Inventory and Athena compare them in one query. Nothing was written.',
			[
				'Set up both inventories as below; the first comes within two days.',
				'Then run the query below in Athena.',
				'Or list them all the same: --max-objects N.',
			],
		),
		documents,
	};
}
