import type {Mode} from '../domain/answers/mode.js';
import {fixable, joined} from '../domain/problem.js';
import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import {type ArgumentsOf, optionTable} from '../command-line/options.js';
import {unaskedAnswersOf} from './answers-of.js';
import {applyAndWatch} from './apply-and-watch.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {refuse, runLines} from './run-lines.js';

const modes: readonly Mode[] = ['cross-region', 'cross-account'];
type ArgumentName = keyof ArgumentsOf<'wizard'>;

const harmless = new Set<ArgumentName>([
	'sandbox',
	'accessible',
	'json',
	'noColor',
	'testFileCount',
	'testFileSizeBytes',
	'timeout',
	'latency',
	'replicationDelay',
	'propagationDelay',
	'faults',
	'seed',
]);

/**
 * `s3-replicate` without a terminal: both tutorials on the sandbox as lines, one run after the other; nothing real is touched.
 * With options meant for AWS there is nobody to ask the rest of, so that `apply` is named instead.
 */
export async function demoCommand(host: Host, given: ArgumentsOf<'wizard'>): Promise<ExitCode> {
	const meant = (Object.keys(given) as ArgumentName[]).filter((name) => !harmless.has(name));
	if (meant.length > 0) {
		const problem = fixable(
			'usage',
			'Cannot ask questions without a terminal: use s3-replicate apply',
			`The wizard needs a terminal for what these leave open: ${meant.map((name) => `--${optionTable[name].flag}`).join(', ')}.`,
			[],
		);
		if (given.json) return refuse(host, problem, given);
		writeLines(host.stderr, [problem.headline]);
		return exitCodes.usage;
	}

	let code: ExitCode = exitCodes.done;
	for (const mode of modes) {
		const answers = unaskedAnswersOf({...given, sandbox: true, mode});
		const ended = await runLines(host, {command: 'apply', given, answers}, async (session) => {
			const result = await session.makePlan(answers);
			return result.ok ? applyAndWatch(session, given) : joined(result.problems);
		});
		if (!given.json) writeLines(host.stdout, ['']);
		if (ended !== exitCodes.done) code = ended;
		if (ended === exitCodes.cancelled) break;
	}

	if (!given.json) {
		writeLines(host.stdout, [
			'This was the sandbox: nothing real was touched. On AWS, start this in a terminal: s3-replicate',
		]);
	}

	return code;
}
