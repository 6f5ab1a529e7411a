import {readFileSync} from 'node:fs';
import {givesWay, headIn, sectionOf, type SharedFile} from './ini-sections.js';
import type {SharedConfig} from './shared-config.js';

/** A profile whose settings count, and what they are read of. */
export type ProfileSettings = {
	readonly profile: string;
	readonly config: SharedConfig;
	readonly environment: NodeJS.ProcessEnv;
};

/**
 * Where a setting of a profile stands, in words for a person: file and line; of the section, where no key is given. Read when a
 * problem is told, from files that were read whole before; one that is gone or changed meanwhile is named without a line.
 */
export function placeOfSetting({location}: SharedConfig, profile: string, key?: string): string {
	const {configFile, credentialsFile} = location;
	const places = [
		{file: credentialsFile, kind: 'credentials'},
		{file: configFile, kind: 'config'},
	] as const;
	for (const {file, kind} of places) {
		const line = lineOf(textOf(file), kind, profile, key);
		if (line !== undefined) return `line ${line} of ${file}`;
	}

	return `the profile ${profile} in ${configFile} and ${credentialsFile}`;
}

function lineOf(
	text: string,
	kind: SharedFile,
	profile: string,
	key: string | undefined,
): number | undefined {
	let found: number | undefined;
	let isInside = false;
	let hasOwn = false;
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const head = headIn(line);
		if (head === undefined) {
			// Of what stands there twice the last one counts.
			if (isInside && key !== undefined && line.split('=')[0]?.trim().toLowerCase() === key)
				found = index + 1;
			continue;
		}

		const section = sectionOf(head, kind);
		const isOf = section.type === 'profile' && section.name === profile;
		const isOwn = isOf && !givesWay(head);
		if (isOwn && !hasOwn) found = undefined;
		hasOwn ||= isOwn;
		isInside = isOf && (isOwn || !hasOwn);
		if (isInside && key === undefined) found ??= index + 1;
	}

	return found;
}

/** What a file holds; nothing where it may not be read. */
export function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

const fileSettings = [
	['AWS_WEB_IDENTITY_TOKEN_FILE', 'web_identity_token_file'],
	['AWS_CA_BUNDLE', 'ca_bundle'],
	['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', undefined],
] as const;

/** Which setting names a file, with its place; nothing where none does. */
export function namedFileOf(
	file: string,
	{profile, config, environment}: ProfileSettings,
): string | undefined {
	for (const [variable, key] of fileSettings) {
		if (key !== undefined && config.profiles[profile]?.[key] === file)
			return `${key} (${placeOfSetting(config, profile, key)})`;
		if (environment[variable] === file) return `the environment variable ${variable}`;
	}

	return undefined;
}

/** A setting, and who said so. */
export type SettingSource = {
	/** The variable, or the key in the file. */
	readonly name: string;
	readonly value: string;
	/** Who named it, in words for a person. */
	readonly origin: string;
};

/** A setting of a profile: the environment's, else the profile's own; nothing where neither has it. */
export function settingOf(
	variable: string,
	key: string,
	{profile, config, environment}: ProfileSettings,
): SettingSource | undefined {
	const given = environment[variable];
	if (given !== undefined)
		return {name: variable, value: given, origin: `the environment variable ${variable}`};
	const own = config.profiles[profile]?.[key];
	if (own === undefined) return undefined;
	return {
		name: key,
		value: own,
		// The file is read for it: only when somebody is told.
		get origin() {
			return `${key} of the profile ${profile} (${placeOfSetting(config, profile, key)})`;
		},
	};
}
