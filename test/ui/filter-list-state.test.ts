import {describe, expect, test} from 'vitest';
import {
	highlightedIndex,
	initialFilterList,
	reduceFilterList,
	windowTop,
	type FilterListAction,
	type FilterListState,
} from '../../source/ui/hooks/filter-list-state.js';

const names = ['alpha', 'beta', 'gamma', 'delta', 'omega'];
const keysFor = (filter: string) => names.filter((name) => name.includes(filter));
const after = (actions: readonly FilterListAction[], start: FilterListState = initialFilterList()) =>
	actions.reduce((state, action) => reduceFilterList(state, action, {keysFor, rows: 2}), start);

const arrived = {type: 'arrived'} as const;
const typed = (text: string) => ({type: 'typed', text}) as const;
const moved = (by: number) => ({type: 'moved', by}) as const;

test.each<[string, readonly FilterListAction[], Partial<FilterListState>]>([
	['the first item is highlighted when items arrive', [arrived], {highlighted: 'alpha', top: 0}],
	[
		'without a move the best match is highlighted',
		[arrived, typed('ga')],
		{highlighted: 'gamma', filter: 'ga'},
	],
	[
		'a highlighted item stays while the filter changes',
		[arrived, moved(4), typed('a')],
		{highlighted: 'omega', top: 3},
	],
	[
		'an item the filter hides is highlighted again when it comes back',
		[arrived, moved(1), typed('ga'), {type: 'cleared'}],
		{highlighted: 'beta'},
	],
	[
		'the item it begins at gives way to the best match, and comes back with an empty filter',
		[arrived, typed('om'), {type: 'cleared'}],
		{highlighted: 'alpha', filter: ''},
	],
	['erasing takes one character', [typed('gam'), {type: 'erased'}], {filter: 'ga'}],
	['moving down scrolls by one row', [arrived, moved(1), moved(1)], {highlighted: 'gamma', top: 1}],
	['moving stops at the end', [arrived, moved(99)], {highlighted: 'omega', top: 3}],
	['moving stops at the start', [arrived, moved(99), moved(-99)], {highlighted: 'alpha', top: 0}],
	['moving in an empty list changes nothing', [arrived, typed('zzz'), moved(1)], {filter: 'zzz', top: 0}],
])('%s', (_name, actions, expected) => {
	expect(after(actions)).toMatchObject(expected);
});

test('a list may begin at an item and keeps it when items arrive', () => {
	expect(after([arrived], initialFilterList('delta')).highlighted).toBe('delta');
});

describe('with an item made of what is typed, which is the last', () => {
	const withOwn = (filter: string) => [...keysFor(filter), '+'];
	const walk = (actions: readonly FilterListAction[], home?: string) =>
		actions.reduce(
			(state, action) => reduceFilterList(state, action, {keysFor: withOwn, rows: 2, hasOwnFor: () => true}),
			initialFilterList(home),
		);
	const highlightAfter = (actions: readonly FilterListAction[], home?: string) => {
		const state = walk(actions, home);
		return withOwn(state.filter)[highlightedIndex(state, withOwn(state.filter), true)];
	};

	test.each<[string, readonly FilterListAction[], string]>([
		['a match goes before it', [arrived, typed('ga')], 'gamma'],
		['it is highlighted where nothing matches', [arrived, typed('zzz')], '+'],
		['it is highlighted where nothing is typed and no item has the proposed name', [arrived], '+'],
		['the arrows reach it', [arrived, typed('ga'), moved(2)], '+'],
		['and it stays while more is typed', [arrived, typed('a'), moved(9), typed('l')], '+'],
	])('%s', (_name, actions, expected) => {
		expect(highlightAfter(actions, 'proposed')).toBe(expected);
	});

	test('an item that arrives later is the best match then', () => {
		const state = walk([arrived, typed('acme')], 'proposed');
		expect(highlightedIndex(state, ['acme-logs', '+'], true)).toBe(0);
	});
});

test('an item that is gone leaves the highlight on the first', () => {
	expect(highlightedIndex(initialFilterList('gone'), names)).toBe(0);
});

describe('the window', () => {
	test.each([
		['stays while the row is in sight', {top: 3, index: 4, count: 10, rows: 3}, 3],
		['follows down', {top: 0, index: 5, count: 10, rows: 3}, 3],
		['follows up', {top: 5, index: 2, count: 10, rows: 3}, 2],
		['leaves no row empty', {top: 8, index: 8, count: 10, rows: 5}, 5],
		['starts at the top of a short list', {top: 4, index: 0, count: 2, rows: 5}, 0],
	])('%s', (_name, {top, index, count, rows}, expected) => {
		expect(windowTop(top, index, count, rows)).toBe(expected);
	});
});
