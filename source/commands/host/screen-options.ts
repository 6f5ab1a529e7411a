import {textLines} from '../../headless/text-lines.js';
import type {ScreenOptions} from '../../ui/app/open-screen.js';
import {decideAbilities} from '../../ui/terminal-abilities.js';
import type {Host, ReadingArguments} from './host.js';

/** What a screen needs of the terminal and of the program. Call it before the first import of what draws. */
export function screenOptions(host: Host, {noColor}: ReadingArguments): ScreenOptions {
	const abilities = decideAbilities(host.environment, Boolean(noColor));
	// Chalk looks once, when Ink is loaded.
	process.env.FORCE_COLOR = abilities.forceColor;
	return {...host, abilities, describe: (event) => textLines(event, {showsDocuments: false})};
}
