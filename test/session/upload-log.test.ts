import {describe, expect, test} from 'vitest';
import {recordedVersion} from '../../source/domain/record/own-files.js';
import {createRecorder} from '../../source/engine/record/recorder.js';
import type {RecordLine} from '../../source/domain/record/run-record.js';
import {createUploadLog} from '../../source/session/actions/watch/upload-log.js';

const prefix = 's3-replicate-test/20261128-090000-1a2b/';

/** A book whose lines are kept, at a time that a test sets. */
async function open(append?: (line: RecordLine) => Promise<void>) {
	const lines: RecordLine[] = [];
	let nowMs = 0;
	const clock = {now: () => nowMs, wait: async () => undefined};
	const keep = async (line: RecordLine): Promise<void> => {
		lines.push(line);
	};
	const recorder = createRecorder({append: append ?? keep}, clock);
	await recorder.uploads(prefix, []).catch(() => undefined);
	const book = createUploadLog(async () => recorder, clock);
	const notes = book.begin(prefix);
	return {
		book,
		notes,
		versionLines: () => lines.flatMap((line) => (line.type === 'versions' ? [line] : [])),
		at(ms: number) {
			nowMs = ms;
		},
		upload(number: number) {
			notes.beginning();
			notes.uploaded(`${prefix}${String(number).padStart(5, '0')}.txt`, `v${number}`, true);
		},
	};
}

describe('what is uploaded', () => {
	test('is written down in one line a second at most, however quick the uploads are', async () => {
		const {book, upload, at, versionLines} = await open();
		for (let number = 1; number <= 3000; number++) {
			at(number * 3);
			upload(number);
		}

		await book.flush();

		expect(versionLines().length).toBeLessThanOrEqual(10);
		expect(versionLines().flatMap(({versions}) => versions)).toHaveLength(3000);
		expect(versionLines().map(({isComplete}) => isComplete)).toEqual(
			versionLines().map((line) => line === versionLines().at(-1)),
		);
	});

	test('is written down at the end in any case', async () => {
		const {book, upload, versionLines} = await open();
		upload(1);
		expect(versionLines()).toEqual([]);

		await book.flush();

		expect(versionLines()).toMatchObject([{step: 1, versions: [['00001.txt', 'v1']], isComplete: true}]);
	});

	test('does not make the record grow without bound: of a million files the first hundred thousand are in it', async () => {
		const {book, upload, versionLines} = await open();
		for (let number = 1; number <= 1_000_000; number++) upload(number);

		await book.flush();

		expect(versionLines().flatMap(({versions}) => versions)).toHaveLength(100_000);
		expect(versionLines().some(({isComplete}) => isComplete)).toBe(false);
		expect(book.ownFiles(prefix)).toMatchObject({isComplete: false, isMarked: true});
		expect(book.ownFiles(prefix).recorded.size).toBe(100_000);
	});
});

describe('not everything is said to be written down', () => {
	test.each<[string, (one: Awaited<ReturnType<typeof open>>) => void]>([
		['while an upload is under way, or has failed', ({notes}) => notes.beginning()],
		[
			'where a request was made twice: the first may have written a version as well',
			({notes}) => {
				notes.beginning();
				notes.uploaded(`${prefix}00002.txt`, 'v2', false);
			},
		],
		[
			'where a version has no id of its own',
			({notes}) => {
				notes.beginning();
				notes.uploaded(`${prefix}00002.txt`, 'null', true);
			},
		],
	])('%s', async (_name, happens) => {
		const one = await open();
		one.upload(1);
		happens(one);

		await one.book.flush();

		expect(one.versionLines().some(({isComplete}) => isComplete)).toBe(false);
		const {isComplete, recorded} = one.book.ownFiles(prefix);
		expect(isComplete).toBe(false);
		expect(recorded.has(recordedVersion('00001.txt', 'v1'))).toBe(true);
		expect(recorded.has(recordedVersion('00002.txt', 'null'))).toBe(false);
	});

	test('where the record could not be written', async () => {
		const {book, upload} = await open(async () => Promise.reject(new Error('ENOSPC')));
		upload(1);
		await book.flush();
		upload(2);
		await book.flush();

		expect(book.ownFiles(prefix).isComplete).toBe(false);
	});
});
