import {givesWay, headIn, sectionOf, type SharedFile} from './ini-sections.js';

/** A profile's section, or a key in it, that stands in the file a second time; `first` is the line where it stood before. */
export type DoubledLine = {
	readonly profile: string;
	readonly key?: string;
	readonly line: number;
	readonly first: number;
	/** `[default]` and `[profile default]`: one of the two counts, and not for everybody the same. */
	readonly isDefaultTwice?: boolean;
};

type Lines = Map<string, number>;

/**
 * The profiles that a shared file has a section of, those without settings among them, and what it says of one twice: the SDK takes
 * the last without a word, the AWS CLI refuses the whole file. Of `[default]` and `[profile default]` the SDK takes the second, the
 * AWS CLI the last.
 * Source: Python, `configparser`, DuplicateSectionError and DuplicateOptionError; botocore, `configloader.build_profile_map`;
 * @smithy/core, `parseIni` and `getConfigData`.
 */
export function profileLines(
	text: string,
	file: SharedFile,
): {readonly profiles: readonly string[]; readonly doubled: readonly DoubledLine[]} {
	const doubled: DoubledLine[] = [];
	const sections = new Map<string, Lines>();
	const defaults: Lines = new Map();
	let inside: {readonly profile: string; readonly lines: Lines} | undefined;
	const note = (key: string, line: number): void => {
		if (inside === undefined) return;
		const {profile, lines} = inside;
		const first = lines.get(key);
		if (first === undefined) lines.set(key, line);
		else doubled.push({profile, ...(key !== '' && {key}), line, first});
	};
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const head = headIn(line);
		if (head === undefined) {
			// What is set in belongs to the setting above.
			const key = /^([A-Za-z]\w*)\s*=/.exec(line)?.[1]?.toLowerCase();
			if (key !== undefined) note(key, index + 1);
			continue;
		}

		const section = sectionOf(head, file);
		if (section.type !== 'profile') {
			inside = undefined;
			continue;
		}

		const {name: profile} = section;
		const lines = givesWay(head) ? defaults : (sections.get(profile) ?? new Map<string, number>());
		if (lines !== defaults) sections.set(profile, lines);
		inside = {profile, lines};
		note('', index + 1);
	}

	const [one, other] = [defaults.get(''), sections.get('default')?.get('')];
	if (one !== undefined && other !== undefined)
		doubled.push({
			...{profile: 'default', line: Math.max(one, other), first: Math.min(one, other)},
			isDefaultTwice: true,
		});
	const profiles = new Set([...(one === undefined ? [] : ['default']), ...sections.keys()]);
	return {profiles: [...profiles], doubled};
}
