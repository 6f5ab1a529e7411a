import path from 'node:path';
import {type Receipt, receiptKind} from '../../domain/hand-over/receipt.js';
import {readReceipt} from '../../domain/hand-over/read-receipt.js';
import {fixable, messageOf, ProblemError} from '../../domain/problem.js';
import type {ReceiptStore} from '../../session/report/stores.js';
import {textIn, writePrivately} from './text-files.js';

/** Policies of S3 and KMS have 20 and 32 KB at most: nothing that this program writes comes near it. */
const limitBytes = 1_048_576;

/** Receipts as files. They hold no secret, and are for their owner alone until they are sent. */
export function receiptFiles(): ReceiptStore {
	return {
		async save(file, text) {
			const place = path.resolve(file);
			const before = await textIn(place, notUsable(place), limitBytes);
			if (before !== undefined && before !== '' && !before.includes(`"${receiptKind}"`))
				throw unusable('write', place, 'A file with another content is there.');
			try {
				await writePrivately(place, text);
			} catch (error) {
				throw unusable('write', place, sentenceOf(error));
			}

			return place;
		},
	};
}

/** Reads a receipt, as an input that anybody may have written. Throws the problem of a file that is absent, unreadable, too large or no receipt. */
export async function openReceipt(file: string): Promise<Receipt> {
	const place = path.resolve(file);
	const text = await textIn(place, notUsable(place), limitBytes);
	const found = text === undefined ? undefined : readReceipt(text);
	if (found?.ok) return found.receipt;
	throw unusable('use', place, found?.fault ?? 'There is no such file.');
}

const sentenceOf = (error: unknown): string => messageOf(error) + (error instanceof Error ? '.' : '');

const notUsable = (place: string) => (error: unknown) => unusable('use', place, sentenceOf(error));

function unusable(verb: 'use' | 'write', place: string, cause: string): ProblemError {
	return new ProblemError(
		fixable('receipt-file', `Cannot ${verb} the receipt ${place}`, cause, [
			verb === 'write'
				? 'Name another file: --receipt FILE.'
				: 'Name the file that export --for destination wrote: --receipt FILE.',
		]),
	);
}
