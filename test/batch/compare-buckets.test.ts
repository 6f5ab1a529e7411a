import {describe, expect, test} from 'vitest';
import type {VersionPage} from '../../source/aws/ports.js';
import {
	type CompareTerms,
	commonPrefix,
	filtersTo,
	narrowedTo,
	type ListedVersion,
} from '../../source/domain/batch/compare-current.js';
import {compareKeys} from '../../source/domain/compare-keys.js';
import {compareBuckets} from '../../source/engine/batch/compare-buckets.js';
import type {ListPage} from '../../source/engine/batch/version-cursor.js';

const old = 1000;
const every: CompareTerms = {filters: [{prefix: '', tags: []}], youngSince: 5000};

const version = (key: string, versionId: string, more: Partial<ListedVersion> = {}): ListedVersion => ({
	key,
	versionId,
	sizeBytes: 1,
	lastModified: old,
	isLatest: true,
	...more,
});
const marker = (key: string, versionId: string): ListedVersion => ({key, versionId, isLatest: true});
const before = (one: ListedVersion): ListedVersion => ({...one, isLatest: false});

/** A listing as S3 gives it: by key, a key's latest first, versions and delete markers apart, so many a page. */
function listing(entries: readonly ListedVersion[], pageSize: number): ListPage & {asked: number} {
	const sorted = entries.toSorted(
		(left, right) => compareKeys(left.key, right.key) || Number(right.isLatest) - Number(left.isLatest),
	);
	const list = async ({
		keyMarker,
		versionIdMarker,
	}: {
		keyMarker?: string;
		versionIdMarker?: string;
	}): Promise<VersionPage> => {
		list.asked++;
		const from =
			sorted.findIndex(({key, versionId}) => key === keyMarker && versionId === versionIdMarker) + 1;
		const page = sorted.slice(from, from + pageSize);
		const last = page.at(-1);
		const isMore = from + pageSize < sorted.length;
		return {
			versions: page.flatMap(({sizeBytes, lastModified = 0, ...rest}) =>
				sizeBytes === undefined ? [] : [{...rest, sizeBytes, lastModified}],
			),
			markers: page.filter(({sizeBytes}) => sizeBytes === undefined),
			...(isMore && last ? {next: {keyMarker: last.key, versionIdMarker: last.versionId}} : {}),
		};
	};

	list.asked = 0;
	return list;
}

async function compared(
	source: readonly ListedVersion[],
	destination: readonly ListedVersion[],
	{
		terms = every,
		pageSize = 1000,
		maxObjects = 1e6,
	}: {terms?: CompareTerms; pageSize?: number; maxObjects?: number} = {},
) {
	const odd: string[] = [];
	const comparison = await compareBuckets({
		source: listing(source, pageSize),
		destination: listing(destination, pageSize),
		terms,
		maxObjects,
		onOdd: (verdict, {key}) => odd.push(`${verdict} ${key}`),
		onPage: () => undefined,
		signal: new AbortController().signal,
	});
	return {...comparison, odd};
}

describe('the current version of a key', () => {
	const a1 = version('a', '1');
	// Documented: replicas keep key and version id; delete markers are replicated where the rule says so.
	test.each([
		['is there', [a1], [a1], 'same'],
		['is nowhere', [a1], [], 'missing'],
		['is another there', [a1], [version('a', '2')], 'different'],
		['is there, and somebody wrote a newer one', [a1], [version('a', '2'), before(a1)], 'different'],
		['is there below a delete marker', [a1], [marker('a', '2'), before(a1)], 'same'],
		['is below a delete marker and gone', [a1], [marker('a', '2')], 'missing'],
		['has another size there', [a1], [version('a', '1', {sizeBytes: 2})], 'different'],
		['is a delete marker', [marker('a', '2'), before(a1)], [a1], 'left-out'],
		[
			'is a delete marker on both sides',
			[marker('a', '2'), before(a1)],
			[marker('a', '3'), before(a1)],
			'left-out',
		],
		['is younger than the lag, and missing', [version('a', '1', {lastModified: 9000})], [], 'young'],
		['is younger than the lag, and there', [version('a', '1', {lastModified: 9000})], [a1], 'same'],
		['has older versions that are missing', [a1, before(version('a', '0'))], [a1], 'same'],
	])('%s', async (_name, source, destination, verdict) => {
		const {counts} = await compared(source, destination);
		expect(counts).toEqual({...none, [verdict]: 1});
	});

	test.each([
		['a prefix that it does not have', {filters: [{prefix: 'b/', tags: []}]}, 'left-out'],
		['a tag', {filters: [{prefix: '', tags: [{Key: 'k', Value: 'v'}]}]}, 'not-known'],
		[
			'a tag, and another rule with none',
			{
				filters: [
					{prefix: '', tags: [{Key: 'k', Value: 'v'}]},
					{prefix: 'a', tags: []},
				],
			},
			'missing',
		],
		['no rule at all', {filters: []}, 'left-out'],
		['what was written later', {filters: every.filters, createdAfter: old}, 'left-out'],
		['what was written before', {filters: every.filters, createdBefore: old}, 'left-out'],
	])('is compared by %s', async (_name, terms, verdict) => {
		const {counts} = await compared([a1], [], {terms: {youngSince: 5000, ...terms}});
		expect(counts).toEqual({...none, [verdict]: 1});
	});
});

const none = {same: 0, missing: 0, different: 0, 'not-known': 0, young: 0, 'left-out': 0};

describe('two listings side by side', () => {
	// Keys whose order by UTF-16 is another than by bytes, and that are the beginning of one another.
	const names = ['a', 'a b', 'a+b', 'a/b', 'aa', 'b', 'é', '\uE000', '😀', 'z'];
	const source = names.flatMap((key) => [
		version(key, `${key}-2`),
		before(version(key, `${key}-1`)),
		{...marker(key, `${key}-0`), isLatest: false},
	]);
	const lacking = source.filter(({key}) => key !== 'a+b' && key !== '😀');

	test.each([1, 2, 3, 4, 7, 1000])('%i versions a page: the same is found', async (pageSize) => {
		const destination = [...lacking, version('aaa', 'x'), version('zz', 'y'), marker('zzz', 'm')];
		const found = await compared(source, destination, {pageSize});
		expect(found.odd).toEqual(['missing a+b', 'missing 😀']);
		expect(found).toMatchObject({counts: {same: 8, missing: 2}, onlyThere: 2, isCut: false});
	});

	test('one request a page, and none twice', async () => {
		const [left, right] = [listing(source, 10), listing(lacking, 10)];
		const {pages} = await compareBuckets({
			source: left,
			destination: right,
			terms: every,
			maxObjects: 1e6,
			onOdd: () => undefined,
			onPage: () => undefined,
			signal: new AbortController().signal,
		});
		expect([left.asked, right.asked]).toEqual([3, 3]);
		expect(pages).toEqual({source: 3, destination: 3});
	});

	test('what is beyond the most objects is not looked at', async () => {
		const found = await compared(source, lacking, {maxObjects: 4, pageSize: 3});
		expect(found.isCut).toBe(true);
		expect(Object.values(found.counts).reduce((sum, count) => sum + count, 0)).toBe(4);
	});

	test('it stops when it is told to', async () => {
		const stop = new AbortController();
		stop.abort();
		const stopped = compareBuckets({
			source: listing(source, 1),
			destination: listing(source, 1),
			terms: every,
			maxObjects: 10,
			onOdd: () => undefined,
			onPage: () => undefined,
			signal: stop.signal,
		});
		await expect(stopped).rejects.toThrow('abort');
	});
});

test('only what some rule may take is listed', () => {
	const filters = ['logs/2026/', 'logs/2025/'].map((prefix) => ({prefix, tags: []}));
	expect(commonPrefix(filters)).toBe('logs/202');
	expect(narrowedTo(filters, 'logs/2026/01')).toEqual([{prefix: 'logs/2026/01', tags: []}]);
	expect(narrowedTo(filters, 'logs/')).toEqual(filters);
	expect(narrowedTo(filters, 'other/')).toEqual([]);
	expect(commonPrefix([])).toBe('');
});

test('rules that are disabled, or go elsewhere, say nothing of a destination', () => {
	const rule = (bucket: string, prefix: string, Status: 'Enabled' | 'Disabled' = 'Enabled') => ({
		Status,
		Filter: {Prefix: prefix},
		Destination: {Bucket: bucket},
	});
	const rules = [rule('dst', 'a/'), rule('other', 'b/'), rule('dst', 'c/', 'Disabled')];
	expect(filtersTo(rules, 'dst')).toEqual([{prefix: 'a/', tags: []}]);
});
