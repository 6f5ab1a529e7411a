import {describe, expect, test} from 'vitest';
import {type Here, isHere} from '../../source/domain/record/recorded-place.js';
import type {RecordedStep, RunHeader, RunRecord} from '../../source/domain/record/run-record.js';
import type {ServiceEndpoints} from '../../source/domain/endpoint/service-endpoints.js';
import {joinedRecord} from '../../source/domain/undo/joined-record.js';
import {nameOf, offered, setUpOf, setUpsOf} from '../../source/domain/record/set-up.js';

const end = (bucket: string, profile = 'p') => ({profile, accountId: '1', region: 'us-east-1', bucket});

function run(runId: string, change: Partial<RunRecord> = {}, header: Partial<RunHeader> = {}): RunRecord {
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
			ends: [end('a'), end('b')],
			...header,
		},
		outcome: 'succeeded',
		leftToDo: 0,
		unmadeCount: 0,
		isForgotten: false,
		plannedCount: 7,
		steps: [files(1)],
		isCutOff: false,
		...change,
	};
}

function files(step: number, profile = 'p'): RecordedStep {
	return {
		step,
		kind: 'files',
		prefix: 'p',
		recorded: new Set(),
		isComplete: true,
		isMarked: true,
		ends: [{...end('a', profile), side: 'source'}],
		outcome: 'done',
		undo: 'open',
	};
}

const stopped: Partial<RunRecord> = {outcome: 'cancelled', unmadeCount: 2};
const watch: Partial<RunHeader> = {mode: undefined, command: 'watch'};
const others: Partial<RunHeader> = {ends: [end('c'), end('d')]};

describe('what belongs to one set-up', () => {
	test.each<readonly [string, readonly RunRecord[], ReadonlyArray<readonly string[]>]>([
		['a run alone', [run('1')], [['1']]],
		['a run that stopped and the one that went on', [run('2'), run('1', stopped)], [['1', '2']]],
		[
			'a chain that was gone on with twice',
			[run('3'), run('2', stopped), run('1', stopped)],
			[['1', '2', '3']],
		],
		['not a run of the same buckets after one that was done', [run('2'), run('1')], [['2'], ['1']]],
		['not a run of other buckets', [run('2', {}, others), run('1', stopped)], [['2'], ['1']]],
		[
			'not a run at another endpoint',
			[run('2', {}, {endpointUrl: 'http://x'}), run('1', stopped)],
			[['2'], ['1']],
		],
		[
			'the chain, where a run of other buckets came between',
			[run('3'), run('2', {}, others), run('1', stopped)],
			[['1', '3'], ['2']],
		],
		['a watch of its source bucket', [run('w', {}, watch), run('1')], [['1', 'w']]],
		[
			'one of two watches: the other was of buckets that no run set up',
			[run('w2', {}, {...watch, ...others}), run('w1', {}, watch), run('1')],
			[['w2'], ['1', 'w1']],
		],
		['not a watch before it', [run('1'), run('w', {}, watch)], [['1'], ['w']]],
		['not a watch after it was taken back', [run('w', {}, watch), run('1', {steps: []})], [['w'], ['1']]],
	])('is %s', (_what, records, expected) => {
		expect(setUpsOf(records).map((runs) => runs.map(({header}) => header.runId))).toEqual(expected);
	});

	test('is all of it, whichever run is named, and of a watch only itself', () => {
		const records = [run('w', {}, watch), run('2'), run('1', stopped)];
		const idsWith = (index: number) =>
			setUpOf(records[index] as RunRecord, records).map(({header}) => header.runId);
		expect([0, 1, 2].map(idsWith)).toEqual([['w'], ['1', '2', 'w'], ['1', '2', 'w']]);
	});

	test('stands under the latest run that set something up, not under its watch', () => {
		const [found = []] = setUpsOf([run('w', {}, watch), run('2'), run('1', stopped)]);
		expect(nameOf(found)).toBe('2');
	});
});

describe('what is offered where no run is named', () => {
	test.each<readonly [string, readonly RunRecord[], string | undefined]>([
		['the last set-up', [run('2', {}, others), run('1')], '2'],
		[
			'the last set-up, not a later watch of other buckets',
			[run('w', {}, {...watch, ...others}), run('1')],
			'1',
		],
		['the last with something left', [run('2', {steps: []}, others), run('1')], '1'],
		['a watch, where nothing else is left', [run('w', {}, watch), run('1', {steps: []})], 'w'],
		['nothing', [run('1', {steps: []})], undefined],
	])('is %s', (_what, records, runId) => {
		expect(offered(setUpsOf(records))?.map(({header}) => header.runId)[0]).toBe(runId);
	});
});

test('joined records number their steps anew, and know where each comes from', () => {
	const runs = [run('1', {steps: [files(1), files(2)]}), run('2', {isCutOff: true})];

	const {record, origins} = joinedRecord(runs, '2');

	expect(record).toMatchObject({
		header: {runId: '2'},
		isCutOff: true,
		steps: [{step: 1}, {step: 2}, {step: 3}],
	});
	expect([...origins]).toEqual([
		[1, {runId: '1', step: 1}],
		[2, {runId: '1', step: 2}],
		[3, {runId: '2', step: 1}],
	]);
});

describe('whether a run was made where calls go now', () => {
	const aws: ServiceEndpoints = {s3: null, iam: null, sts: null};
	const local: ServiceEndpoints = {s3: 'http://x', iam: 'http://x', sts: 'http://x'};
	const at = (endpointUrl: string | null, byProfile: Record<string, ServiceEndpoints>): Here => ({
		endpointUrl,
		endpointsOf: (profile) => byProfile[profile],
	});
	const recorded = (endpoints: ServiceEndpoints) =>
		run('1', {}, {endpointUrl: endpoints.s3, endpoints: [{profile: 'p', ...endpoints}]});
	const old = (endpointUrl: string | null) => run('1', {}, {endpointUrl});

	test.each<readonly [string, RunRecord, Here, boolean]>([
		['the profile’s endpoint is the same', recorded(local), at(null, {p: local}), true],
		['the profile changed its endpoint since', recorded(local), at(null, {p: aws}), false],
		['the profile has an endpoint now', recorded(aws), at(null, {p: local}), false],
		[
			'only STS goes elsewhere: nothing of a run lies there',
			recorded(aws),
			at(null, {p: {...aws, sts: 'http://x'}}),
			true,
		],
		[
			'IAM goes elsewhere, and only S3 was written to',
			recorded(aws),
			at(null, {p: {...aws, iam: 'http://x'}}),
			true,
		],
		['the active profile goes elsewhere, which makes no call', recorded(aws), at('http://x', {p: aws}), true],
		['the profile is gone: then the active one’s decides', recorded(aws), at('http://x', {}), false],
		[
			'an old record names the endpoint of the active profile',
			old('http://x'),
			at('http://x', {p: aws}),
			true,
		],
		['an old record names what the profile carries now', old('http://x'), at(null, {p: local}), true],
		['an old record names AWS', old(null), at('http://x', {p: local}), false],
		['an old record names AWS, and the active profile goes there', old(null), at(null, {p: local}), true],
	])('is so or not where %s', (_what, record, here, isSo) => {
		expect(isHere(record, here)).toBe(isSo);
	});

	test('is decided with the profile that stands in for the recorded one', () => {
		const here = at(null, {p: aws, q: local});
		expect(isHere(recorded(local), here, {source: 'q'})).toBe(true);
		expect(isHere(recorded(local), here)).toBe(false);
	});

	test('is decided for each side', () => {
		const record = run(
			'1',
			{
				steps: [
					{
						...(files(1) as Extract<RecordedStep, {kind: 'files'}>),
						ends: [
							{...end('a'), side: 'source'},
							{...end('b', 'q'), side: 'destination'},
						],
					},
				],
			},
			{
				endpoints: [
					{profile: 'p', ...aws},
					{profile: 'q', ...local},
				],
			},
		);
		expect(isHere(record, at(null, {p: aws, q: local}))).toBe(true);
		expect(isHere(record, at(null, {p: aws, q: aws}))).toBe(false);
	});
});
