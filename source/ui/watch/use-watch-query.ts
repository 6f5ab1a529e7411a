import {useState} from 'react';
import type {RowQuery, RowSort} from '../../session/watch/watch-view.js';
import {useKeys, type KeyBinding} from '../hooks/use-keys.js';

const sorts: readonly RowSort[] = ['problems', 'newest', 'slowest', 'key'];

/** Which objects are listed, and in which order. */
export type ListChoice = Required<Pick<RowQuery, 'filter' | 'sort' | 'onlyFailed'>> & {
	/** Is the filter being typed? Then letters are text. */
	readonly isTyping: boolean;
};

export type WatchQuery = {
	readonly choice: ListChoice;
	/** Keys of the list as a whole. */
	readonly bindings: Readonly<Record<'filter' | 'sort' | 'onlyFailed', KeyBinding>>;
	/** Keys while the filter is typed. */
	readonly typingBindings: readonly KeyBinding[];
	/** Clears the filter; false where there is none, so that Esc goes on to mean back. */
	readonly clear: () => boolean;
	/** A letter or a paste for the filter. */
	readonly type: (text: string) => void;
};

/** The keys that choose what is listed, and what they have chosen. */
export const useWatchQuery = (): WatchQuery => {
	const [filter, setFilter] = useState('');
	const [sort, setSort] = useState<RowSort>('problems');
	const [onlyFailed, setOnlyFailed] = useState(false);
	const [isTyping, setIsTyping] = useState(false);
	const clear = (): boolean => {
		setFilter('');
		setIsTyping(false);
		return filter !== '' || isTyping;
	};

	const erase = (): void => setFilter((before) => [...before].slice(0, -1).join(''));
	return {
		choice: {filter, sort, onlyFailed, isTyping},
		clear,
		type: (text) => setFilter((before) => before + text),
		bindings: {
			filter: {keys: ['/'], label: 'filter', action: () => setIsTyping(true)},
			sort: {
				keys: ['s'],
				label: 'sort',
				action: () => setSort((before) => sorts[(sorts.indexOf(before) + 1) % sorts.length] ?? 'problems'),
			},
			onlyFailed: {
				keys: ['f'],
				label: onlyFailed ? 'all' : 'failed',
				action: () => setOnlyFailed(!onlyFailed),
			},
		},
		typingBindings: [
			{keys: ['enter'], label: 'keep', action: () => setIsTyping(false)},
			{keys: ['escape'], label: 'clear filter', action: clear},
			{keys: ['backspace'], label: 'erase', action: erase},
			// What some terminals send for Backspace.
			{keys: ['delete'], label: 'erase', action: erase, isHidden: true},
			{keys: ['ctrl+u'], label: 'erase all', action: () => setFilter(''), isHidden: true},
		],
	};
};

/** Letters go to the filter while it is typed. */
export const useFilterTyping = ({choice, type}: WatchQuery): void => {
	useKeys([], {
		isActive: choice.isTyping,
		onText(text) {
			if (text === '?') return false;
			type(text);
			return true;
		},
	});
};
