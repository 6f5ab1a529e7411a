import {configLocation, profilesOf, readSharedConfig} from '../aws/transport/shared-config.js';
import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import {optionsOf} from '../command-line/options.js';
import type {CommandName, Option} from '../domain/answers/option.js';
import {fixable} from '../domain/problem.js';
import {regions} from '../domain/region.js';
import {unquoted} from '../domain/text/shell-word.js';
import {completionScripts, emptyWord, quotedWords, type Shell, shells} from './completion-scripts.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {refuse} from './run-lines.js';

/** `s3-replicate completion SHELL`: writes what the shell reads to complete the program. */
export function completionCommand(host: Host, shell: string | undefined): ExitCode {
	if (shell !== undefined && shells.includes(shell as Shell)) {
		writeLines(host.stdout, completionScripts[shell as Shell].split('\n'));
		return exitCodes.done;
	}

	const problem = fixable(
		'usage',
		'Cannot complete: the shell is not known',
		`It is one of ${shells.join(', ')}${shell === undefined ? '' : `, not “${shell}”`}.`,
		[`Name one, such as: s3-replicate completion ${shells[0] ?? ''}`],
	);
	return refuse(host, problem);
}

/** The hidden `s3-replicate complete -- WORD…`: writes what the last word can become, a line each. AWS is asked for names of buckets alone. */
export async function completeCommand(
	host: Host,
	words: readonly string[],
	commandNames: readonly CommandName[],
): Promise<ExitCode> {
	const isQuoted = words[0] === quotedWords;
	const [first, ...others] = isQuoted ? words.slice(1) : words;
	const typed = [...(first === '--' || first === undefined ? [] : [first]), ...others].map((word) =>
		word === emptyWord ? '' : isQuoted ? unquoted(word) : word,
	);
	const {before, begun, joint} = parted(typed);
	const found = await candidates(host, before, begun, commandNames);
	const matching = found.filter((word) => word.startsWith(begun)).map((word) => joint + word);
	if (matching.length > 0) writeLines(host.stdout, matching);
	return exitCodes.done;
}

/** `--flag=value` as two words; bash itself parts words there, and takes the value alone. `joint` is what the value replaces with it. */
function parted(typed: readonly string[]) {
	const words = typed.flatMap((word, index) => {
		if (word === '=' && typed[index - 1]?.startsWith('--')) return index === typed.length - 1 ? [''] : [];
		const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
		return flag === undefined || value === undefined ? [word] : [flag, value];
	});
	const joint = /^--[^=]+=/.exec(typed.at(-1) ?? '')?.[0] ?? '';
	return {before: words.slice(0, -1), begun: words.at(-1) ?? '', joint};
}

async function candidates(
	{environment}: Host,
	before: readonly string[],
	begun: string,
	commandNames: readonly CommandName[],
): Promise<readonly string[]> {
	const named = commandNames.find((name) => name === before[0]);
	const options = optionsOf(named ?? 'wizard').map(([, option]) => option);
	const last = before.at(-1);
	const asked = options.find(({flag, kind}) => kind !== 'switch' && `--${flag}` === last);
	if (asked && asked.flag.endsWith('-bucket')) {
		const {bucketsFor} = await import('./complete-buckets.js');
		return bucketsFor(asked.flag, before, begun, environment);
	}

	if (asked) return valuesOf(asked, environment);
	if (before[0] === 'help' && before.length === 1) return commandNames;
	if (before[0] === 'completion' && before.length === 1) return shells;
	const left = options.filter(
		({flag, kind, severalIn}) =>
			!before.includes(`--${flag}`) || kind === 'list' || (named && severalIn?.includes(named)),
	);
	const flags = [...left.map(({flag}) => `--${flag}`), '--help', '--version'];
	if (begun.startsWith('-')) return flags;
	return before.length === 0 ? [...commandNames, 'help', 'completion'] : [];
}

/** The values of an option that are known without asking anybody. */
async function valuesOf({flag, choices}: Option, environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
	if (choices) return choices;
	if (flag.endsWith('-region')) return regions.map(({name}) => name);
	if (!flag.endsWith('-profile')) return [];
	try {
		const config = await readSharedConfig(configLocation(environment));
		return profilesOf(config, environment.AWS_PROFILE).map(({name}) => name);
	} catch {
		// Files that cannot be read are told by the command itself.
		return [];
	}
}
