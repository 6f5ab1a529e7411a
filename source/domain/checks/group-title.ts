import type {CheckGroup, CheckHead} from './check.js';

const titles: Readonly<Record<CheckGroup, string>> = {
	identity: 'Identity',
	source: 'Source bucket',
	destination: 'Destination bucket',
	role: 'Role',
	rules: 'Rules',
};

/** The same as the start of a row of a list, where the titles that follow have to be told apart. */
export function shortGroupTitle({group, direction}: Pick<CheckHead, 'group' | 'direction'>): string {
	const place = titles[group].replace(' bucket', '');
	return direction === 'back' ? `Back, ${place.toLowerCase()}` : place;
}

/** What the checks of a group look at, in words. */
export function groupTitle({group, direction}: Pick<CheckHead, 'group' | 'direction'>): string {
	return direction === 'back' ? `Way back, ${titles[group].toLowerCase()}` : titles[group];
}
