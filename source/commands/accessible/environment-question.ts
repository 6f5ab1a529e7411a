import type {EnvironmentKind} from '../../domain/answers/answers.js';
import {ProblemError} from '../../domain/problem.js';
import {steps} from '../../session/state/steps.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

const kinds = ['sandbox', 'aws'] as const satisfies readonly EnvironmentKind[];

/** Where the run happens. Asked before there is a session, and again by who goes back to it. */
export async function askEnvironment(
	asker: Asker,
	byDefault: EnvironmentKind,
): Promise<EnvironmentKind | undefined> {
	const answer = await asker.choose('Where', {
		choices: kinds,
		byDefault,
		help: helpOf(
			'The sandbox runs on this machine, costs nothing and is gone afterwards. aws is your own account.',
		),
	});
	return answer === backWord ? undefined : (answered(answer) as EnvironmentKind);
}

/** The same, asked again by who goes back to it. What was answered for the other place is forgotten. */
export function environmentQuestion({session, asker, given, defaults}: QuestionContext): Question {
	return {
		isNeeded: () => given.environment === undefined,
		async ask() {
			const before = defaults().environment;
			const kind = await askEnvironment(asker, before);
			if (kind === undefined) return false;
			if (kind === before) return true;
			const rest = steps.filter(({isBeforeOpening}) => !isBeforeOpening).flatMap(({asks}) => asks);
			const forgotten = rest
				.filter((name) => given[name] === undefined)
				.map((name) => [name, undefined] as const);
			session.answer('environment', {...Object.fromEntries(forgotten), environment: kind});
			await session.openEnvironment(kind);
			const opened = session.getState().environment;
			if (opened.state === 'failed') throw new ProblemError(opened.problem);
			return true;
		},
	};
}
