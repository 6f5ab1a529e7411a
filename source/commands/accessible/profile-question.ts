import {isAsked} from '../../domain/answers/answers.js';
import type {Side} from '../../domain/answers/mode.js';
import {type Problem, ProblemError} from '../../domain/problem.js';
import type {Session} from '../../session/session.js';
import {valueOf} from '../../session/state/loadable.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/** Whose profile it is, and who that is: one that cannot be used is asked for again. */
export function profileQuestion(
	side: Side,
	{session, asker, given, say, defaults, record}: QuestionContext,
): Question {
	return {
		isNeeded: () => given[`${side}Profile`] === undefined && isAsked(`${side}Profile`, defaults()),
		async ask() {
			for (;;) {
				const names = await profileNames(session);
				const byDefault = defaults()[`${side}Profile`];
				const answer = await asker.choose(`Profile of the ${side} bucket`, {
					choices: names,
					byDefault,
					help: helpOf(
						'A profile is a name in the AWS config and credentials files. Type its number or its name.',
					),
				});
				if (answered(answer) === backWord) return false;
				record('accounts', `${side}Profile`, answered(answer), answer === byDefault);
				const problem = await printCaller(session, answered(answer), say);
				if (!problem) return true;
				say(`Failed: ${problem.headline}. ${problem.cause}`);
			}
		},
	};
}

/** Says who a profile is; gives what keeps that from being known. */
export async function printCaller(
	session: Session,
	name: string,
	say: (line: string) => void,
): Promise<Problem | undefined> {
	await session.checkIdentity(name, session.getState().identities[name]?.state === 'failed');
	const identity = session.getState().identities[name];
	if (identity?.state === 'failed') return identity.problem;
	const caller = identity && valueOf(identity);
	if (caller) say(`${name} is account ${caller.accountId}, ${caller.arn}`);
	return undefined;
}

async function profileNames(session: Session): Promise<readonly string[]> {
	await session.loadProfiles();
	const {profiles} = session.getState();
	if (profiles.state === 'failed') throw new ProblemError(profiles.problem);
	return (valueOf(profiles) ?? []).map(({name}) => name);
}
