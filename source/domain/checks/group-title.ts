import type {CheckGroup, CheckHead} from './check.js';

const titles: Readonly<Record<CheckGroup, string>> = {
	identity: 'Identity',
	source: 'Source bucket',
	destination: 'Destination bucket',
	role: 'Role',
	rules: 'Rules',
};

/** The same as the start of a row of a list, where the titles that follow have to be told apart. */
function shortGroupTitle({group, direction}: Pick<CheckHead, 'group' | 'direction'>): string {
	const place = titles[group].replace(' bucket', '');
	return direction === 'back' ? `Back, ${place.toLowerCase()}` : place;
}

/** What a check looks at, as a label: a word that the group has said already is not said again. */
export function checkLabel(check: Pick<CheckHead, 'group' | 'direction' | 'title'>): string {
	return labelWith(groupTitle(check), check);
}

/** The same where there is little room. */
export function shortCheckLabel(check: Pick<CheckHead, 'group' | 'direction' | 'title'>): string {
	return labelWith(shortGroupTitle(check), check);
}

/** What a check is called beside others of its group; nothing where it is what the group is about. */
export function titleInGroup({group, title}: Pick<CheckHead, 'group' | 'title'>): string | undefined {
	return titles[group].toLowerCase().endsWith(title.toLowerCase()) ? undefined : (titleTexts[title] ?? title);
}

function labelWith(place: string, check: Pick<CheckHead, 'group' | 'title'>): string {
	const title = titleInGroup(check);
	return title === undefined ? place : `${place}, ${title}`;
}

/** Where the title that JSON has is no good label: what of the policy may deny something. */
const titleTexts: Readonly<Record<string, string | undefined>> = {Denies: 'Policy'};

/** What the checks of a group look at, in words. */
export function groupTitle({group, direction}: Pick<CheckHead, 'group' | 'direction'>): string {
	return direction === 'back' ? `Way back, ${titles[group].toLowerCase()}` : titles[group];
}
