import {pricesDate} from '../prices.js';
import type {AnswerEntry} from './answer-entry.js';

/** Test files show that objects arrive: larger ones show no more. */
const largestFileBytes = 100 * 1024 * 1024;
const defaultSizeBytes = 1024;
const defaultCount = 5;

export const testFileCount = {
	flag: 'files',
	kind: 'count',
	placeholder: 'N',
	max: 1_000_000,
	commands: ['wizard', 'apply', 'watch'],
	group: 'run',
	description: `test files (${defaultCount}; apply on AWS: 0); with --two-way each way`,
	belongsTo: 'test-files',
	field: {
		label: 'Test files',
		note: 'Uploaded after the setup and followed until they arrive. 0 uploads none. Two-way: so many each way.',
		cost: `Under $0.01 for ten (${pricesDate}).`,
	},
	question: {
		text: 'How many test files',
		help: 'They show that objects arrive, and how soon. With 0 nothing is sent. In a two-way set-up so many go each way.',
	},
	defaultOf: () => defaultCount,
} as const satisfies AnswerEntry;

export const testFileSizeBytes = {
	flag: 'file-size',
	kind: 'count',
	placeholder: 'BYTES',
	max: largestFileBytes,
	commands: ['wizard', 'apply', 'watch'],
	group: 'run',
	description: `size of a test file (${defaultSizeBytes})`,
	belongsTo: 'test-files',
	isImplied: (value) => value === defaultSizeBytes,
	defaultOf: () => defaultSizeBytes,
} as const satisfies AnswerEntry;
