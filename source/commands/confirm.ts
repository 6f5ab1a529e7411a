import {createInterface} from 'node:readline/promises';
import {fixable, type Problem} from '../domain/problem.js';
import {type Host, isTerminal} from './host.js';

/** Asks the one question, where somebody can answer it; gives the problem of a no. */
export async function confirmed(host: Host, count: number): Promise<Problem | undefined> {
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
