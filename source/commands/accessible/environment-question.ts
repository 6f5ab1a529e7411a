import type {EnvironmentKind} from '../../domain/answers/answers.js';
import {ProblemError} from '../../domain/problem.js';
import {steps} from '../../session/state/steps.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/** Where a new run happens, or that a replication which is there is looked at, or has objects that exist already copied. */
export type Beginning = EnvironmentKind | 'existing' | 'copy';

const kinds = ['sandbox', 'aws', 'existing', 'copy'] as const satisfies readonly Beginning[];

const notes: Readonly<Partial<Record<string, string>>> = {
	existing: 'diagnose or watch a replication that exists',
	copy: 'objects that exist already, with a job of S3',
};

/** Where the run happens. Asked before there is a session, and again by who goes back to it. */
export async function askEnvironment(asker: Asker, byDefault: Beginning): Promise<Beginning | undefined> {
	const answer = await asker.choose('Where', {
		choices: kinds,
		noteOf: (kind) => notes[kind],
		byDefault,
		help: helpOf(
			'The sandbox runs on this machine, costs nothing and is gone afterwards. aws is your own account. existing reads the rules of a bucket, says what fails and why, and watches. copy has S3 Batch Operations copy what was there before the rules.',
		),
	});
	return answer === backWord ? undefined : (answered(answer) as Beginning);
}

/** What is done after a beginning. */
export function errandOf(beginning: Beginning): 'set-up' | 'existing' | 'copy' {
	return beginning === 'existing' || beginning === 'copy' ? beginning : 'set-up';
}

/** The place of a beginning: what exists is looked at on AWS. */
export function placeOf(beginning: Beginning): EnvironmentKind {
	return beginning === 'existing' || beginning === 'copy' ? 'aws' : beginning;
}

/** The same, asked again by who goes back to it. What was answered for the other place is forgotten. */
export function environmentQuestion({session, asker, given, defaults}: QuestionContext): Question {
	return {
		isNeeded: () => given.environment === undefined,
		async ask() {
			const before = defaults().environment;
			const {errand} = session.getState();
			const beginning = await askEnvironment(
				asker,
				errand === 'existing' || errand === 'copy' ? errand : before,
			);
			if (beginning === undefined) return false;
			session.chooseErrand(errandOf(beginning));
			const kind = placeOf(beginning);
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
