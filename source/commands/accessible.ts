import type {Answers, EnvironmentKind} from '../domain/answers/answers.js';
import {changeCount} from '../domain/plan/plan.js';
import {cancelled, joined, type Problem, ProblemError} from '../domain/problem.js';
import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {isNo, isYes} from '../domain/text/yes-word.js';
import {completedAnswers, plannedAnswers} from '../session/state/defaults.js';
import {valueOf} from '../session/state/loadable.js';
import type {Session} from '../session/session.js';
import {askInTurn, firstQuestion, lastNeeded, Unanswered} from './accessible/ask-in-turn.js';
import {askEnvironment} from './accessible/environment-question.js';
import {printCaller} from './accessible/profile-question.js';
import {answered, helpOf, questionContext} from './accessible/question-context.js';
import {questionsOf} from './accessible/questions.js';
import {answersOf} from './answers-of.js';
import {applyAndWatch} from './apply.js';
import {type Asker, backWord, openAsker} from './ask/ask-lines.js';
import {changesText, warningsOf, whenAgreed} from './ask/confirm.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {runLines} from './run-lines.js';
import {createServices} from './services/services.js';

/**
 * The wizard for who has the screen read aloud: the same questions, one line each, then the lines of `apply`. Nothing is
 * drawn over. Where the screen shows options in groups, Enter passes a group.
 */
export async function accessibleCommand(host: Host, options: ArgumentsOf<'wizard'>): Promise<ExitCode> {
	const asker = openAsker(host);
	const say = (line: string) => writeLines(host.stdout, [line]);
	try {
		say(
			'Lines only: nothing is drawn over. Enter takes the answer in brackets, back leads to the question before, a question mark explains. Ctrl-C stops safely.',
		);
		const given = answersOf(options);
		const environment = given.environment ?? (await firstAnswer(host, options, asker, say));
		return await runLines(
			host,
			{command: 'wizard', given: options, answers: {...given, environment}, showsCommand: true, asker},
			async (session) => {
				try {
					return await walk(host, session, {asker, given, say});
				} catch (error) {
					if (error instanceof Unanswered) return cancelled;
					if (error instanceof ProblemError) return error.problem;
					throw error;
				}
			},
		);
	} catch (error) {
		if (!(error instanceof Unanswered)) throw error;
		say('Cancelled: nothing was changed');
		return exitCodes.cancelled;
	} finally {
		asker.close();
	}
}

/** Where the run happens: before it is known there is nothing to go back to. */
async function firstAnswer(
	host: Host,
	options: ArgumentsOf<'wizard'>,
	asker: Asker,
	say: (line: string) => void,
): Promise<EnvironmentKind> {
	const services = createServices(host.environment, options.endpointUrl);
	const profiles = await services.findProfiles().catch(() => []);
	for (;;) {
		const kind = await askEnvironment(asker, profiles.length > 0 ? 'aws' : 'sandbox');
		if (kind !== undefined) return kind;
		say(firstQuestion);
	}
}

type Talk = {
	readonly asker: Asker;
	/** What options have answered. */
	readonly given: Answers;
	readonly say: (line: string) => void;
};

/** From the second question to the last. */
async function walk(host: Host, session: Session, {asker, given, say}: Talk): Promise<Problem | undefined> {
	for (const name of [given.sourceProfile, given.destinationProfile]) {
		const problem = name === undefined ? undefined : await printCaller(session, name, say);
		if (problem) return problem;
	}

	const questions = questionsOf(questionContext(session, asker, given, say));
	// The first has been answered.
	let from = 1;
	for (;;) {
		await askInTurn(questions, from, say);
		const result = await session.makePlan(plannedAnswers(session.getState()));
		const answer = await agreement(session, result, {asker, given, say});
		if (answer === 'yes' && result.ok) break;
		if (answer !== backWord) return result.ok ? notAgreed(answer) : joined(result.problems);
		from = lastNeeded(questions, questions.length) ?? questions.length;
		if (from === questions.length) say(firstQuestion);
	}

	const {testFileCount, testFileSizeBytes} = completedAnswers(session.getState());
	const ended = await whenAgreed(host, session, {
		isAgreed: true,
		count() {
			const {plan} = session.getState().run;
			return plan ? changeCount(plan) : 0;
		},
		write: async () => applyAndWatch(session, {testFileCount, testFileSizeBytes}),
	});
	if (!ended) await askForFiles(session, asker);
	return ended;
}

function notAgreed(answer: string): Problem {
	return {...cancelled, cause: `The answer was “${answer}”, not yes. Nothing was changed.`};
}

/** What becomes of a plan, or of what keeps one from being made: `yes`, `back`, or anything else for no. */
async function agreement(
	session: Session,
	result: Awaited<ReturnType<Session['makePlan']>>,
	{asker, say}: Talk,
): Promise<string> {
	if (!result.ok) {
		for (const {headline} of result.problems) say(`Failed: ${headline}`);
		const help = helpOf(
			'back leads to the answers, so that one of them can be changed; stop ends the program.',
		);
		return answered(await asker.ask('back to change an answer, or stop', 'stop', help));
	}

	const count = changeCount(result.plan);
	if (count === 0) return 'yes';
	const changes = changesText(count, warningsOf(session));
	const help = helpOf('yes makes the changes of the plan above. Nothing has been changed so far.');
	const ask = async (question: string) => answered(await asker.ask(`${question} yes or no`, 'no', help));
	let answer = await ask(`Make ${changes}?`);
	if (!isYes(answer) && !isNo(answer) && answer.toLowerCase() !== backWord)
		answer = await ask(`“${answer}” is neither yes nor no. Make ${changes}?`);
	return isYes(answer) ? 'yes' : answer.toLowerCase();
}

/** Whether test files stay that outlive the program. */
async function askForFiles(session: Session, asker: Asker): Promise<void> {
	const {environment} = session.getState();
	const isEmbedded = valueOf(environment)?.kind === 'sandbox';
	const {uploaded} = session.watchView.objectCounts();
	if (isEmbedded || uploaded === 0) return;
	const answer = await asker.ask(`Remove the ${uploaded} test files and their replicas? yes or no`, 'no');
	if (answer !== undefined && isYes(answer)) await session.cleanUpWatched();
}
