import {describe, expect, test} from 'vitest';
import {
	alsoUndoable,
	isOvertaken,
	resumableRun,
	undoableSetUps,
} from '../../source/domain/record/resumable.js';
import {nameOf} from '../../source/domain/record/set-up.js';
import type {RunHeader, RunRecord} from '../../source/domain/record/run-record.js';

const end = (bucket: string) => ({profile: 'p', accountId: '1', region: 'us-east-1', bucket});

/** A run that stopped in the middle, with test files to take back. */
function stopped(runId: string, change: Partial<RunRecord> = {}, header: Partial<RunHeader> = {}): RunRecord {
	const ends = header.ends ?? [end('a'), end('b')];
	return {
		header: {
			type: 'run',
			schemaVersion: 1,
			runId,
			command: 'apply',
			at: 1,
			endpointUrl: null,
			sandbox: false,
			mode: 'cross-region',
			...header,
			ends,
		},
		outcome: 'cancelled',
		leftToDo: 2,
		unmadeCount: 2,
		isForgotten: false,
		plannedCount: 7,
		steps: [
			{
				step: 1,
				kind: 'files',
				prefix: 'p',
				recorded: new Set(),
				isComplete: true,
				isMarked: true,
				ends: [{...end('a'), side: 'source'}],
				outcome: 'done',
				undo: 'open',
			},
		],
		isCutOff: false,
		...change,
	};
}

const aws = {endpointUrl: null, endpointsOf: () => undefined};
const elsewhere: Partial<RunHeader> = {endpointUrl: 'http://127.0.0.1:9'};
const others: Partial<RunHeader> = {ends: [end('c'), end('d')]};
const first = stopped('first');

const nothingLeft: Partial<RunRecord> = {steps: []};

describe('the run that is gone on with', () => {
	test.each([
		['one that stopped', [first], 'first'],
		['the latest of several', [stopped('second', {}, others), first], 'second'],
		[
			'an earlier one, where the later is about other buckets and is done',
			[stopped('second', {leftToDo: 0}, others), first],
			'first',
		],
		[
			'none, where a later one has been about its buckets',
			[stopped('second', {leftToDo: 0}), first],
			undefined,
		],
		[
			'one whose buckets a run elsewhere has the names of',
			[stopped('second', {leftToDo: 0}, elsewhere), first],
			'first',
		],
		['none of a watch', [stopped('watch', {}, {mode: undefined})], undefined],
		['none that ended well', [stopped('first', {outcome: 'succeeded'})], undefined],
	])('is %s', (_what, records, runId) => {
		expect(resumableRun(records, aws)?.header.runId).toBe(runId);
	});
});

describe('a run', () => {
	test.each([
		['by a later one of the same buckets', [stopped('second')], true],
		['by none', [], false],
		['not by one of other buckets', [stopped('second', {}, others)], false],
		['not by one at another endpoint', [stopped('second', {}, elsewhere)], false],
	])('is overtaken %s', (_what, later, isSo) => {
		expect(isOvertaken(first, later)).toBe(isSo);
	});
});

describe('what else can be taken back', () => {
	const taken = stopped('taken', nothingLeft);

	test.each([
		['the run before, of the same buckets', [taken, first], 'first'],
		['a run that shares one bucket', [stopped('later', {}, {ends: [end('b'), end('c')]}), taken], 'later'],
		['no run of other buckets', [taken, stopped('other', {}, others)], undefined],
		['no run with nothing left', [taken, stopped('earlier', nothingLeft)], undefined],
		['no run at another endpoint', [taken, stopped('other', {}, elsewhere)], undefined],
		['not the run itself', [stopped('taken')], undefined],
	])('is %s', (_what, records, runId) => {
		expect(alsoUndoable(records, 'taken', aws)?.header.runId).toBe(runId);
	});

	test('is every run at the endpoint with something left, where none was taken back', () => {
		const records = [stopped('elsewhere', {}, elsewhere), taken, stopped('second', {}, others), first];
		expect(undoableSetUps(records, aws).map(nameOf)).toEqual(['second', 'first']);
	});
});
