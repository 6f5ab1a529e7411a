import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import type {Receipt} from '../../domain/hand-over/receipt.js';
import {receiptKind} from '../../domain/hand-over/receipt.js';
import {readReceipt} from '../../domain/hand-over/read-receipt.js';
import {fixable, type Problem, ProblemError} from '../../domain/problem.js';
import type {ReceiptStore} from '../../session/report/receipt-store.js';
import {makeFolder} from './make-folder.js';

/** Policies of S3 and KMS have 20 and 32 KB at most: nothing that this program writes comes near it. */
const limitBytes = 1_048_576;

/** Receipts as files. They hold no secret, and are for their owner alone until they are sent. */
export function receiptFiles(): ReceiptStore {
	return {
		async save(file, text) {
			const place = path.resolve(file);
			const before = await textIn(place);
			if (before !== undefined && before !== '' && !before.includes(`"${receiptKind}"`))
				throw new ProblemError(unusable('write', place, 'A file with another content is there.'));
			try {
				await makeFolder(path.dirname(place));
				await writeFile(place, text, {mode: 0o600});
				await chmod(place, 0o600);
			} catch (error) {
				throw new ProblemError(unusable('write', place, causeOf(error)));
			}

			return place;
		},
	};
}

/** Reads a receipt, as an input that anybody may have written. Throws the problem of a file that is absent, unreadable, too large or no receipt. */
export async function openReceipt(file: string): Promise<Receipt> {
	const place = path.resolve(file);
	const text = await textIn(place);
	const found = text === undefined ? undefined : readReceipt(text);
	if (found?.ok) return found.receipt;
	throw new ProblemError(unusable('use', place, found?.fault ?? 'There is no such file.'));
}

async function textIn(place: string): Promise<string | undefined> {
	try {
		return (await readRegularFile(place, limitBytes)).text;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw new ProblemError(unusable('use', place, causeOf(error)));
	}
}

const causeOf = (error: unknown): string => (error instanceof Error ? `${error.message}.` : String(error));

function unusable(verb: 'use' | 'write', place: string, cause: string): Problem {
	return fixable('receipt-file', `Cannot ${verb} the receipt ${place}`, cause, [
		verb === 'write'
			? 'Name another file: --receipt FILE.'
			: 'Name the file that export --for destination wrote: --receipt FILE.',
	]);
}
