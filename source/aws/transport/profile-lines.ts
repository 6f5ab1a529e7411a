import {headIn, sectionOf, type SharedFile} from './ini-sections.js';

/** A profile's section, or a key in it, that stands in the file a second time; `first` is the line where it stood before. */
export type DoubledLine = {
	readonly profile: string;
	readonly key?: string;
	readonly line: number;
	readonly first: number;
};

/**
 * The profiles that a shared file has a section of, those without settings among them, and what it says of one twice: the SDK takes
 * the last without a word, the AWS CLI refuses the whole file. `[default]` and `[profile default]` are one.
 * Source: Python, `configparser`, DuplicateSectionError and DuplicateOptionError; @smithy/core, `parseIni`.
 */
export function profileLines(
	text: string,
	file: SharedFile,
): {readonly profiles: readonly string[]; readonly doubled: readonly DoubledLine[]} {
	const doubled: DoubledLine[] = [];
	const firsts = new Map<string, Map<string, number>>();
	let inside: string | undefined;
	const note = (profile: string, key: string, line: number): void => {
		const lines = firsts.get(profile) ?? new Map<string, number>();
		firsts.set(profile, lines);
		const first = lines.get(key);
		if (first === undefined) lines.set(key, line);
		else doubled.push({profile, ...(key !== '' && {key}), line, first});
	};
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const head = headIn(line);
		if (head === undefined) {
			// What is set in belongs to the setting above.
			const key = /^([A-Za-z]\w*)\s*=/.exec(line)?.[1]?.toLowerCase();
			if (inside !== undefined && key !== undefined) note(inside, key, index + 1);
			continue;
		}

		const section = sectionOf(head, file);
		inside = section.type === 'profile' ? section.name : undefined;
		if (inside !== undefined) note(inside, '', index + 1);
	}

	return {profiles: [...firsts.keys()], doubled};
}
