import {isAsked} from '../../domain/answers/answers.js';
import {accountIdFault, isOthers, othersProfile} from '../../domain/answers/others-profile.js';
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
				const canHandOver = side === 'destination' && session.getState().answers.environment === 'aws';
				const answer = await asker.choose(`Profile of the ${side} bucket`, {
					choices: canHandOver ? [...names, anotherOwner] : names,
					byDefault,
					help: helpOf(
						`A profile is a name in the AWS config and credentials files. Type its number or its name.${canHandOver ? ` With “${anotherOwner}” a file tells the owner of the account what to do.` : ''}`,
					),
				});
				if (answered(answer) === backWord) return false;
				const name = answered(answer) === anotherOwner ? await askAccount(asker, say) : answered(answer);
				if (name === undefined) continue;
				record('accounts', `${side}Profile`, name, answer === byDefault);
				if (isOthers(name)) {
					say(`No profile is needed: at the end a file tells its owner what to do. Nothing is changed.`);
					return true;
				}

				const problem = await printCaller(session, name, say);
				if (!problem) return true;
				say(`Failed: ${problem.headline}. ${problem.cause}`);
			}
		},
	};
}

/** The choice of who has no profile of an account. */
const anotherOwner = 'another owner';

/** The account of somebody else, as what stands in the place of a profile; nothing where it is taken back. */
async function askAccount(
	asker: QuestionContext['asker'],
	say: QuestionContext['say'],
): Promise<string | undefined> {
	for (;;) {
		const answer = answered(
			await asker.ask('Account id of the destination', '', helpOf('12 digits, such as 444455556666.')),
		);
		if (answer === backWord) return undefined;
		const fault = accountIdFault(answer);
		if (fault === undefined) return othersProfile(answer);
		say(fault);
	}
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
