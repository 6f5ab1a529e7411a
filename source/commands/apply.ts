import {createInterface} from 'node:readline/promises';
import {changeCount, type Plan} from '../domain/plan.js';
import {fixable, type Problem, joined} from '../domain/problem.js';
import {requestFrom} from '../domain/request.js';
import type {ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import type {Session} from '../session/session.js';
import {unaskedAnswersOf} from './answers-of.js';
import {type Host, isTerminal} from './host.js';
import {refuse, runLines} from './run-lines.js';

const sandboxFileCount = 5;
const defaultFileSizeBytes = 1024;

/** `s3-replicate apply`: plans, applies and watches, without questions but the one whether to write. */
export async function applyCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	const answers = unaskedAnswersOf(values);
	const checked = requestFrom(answers);
	if (!checked.ok) return refuse(host, joined(checked.problems), Boolean(values.json));
	return runLines(host, {command: 'apply', values, answers}, async (session) => {
		const result = await session.makePlan(answers);
		if (!result.ok) return joined(result.problems);
		if (changeCount(result.plan) > 0 && !values.yes) {
			const refusal = await confirmed(host, result.plan);
			if (refusal) return refusal;
		}

		return applyAndWatch(session, values);
	});
}

/** Applies the session's plan, then uploads and follows the test files. */
export async function applyAndWatch(session: Session, values: FlagValues): Promise<Problem | undefined> {
	const isDone = await session.apply();
	if (!isDone) return undefined;
	const isSandbox = session.getState().answers.environment === 'sandbox';
	const fileCount = (values.files as number | undefined) ?? (isSandbox ? sandboxFileCount : 0);
	if (fileCount === 0) return undefined;
	await session.watchPlanned({
		staysOpen: false,
		followsOthers: false,
		fileCount,
		fileSizeBytes: (values['file-size'] as number | undefined) ?? defaultFileSizeBytes,
	});
	return undefined;
}

/** Asks the one question, where somebody can answer it; gives the problem of a no. */
async function confirmed(host: Host, plan: Plan): Promise<Problem | undefined> {
	const count = changeCount(plan);
	const changes = `${count} ${count === 1 ? 'change' : 'changes'}`;
	if (!isTerminal(host)) {
		return fixable(
			'not-confirmed',
			`Cannot write without a yes: ${changes} would be made`,
			'There is no terminal to ask on, and --yes was not given. Nothing was changed.',
			['Look at the plan above, then run the same again with --yes.'],
		);
	}

	const stop = new AbortController();
	const endInterrupts = host.onInterrupt(() => stop.abort());
	const questions = createInterface({input: host.stdin, output: host.stderr});
	questions.on('SIGINT', () => stop.abort());
	try {
		const answer = await questions.question(`Make ${changes}? Type yes: `, {signal: stop.signal});
		if (answer.trim().toLowerCase() === 'yes') return undefined;
		return fixable(
			'not-confirmed',
			'Stopped before the first change',
			`The answer was “${answer.trim()}”, not yes. Nothing was changed.`,
			['Run the same again and type yes, or add --yes.'],
		);
	} catch {
		return {
			code: 'cancelled',
			headline: 'Cancelled',
			cause: 'It was stopped before the first change.',
			nextSteps: ['Run the same command again.'],
			kind: 'cancelled',
		};
	} finally {
		questions.close();
		endInterrupts();
	}
}
