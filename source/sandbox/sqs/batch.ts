import {type BatchResultErrorEntry} from '@aws-sdk/client-sqs';
import {ServiceError} from '../wire/service-error.js';
import {queryCodeOf, sqsError} from './errors.js';

const maxEntries = 10;

type Entry = {readonly Id: string | undefined};

/** The rules of every batch (recorded: test_too_many_entries_in_batch_request, test_invalid_batch_id; SQS API reference, SendMessageBatch). */
export function checkBatch(entries: readonly Entry[]): void {
	if (entries.length === 0) throw sqsError('EmptyBatchRequest');
	if (entries.length > maxEntries) {
		throw sqsError(
			'TooManyEntriesInBatchRequest',
			`Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`,
		);
	}
	const ids = entries.map(({Id = ''}) => Id);
	if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) throw sqsError('InvalidBatchEntryId');
	if (new Set(ids).size < ids.length) throw sqsError('BatchEntryIdsNotDistinct');
}

/** Does each entry by itself: one that fails is told among the failed, and keeps no other back. */
export function eachOfBatch<One extends Entry, Result extends object>(
	entries: readonly One[],
	run: (entry: One) => Result,
): {Successful: Array<Result & {Id: string}>; Failed: BatchResultErrorEntry[]} {
	const Successful: Array<Result & {Id: string}> = [];
	const Failed: BatchResultErrorEntry[] = [];
	for (const entry of entries) {
		const Id = entry.Id ?? '';
		try {
			Successful.push({...run(entry), Id});
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			Failed.push({
				Id,
				Code: queryCodeOf(error.code),
				Message: error.message,
				SenderFault: error.status < 500,
			});
		}
	}
	return {Successful, Failed};
}
