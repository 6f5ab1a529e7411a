import {describe, expect, it} from 'vitest';
import {fixable, ProblemError} from '../../source/domain/problem.js';
import {type GuardedDocument, writeGuarded} from '../../source/engine/guarded/guarded-write.js';
import {createRecorder} from '../../source/engine/record/recorder.js';
import type {RecordLine} from '../../source/domain/record/run-record.js';
import {leapingClock} from '../support/tried-world.js';

type Answer = string | undefined;

const busy = new ProblemError(fixable('busy', 'Cannot write', 'Busy.', []), {
	operation: 'Put',
	code: 'InternalError',
	message: '',
	httpStatus: 500,
});

/** A document `old` that becomes `new`; what each reading answers (the last one for ever) and what each write does is given. */
async function tryWrite(
	answers: readonly Answer[],
	{isNew = false, failures = 0}: {readonly isNew?: boolean; readonly failures?: number} = {},
) {
	const did: string[] = [];
	let reads = 0;
	let writes = 0;
	const isSame = (left: Answer, right: Answer): boolean => left === right;
	const document: GuardedDocument<string> = {
		noun: 'the paper',
		before: 'old',
		after: 'new',
		isNew,
		async read() {
			did.push('read');
			return answers[Math.min(reads++, answers.length - 1)];
		},
		async write(text) {
			did.push(`write ${text}`);
			if (writes++ < failures) throw busy;
		},
		isUnchanged: isSame,
		isSame,
		mergeAgain: (now) => (now === 'theirs' ? undefined : {document: now?.replace('old', 'new')}),
		retryRuleFor: () => undefined,
		unseen: {reason: 'not yet', limitMs: 9000, problem: () => fixable('unseen', 'Cannot see', 'It.', [])},
	};
	const clock = leapingClock();
	const ended = await writeGuarded(document, {
		clock,
		signal: new AbortController().signal,
		onRetry: () => undefined,
		onWritten: () => did.push('written'),
		async onMerged({before, after}) {
			did.push(`merged ${String(before)}, ${String(after)}`);
		},
	}).catch((error: unknown) => (error as ProblemError).problem);
	return {did: did.join('; '), ended};
}

const others = [
	{title: 'What was written', value: 'new'},
	{title: 'What is there now', value: 'theirs'},
];

describe('a document that is replaced', () => {
	it.each([
		{what: 'read before and after', answers: ['old', 'new'], did: 'read; write new; written; read'},
		{what: 'shown late', answers: ['old', 'old', 'new'], did: 'read; write new; written; read; read'},
		{
			what: 'changed',
			answers: ['old+x', 'new+x'],
			did: 'read; merged old+x, new+x; write new+x; written; read',
		},
		{
			what: 'changed, and shown late as it was planned upon, and then as it was',
			answers: ['old+x', 'old', 'old+x', 'new', 'new+x'],
			did: 'read; merged old+x, new+x; write new+x; written; read; read; read; read',
		},
		{what: 'there already', answers: ['new'], did: 'read; merged new, new; written'},
		{
			what: 'shown once as something else',
			answers: ['old', 'odd', 'new'],
			did: 'read; write new; written; read; read',
		},
	])('is $what', async ({answers, did}) => {
		expect((await tryWrite(answers)).did).toBe(did);
	});

	it('is not read before where the run has just created it, and read before it is tried again', async () => {
		expect((await tryWrite(['new'], {isNew: true})).did).toBe('write new; written; read');
		const again = await tryWrite(['old', 'new'], {isNew: true, failures: 1});
		expect(again.did).toBe('write new; read; write new; written; read');
	});

	it('is not written twice where only the answer was lost, and what somebody added since stays', async () => {
		expect((await tryWrite(['old', 'new'], {failures: 1})).did).toBe('read; write new; read; written; read');
		const added = await tryWrite(['old', 'old+x', 'new+x'], {failures: 1});
		expect(added.did).toBe('read; write new; read; merged old+x, new+x; write new+x; written; read');
	});

	it('is left to a person where the change is not clear any more', async () => {
		const {did, ended} = await tryWrite(['theirs']);

		expect(did).toBe('read');
		expect(ended).toMatchObject({
			code: 'changed-meanwhile',
			documents: [{value: 'old'}, {value: 'theirs'}],
		});
	});

	it('is told of with both documents where neither side wrote what is there', async () => {
		const {did, ended} = await tryWrite(['old', 'theirs']);

		expect(did).toBe('read; write new; written; read; read');
		expect(ended).toMatchObject({code: 'changed-after-write', documents: others});
	});

	it('is waited for, but not for ever', async () => {
		const {ended} = await tryWrite(['old']);

		expect(ended).toMatchObject({code: 'unseen'});
	});
});

describe('the record', () => {
	it('keeps what was written instead, and both documents where somebody wrote as well', async () => {
		const lines: RecordLine[] = [];
		const recorder = createRecorder({append: async (line) => void lines.push(line)}, leapingClock());
		const operation = {
			id: 'put-bucket-policy',
			kind: 'put-bucket-policy',
			side: 'destination',
			target: 'b',
			change: 'create',
			account: '1',
			region: 'r',
			requires: [],
			after: {Statement: []},
		} as const;
		const problem = {...fixable('changed-after-write', 'Cannot', 'It.', []), documents: others};

		const made = recorder.around(operation, 'p', async (amend) => {
			await amend({before: {Id: 'theirs'}, after: {Id: 'merged'}});
			throw new ProblemError(problem);
		});

		await expect(made).rejects.toThrow('Cannot');
		expect(lines).toMatchObject([
			{type: 'before', step: 1, operation},
			{type: 'before', step: 1, operation: {change: 'update', before: {Id: 'theirs'}, after: {Id: 'merged'}}},
			{type: 'after', step: 1, outcome: 'failed', code: 'changed-after-write', documents: others},
		]);
	});
});
