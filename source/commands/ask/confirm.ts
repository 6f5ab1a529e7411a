import {changeCount} from '../../domain/plan/plan.js';
import {cancelled, fixable, type Problem} from '../../domain/problem.js';
import {undoChangeCount} from '../../domain/undo/undo-plan.js';
import type {Session} from '../../session/session.js';
import {isNo, isYes} from '../../domain/text/yes-word.js';
import {writeQuestion} from '../host/door.js';
import {typedLines} from '../host/typed-lines.js';
import {type Host, isTerminal} from '../host/host.js';
import {whenNoSignInIsAsked} from './sign-in-lines.js';

type Agreement = {
	/** Whether `--yes` was given. */
	readonly isAgreed: boolean;
	/** Whether nothing but what was shown may be written: then a new plan is not asked about. */
	readonly isExact?: boolean;
	/** Makes them, or leaves them and says in `planChanges` what somebody changed meanwhile. */
	readonly write: () => Promise<Problem | undefined>;
};

/**
 * Writes after a yes. What somebody else changed while the person read is shown as a new plan, and asked about anew;
 * where nobody can be asked it is a problem. Gives what ended it.
 */
export async function whenAgreed(
	host: Host,
	session: Session,
	{isAgreed, isExact = false, write}: Agreement,
): Promise<Problem | undefined> {
	for (;;) {
		if (changesLeft(session) > 0 && !isAgreed) {
			await whenNoSignInIsAsked(session);
			const refusal = await confirmed(host, changesLeft(session), warningsOf(session));
			if (refusal) return refusal;
		}

		const problem = await write();
		const {planChanges, phase} = session.getState();
		if (problem || phase !== 'asking' || planChanges.length === 0) return problem;
		if (isAgreed || isExact) return outdated(planChanges);
	}
}

/** How many changes of the plan that is shown, or of the undo, there are to agree to as of now. */
function changesLeft({getState}: Session): number {
	const {undo, plan} = getState().run;
	if (undo) return undoChangeCount(undo);
	return plan ? changeCount(plan) : 0;
}

/** What the checks warn of: a yes to the changes is one to these as well. */
export function warningsOf(session: Session): readonly string[] {
	return session
		.getState()
		.run.checks.flatMap(({verdict}) =>
			verdict?.result === 'warning' && verdict.problem ? [verdict.problem.headline] : [],
		);
}

function outdated(changes: readonly string[]): Problem {
	return fixable(
		'plan-outdated',
		'Cannot apply the plan: something changed meanwhile',
		`${changes.join(' ')} Nothing was written.`,
		['Look at the new plan above.', 'Run the same again: it does what the new plan says.'],
	);
}

/** What a yes is asked for: how many changes, and the warnings that it is given in spite of. */
export function changesText(count: number, warnings: readonly string[]): string {
	const changes = `${count} ${count === 1 ? 'change' : 'changes'}`;
	if (warnings.length === 0) return changes;
	const those = `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
	return `${changes} despite ${those} (${warnings.join('; ')})`;
}

/** Asks the one question, where somebody can answer it, and names the warnings in it; gives the problem of a no. */
async function confirmed(
	host: Host,
	count: number,
	warnings: readonly string[],
): Promise<Problem | undefined> {
	const changes = changesText(count, warnings);
	return askedYes(host, `Make ${changes}`, `Cannot write without a yes: ${changes} would be made`);
}

/** Asks a question that only y and yes say yes to, once more where the answer is neither yes nor no, where somebody can answer it; gives the problem of a no. */
export async function askedYes(
	host: Host,
	question: string,
	headline = 'Cannot write without a yes',
): Promise<Problem | undefined> {
	if (!isTerminal(host)) {
		return fixable(
			'not-confirmed',
			headline,
			'There is no terminal to ask on, and --yes was not given. Nothing was changed.',
			['Look at the plan above, then run the same again with --yes.'],
		);
	}

	const stop = new AbortController();
	const endInterrupts = host.onInterrupt(() => stop.abort());
	const questions = typedLines(host);
	questions.on('SIGINT', () => stop.abort());
	// Ctrl-D: nobody answers any more.
	questions.on('close', () => stop.abort());
	try {
		const ask = async (text: string): Promise<string> => {
			writeQuestion(host.stderr, text);
			return (await questions.question('', {signal: stop.signal})).trim();
		};
		let answer = await ask(`${question}? Type yes: `);
		// What is neither yes nor no is a slip of the fingers.
		if (!isYes(answer) && !isNo(answer)) answer = await ask(`“${answer}” is neither yes nor no. Type yes: `);
		if (isYes(answer)) return undefined;
		return fixable(
			'not-confirmed',
			'Stopped before the first change',
			`The answer was “${answer}”, not yes. Nothing was changed.`,
			['Run the same again and type yes, or add --yes.'],
		);
	} catch {
		const cause = 'It was stopped before the first change.';
		return {...cancelled, cause, nextSteps: ['Run the same command again.']};
	} finally {
		questions.close();
		endInterrupts();
	}
}
