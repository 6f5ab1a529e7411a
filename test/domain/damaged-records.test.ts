import {describe, expect, test} from 'vitest';
import {openRecord} from '../../source/domain/open-record.js';
import {hasNotBegun, readRecord} from '../../source/domain/record/read-record.js';
import {isHere} from '../../source/domain/record/recorded-place.js';
import {reopened} from '../../source/domain/record/reopened.js';
import {answersOfRun} from '../../source/domain/record/resumable.js';
import {leftToUndo, type RecordLine} from '../../source/domain/record/run-record.js';
import type {UndoObserved} from '../../source/domain/take-back/undo-observed.js';
import {makeUndoPlan} from '../../source/domain/undo/make-undo-plan.js';
import {undoTitleOf} from '../../source/domain/undo/undo-text.js';
import {sampled} from '../support/sampled.js';
import {oldRecordText} from '../support/version-before.js';

const endpointUrl = 'http://127.0.0.1:1';
const endpoints = {s3: endpointUrl, iam: endpointUrl, sts: endpointUrl, kms: endpointUrl};
const [header = '', ...others] = oldRecordText('cross-account', endpointUrl).trimEnd().split('\n');
const [end] = (JSON.parse(header) as {ends: readonly object[]}).ends;
const lines = [
	{
		...(JSON.parse(header) as object),
		endpoints: [{profile: 'source', ...endpoints}],
		tags: ['team=red'],
		priority: 7,
		deleteMarkers: true,
	},
	...others.map((line) => JSON.parse(line) as object),
	{
		...{type: 'before', at: 1, step: 90, profile: 'source'},
		operation: {
			...{id: 'put-bucket-notification', kind: 'put-bucket-notification', side: 'source', requires: []},
			...{target: 'v01-source', change: 'create', account: '111122223333', region: 'us-east-1', before: {}},
			after: {QueueConfigurations: [{Id: 'i', QueueArn: 'q', Events: ['e']}]},
		},
	},
	{type: 'uploaded', at: 1, step: 91, prefix: 's3-replicate-test/20261128-143747-eed8/', ends: [end]},
] as unknown as readonly RecordLine[];
const [{runId} = {runId: ''}] = lines as unknown as ReadonlyArray<{readonly runId: string}>;

type Way = ReadonlyArray<string | number>;

/** Where each value of a line is; the line itself is nowhere else. */
function ways(value: unknown, way: Way = []): readonly Way[] {
	if (typeof value !== 'object' || value === null) return [way];
	return [way, ...Object.entries(value).flatMap(([name, one]) => ways(one, [...way, name]))];
}

/** A line with another value there; `undefined` is none. */
function changed(value: unknown, [name, ...rest]: Way, to: unknown): unknown {
	if (name === undefined) return to;
	const copy = Array.isArray(value) ? [...(value as readonly unknown[])] : {...(value as object)};
	const members = copy as Record<string | number, unknown>;
	members[name] = changed(members[name], rest, to);
	return copy;
}

const written = lines.flatMap((line) => (line.type === 'before' ? [line.operation] : []));
const rules = written.find(({kind}) => kind === 'put-replication');
const policy = written.find(({kind}) => kind === 'put-bucket-policy');
const role = written.find(({kind}) => kind === 'create-role');
const bucket = {
	state: 'owned',
	hasOthers: false,
	files: {hasOwn: true, othersCount: 0, isWhole: true},
	versioning: 'Enabled',
	replication: rules?.after,
	policy: policy?.after,
	notifications: {QueueConfigurations: []},
};
/** As the run has left it. */
const observed = {
	buckets: openRecord({'v01-source': bucket, 'v01-destination': bucket}),
	roles: openRecord({
		[role?.target ?? '']: {
			...{arn: 'arn:aws:iam::111122223333:role/r', roleId: 'r', description: '', attachedCount: 0},
			...{trust: {Statement: []}, inline: {}, usedBy: [], unreadUsers: []},
		},
	}),
} as unknown as UndoObserved;

/** All that is made of a record before anything is asked of AWS, and the plan. */
function used(text: string): 'refused' | 'used' {
	const read = readRecord(runId, 'file', text);
	const [found] = reopened([read]);
	if (!found?.ok) return 'refused';
	const {record} = found;
	leftToUndo(record);
	answersOfRun(record);
	isHere(record, {endpointUrl, endpointsOf: () => endpoints});
	makeUndoPlan(record, observed).steps.map(undoTitleOf);
	return 'used';
}

const textOf = (all: readonly unknown[]): string => all.map((line) => `${JSON.stringify(line)}\n`).join('');
const values = [undefined, null, 7, 'x', [], {}, 'constructor'];
const damages = lines.flatMap((line, index) =>
	ways(line).flatMap((way) => values.map((to) => ({index, line, way, to}))),
);

describe('a record', () => {
	test('that is whole is used', () => {
		expect(used(textOf(lines))).toBe('used');
	});

	test('whatever in it is damaged is refused, or used: nothing breaks on it', () => {
		const broken: string[] = [];
		const ends = {refused: 0, used: 0};
		for (const {index, line, way, to} of sampled('damaged records', damages)) {
			const text = textOf(lines.with(index, changed(line, way, to) as RecordLine));
			try {
				ends[used(text)]++;
			} catch (error) {
				broken.push(`${line.type} ${way.join('.')} = ${JSON.stringify(to)}: ${String(error)}`);
			}
		}

		expect(broken).toEqual([]);
		expect(ends.refused).toBeGreaterThan(10);
		expect(ends.used).toBeGreaterThan(10);
	});

	test.each([
		['nothing at all', '', true],
		['half of its first line', header.slice(0, 40), true],
		['no header', `${others.join('\n')}\n`, false],
	])('with %s is one of a run that never began: %j, %s', (_what, text, isSo) => {
		expect(hasNotBegun(readRecord(runId, 'file', text))).toBe(isSo);
	});
});
