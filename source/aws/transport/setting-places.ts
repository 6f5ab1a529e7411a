import {readFileSync} from 'node:fs';
import {headIn, sectionOf, type SharedFile} from './ini-sections.js';
import type {SharedConfig} from './shared-config.js';

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
	let isInside = false;
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const head = headIn(line);
		if (head !== undefined) {
			const section = sectionOf(head, kind);
			isInside = section.type === 'profile' && section.name === profile;
			if (isInside && key === undefined) return index + 1;
		} else if (isInside && key !== undefined && line.split('=')[0]?.trim().toLowerCase() === key) {
			return index + 1;
		}
	}

	return undefined;
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

const fileSettings = [
	['AWS_WEB_IDENTITY_TOKEN_FILE', 'web_identity_token_file'],
	['AWS_CA_BUNDLE', 'ca_bundle'],
] as const;

/** Which setting names a file, with its place; nothing where none does. */
export function namedFileOf(
	file: string,
	profile: string,
	config: SharedConfig,
	environment: NodeJS.ProcessEnv,
): string | undefined {
	for (const [variable, key] of fileSettings) {
		if (config.profiles[profile]?.[key] === file) return `${key} (${placeOfSetting(config, profile, key)})`;
		if (environment[variable] === file) return `the environment variable ${variable}`;
	}

	return undefined;
}
