import {givesWay, headIn, sectionOf, type SharedFile} from './ini-sections.js';

/** A section that nobody reads. */
export type UnreadSection = {readonly name: string; readonly line: number; readonly reason: string};

/** What the SDK's parser takes as a name; it passes over sections with any other, without a word. Source: @smithy/core, `parseIni`. */
const plain = /^[\w@+.:/-]+$/;

/**
 * A profile's name as the SDK reads it: every letter that it does not know becomes the percent sequence of its bytes, and the
 * percent sign, too, so that no two names become one.
 */
export function plainName(name: string): string {
	// The parser's own object has these names already, and would be written into.
	const isTaken = name in {};
	if (plain.test(name) && !isTaken) return name;
	return [...Buffer.from(name)]
		.map((byte, index) => {
			const character = String.fromCharCode(byte);
			return plain.test(character) && !(isTaken && index === 0)
				? character
				: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
}

/** The name that `plainName` made this of. */
export function nameOf(plainOne: string): string {
	if (!plainOne.includes('%')) return plainOne;
	return Buffer.from(
		plainOne.replaceAll(/%([\dA-F]{2})/g, (_all, hex: string) =>
			String.fromCharCode(Number.parseInt(hex, 16)),
		),
		'latin1',
	).toString();
}

/** What only a profile has: other programs have sections of their own in these files. */
const ofProfiles =
	/^\s*(?:region|output|role_arn|source_profile|credential_process|credential_source|login_session|endpoint_url|aws_\w+|sso_\w+|web_identity_token_file)\s*=/i;

/**
 * The text of a shared file in which every name is plain, where a section has it and where a `source_profile` names it, and keys are
 * in small letters, as the AWS CLI reads them, all on the same lines; and the sections of profiles that are left out, as the AWS
 * CLI leaves them out.
 */
export function withPlainNames(
	text: string,
	file: SharedFile,
): {readonly text: string; readonly unread: readonly UnreadSection[]} {
	const unread: UnreadSection[] = [];
	let left: UnreadSection | undefined;
	const lines = text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.map((line, index) => {
			const head = headIn(line);
			if (head === undefined) {
				if (left && ofProfiles.test(line)) {
					unread.push(left);
					left = undefined;
				}

				return plainSetting(line);
			}

			const section = sectionOf(head, file);
			left =
				section.type === 'unread' ? {name: section.name, line: index + 1, reason: section.reason} : undefined;
			// Its settings belong to nobody: the parser leaves out what has no name of a kind.
			if (section.type === 'unread') return '[unread section]';
			if (section.type === 'other') return line;
			const {type, name} = section;
			if (file === 'credentials') return `[${plainName(name)}]`;
			return givesWay(head) ? '[default]' : `[${type} ${plainName(name)}]`;
		});
	return {text: lines.join('\n'), unread};
}

function plainSetting(line: string): string {
	const [, key = '', equals = '', value = ''] = /^([A-Za-z]\w*)(\s*=\s*)(.*)$/.exec(line) ?? [];
	if (key === '') return line;
	const small = key.toLowerCase();
	const named = value.replace(/\s+[;#].*$/, '').trim();
	return small + equals + (small === 'source_profile' ? plainName(named) : value);
}
