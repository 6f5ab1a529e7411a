import {placeOfSetting} from './setting-places.js';
import type {SharedConfig} from './shared-config.js';

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
	profile: string,
	config: SharedConfig,
	environment: NodeJS.ProcessEnv,
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
