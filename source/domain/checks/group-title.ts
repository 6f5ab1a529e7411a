import type {CheckGroup} from './check.js';

const titles: Readonly<Record<CheckGroup, string>> = {
	identity: 'Identity',
	source: 'Source bucket',
	destination: 'Destination bucket',
	role: 'Role',
	rules: 'Rules',
};

/** What the checks of a group look at, in words. */
export function groupTitle(group: CheckGroup): string {
	return titles[group];
}
