import type {Mode} from '../domain/mode.js';
import {fixable, joined} from '../domain/problem.js';
import {exitCodes, type ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import {unaskedAnswersOf} from './answers-of.js';
import {applyAndWatch} from './apply.js';
import {writeLines} from './door.js';
import type {Host} from './host.js';
import {refuse, runLines} from './run-lines.js';

const modes: readonly Mode[] = ['cross-region', 'cross-account'];
const harmless = new Set(['sandbox', 'accessible', 'json', 'no-color', 'files', 'file-size', 'timeout']);

/**
 * `s3-replicate` without a terminal: both tutorials on the sandbox as lines, one run after the other; nothing real is touched.
 * With options meant for AWS there is nobody to ask the rest of, so that `apply` is named instead.
 */
export async function demoCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	const meant = Object.keys(values).filter((name) => !harmless.has(name));
	if (meant.length > 0) {
		const problem = fixable(
			'usage',
			'Cannot ask questions without a terminal: use s3-replicate apply with the same options',
			`The wizard needs a terminal for what these leave open: ${meant.map((name) => `--${name}`).join(', ')}.`,
			[],
		);
		if (values.json) return refuse(host, problem, true);
		writeLines(host.stderr, [problem.headline]);
		return exitCodes.usage;
	}

	let code: ExitCode = exitCodes.done;
	for (const mode of modes) {
		const answers = {...unaskedAnswersOf({...values, sandbox: true, mode})};
		const ended = await runLines(host, {command: 'apply', values, answers}, async (session) => {
			const result = await session.makePlan(answers);
			return result.ok ? applyAndWatch(session, values) : joined(result.problems);
		});
		if (!values.json) writeLines(host.stdout, ['']);
		if (ended !== exitCodes.done) code = ended;
		if (ended === exitCodes.cancelled) break;
	}

	if (!values.json) {
		writeLines(host.stdout, [
			'This was the sandbox: nothing real was touched. The same on AWS: s3-replicate apply (see s3-replicate --help), or s3-replicate in a terminal.',
		]);
	}

	return code;
}
