import {fixable, type Problem} from '../problem.js';
import {handOverCommandOf, receiptCommandOf} from '../answers/command-line.js';
import type {Receipt, ReceiptEnd} from './receipt.js';

/** A profile of another account than the end that it acts for. */
export function otherAccountProblem(
	profile: string,
	accountId: string,
	side: 'source' | 'destination',
	end: ReceiptEnd,
): Problem {
	return fixable(
		'receipt-other-account',
		`Cannot use profile ${profile} for this receipt: other account`,
		`It is of account ${accountId}, and ${end.bucket}, the ${side}, is of account ${end.accountId}. Nothing was changed.`,
		[`Name a profile of account ${end.accountId}: --${side}-profile NAME.`],
	);
}

/** The other side has not said that it is done. */
export function unconfirmedProblem(
	{destination}: Receipt,
	file: string,
	endpointUrl: string | null,
): Problem {
	return fixable(
		'receipt-unconfirmed',
		`Cannot go on: account ${destination.accountId} has not confirmed`,
		`The file says what the owner of ${destination.bucket} must do, not what was done.`,
		[
			`Send it to the owner of account ${destination.accountId}, who runs: ${receiptCommandOf('diagnose', fileNameOf(file), {destinationProfile: 'NAME'}, endpointUrl)} --fix`,
			`Then run this again with the file that comes back, at ${file}.`,
		],
	);
}

/** What is asked for now is something else than the receipt says: something changed since, or the two programs differ. */
export function changedProblem(
	differences: readonly string[],
	{answers, destination}: Receipt,
	endpointUrl: string | null,
): Problem {
	return fixable(
		'receipt-outdated',
		'Cannot go on with the receipt: something changed since',
		`${differences.join(' ')} Nothing was written.`,
		[
			`Have the owner of the source write it again: ${handOverCommandOf(answers, destination.accountId, endpointUrl)}`,
		],
	);
}

/** What of the destination's side is still to do. */
export function openProblem({source, destination}: Receipt, changes: number): Problem {
	return fixable(
		'hand-over-open',
		`Found ${changes} ${changes === 1 ? 'thing' : 'things'} to do in account ${destination.accountId}`,
		`Until then account ${source.accountId} cannot replicate ${source.bucket} to ${destination.bucket}. The documents are above.`,
		[
			'Do it: the same command with --fix shows the plan and asks.',
			'Or do it by hand with the documents above, then run this again.',
		],
	);
}

/** The other owner has the file somewhere else: its name alone counts. */
export function fileNameOf(place: string): string {
	return place.replace(/^.*[/\\]/s, '');
}
