import type {CheckGroup, CheckHead} from './check.js';

const titles: Readonly<Record<CheckGroup, string>> = {
	identity: 'Identity',
	source: 'Source bucket',
	destination: 'Destination bucket',
	role: 'Role',
	rules: 'Rules',
};

/** What the checks of a group look at, in words. */
export function groupTitle({group, direction}: Pick<CheckHead, 'group' | 'direction'>): string {
	return direction === 'back' ? `Way back, ${titles[group].toLowerCase()}` : titles[group];
}
