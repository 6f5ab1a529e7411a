/** Which of the shared files a line stands in: they name profiles in two ways. */
export type SharedFile = 'config' | 'credentials';

/** What a line in square brackets begins. `unread`: neither the AWS CLI nor the SDK takes it for anything; `reason` says why. */
type Section =
	| {readonly type: 'profile' | 'services' | 'sso-session'; readonly name: string}
	| {readonly type: 'unread'; readonly name: string; readonly reason: string}
	| {readonly type: 'other'};

/** Sections of the AWS CLI that are about itself. Source: aws-cli, `awscli/customizations/preview.py` and `awscli/plugin.py`. */
const ofTheCli = new Set(['plugins', 'preview']);

/**
 * Reads what stands between the brackets as the AWS CLI does: in the credentials file the whole of it is a profile's name, in the
 * config file a word says what it is, and the name behind it is one word of a shell, quoted where it has spaces.
 * Source: botocore, `configloader.build_profile_map`; `aws configure --profile 'My Profile'` writes `[profile 'My Profile']`.
 */
export function sectionOf(head: string, file: SharedFile): Section {
	const text = head.trim();
	if (file === 'credentials') {
		if (!/^(?:services|sso-session)\s/.test(text)) return {type: 'profile', name: text};
		return {type: 'unread', name: text, reason: 'Such a section is read in the config file.'};
	}

	if (text === 'default') return {type: 'profile', name: text};
	const [, word = '', rest = ''] = /^(profile|services|sso-session)(?:\s+(.*))?$/s.exec(text) ?? [];
	if (word === '') {
		if (ofTheCli.has(text)) return {type: 'other'};
		return {type: 'unread', name: text, reason: `A profile of this file is [profile ${shellWord(text)}].`};
	}

	const type = word as 'profile' | 'services' | 'sso-session';
	const words = shellWords(rest);
	if (words?.length === 1) return {type, name: words[0] ?? ''};
	const reason =
		words === undefined
			? 'A quotation mark has no other one.'
			: words.length === 0
				? 'It has no name.'
				: `A name with spaces is quoted: [${word} ${shellWord(rest)}].`;
	return {type: 'unread', name: rest.trim() || text, reason};
}

/** A line without its comment where it begins a section: what stands between the brackets; nothing where it begins none. */
export function headIn(line: string): string | undefined {
	return /^\s*\[([^[\]]+)\]\s*(?:\s[;#].*)?$/.exec(line)?.[1];
}

/**
 * Whether a section of a profile counts less than another one of it: `[default]` gives way to `[profile default]` as a whole, wherever
 * it stands. Source: @smithy/core, `getConfigData`.
 */
export function givesWay(head: string): boolean {
	return head.trim() === 'default';
}

function shellWord(name: string): string {
	return /^[\w@+.%:/-]+$/.test(name) ? name : `'${name}'`;
}

/** The words of a line as a shell splits it; nothing where a quotation is not closed. Source: Python, `shlex.split`. */
function shellWords(text: string): readonly string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	let quote = '';
	for (let index = 0; index < text.length; index++) {
		const character = text[index] ?? '';
		const next = text[index + 1];
		if (quote !== '') {
			if (character === quote) quote = '';
			else if (character === '\\' && quote === '"' && (next === '"' || next === '\\')) {
				word = (word ?? '') + next;
				index++;
			} else word = (word ?? '') + character;
		} else if (character === "'" || character === '"') {
			quote = character;
			word ??= '';
		} else if (character === '\\') {
			if (next === undefined) return undefined;
			word = (word ?? '') + next;
			index++;
		} else if (/\s/.test(character)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else word = (word ?? '') + character;
	}

	if (quote !== '') return undefined;
	return word === undefined ? words : [...words, word];
}
