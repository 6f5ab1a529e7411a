import type {Answers} from '../domain/answers/answers.js';
import {handOverLines} from '../domain/hand-over/open-hand-over.js';
import {cancelled, joined, type Problem} from '../domain/problem.js';
import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {isYes} from '../domain/text/yes-word.js';
import {completedAnswers} from '../session/state/defaults.js';
import {valueOf} from '../session/state/loadable.js';
import type {Session} from '../session/session.js';
import {askInTurn, firstQuestion, lastNeeded, Unanswered} from './accessible/ask-in-turn.js';
import {copyAccessibly, offerCopyAccessibly} from './accessible/copy-questions.js';
import {askEnvironment, type Beginning, errandOf, placeOf} from './accessible/environment-question.js';
import {lookAtExisting} from './accessible/existing-questions.js';
import {printCaller} from './accessible/profile-question.js';
import {questionContext} from './accessible/question-context.js';
import {questionsOf} from './accessible/questions.js';
import {agreement, planAccessibly} from './accessible/agreement.js';
import {answersOf} from './answers-of.js';
import {applyAndWatch} from './apply-and-watch.js';
import {type Asker, backWord, openAsker} from './ask/ask-lines.js';
import {whenAgreed} from './ask/confirm.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {runLines} from './run-lines.js';
import {createServices} from './services/services.js';

/**
 * The wizard for screen readers: the same questions, one line each, then the lines of `apply`. Nothing is
 * drawn over. Where the screen shows options in groups, Enter passes a group.
 */
export async function accessibleCommand(host: Host, options: ArgumentsOf<'wizard'>): Promise<ExitCode> {
	const asker = openAsker(host);
	const say = (line: string) => writeLines(host.stdout, [line]);
	try {
		say(
			'Lines only: nothing is drawn over. Enter takes the answer in brackets. back leads to the question before. A question mark explains. Ctrl-C stops safely.',
		);
		const given = answersOf(options);
		const beginning = given.environment ?? (await firstAnswer(host, options, asker, say));
		const answers = {...given, environment: placeOf(beginning)};
		return await runLines(
			host,
			{command: 'wizard', given: options, answers, showsCommand: true, asker},
			async (session) => {
				session.chooseErrand(errandOf(beginning));
				return walk(host, session, {asker, given, say}).catch((error: unknown) => {
					if (error instanceof Unanswered) return cancelled;
					throw error;
				});
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
): Promise<Beginning> {
	const services = createServices(host.environment, options.endpointUrl);
	const profiles = await services.findProfiles().catch(() => []);
	for (const one of (await services.handOvers?.list()) ?? [])
		for (const line of handOverLines(one)) say(line.trim());
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
	const fromTheLast = (): number => {
		const last = lastNeeded(questions, questions.length);
		if (last === undefined) say(firstQuestion);
		return last ?? questions.length;
	};
	// The first has been answered.
	let from = 1;
	for (;;) {
		await askInTurn(questions, from, say);
		if (session.getState().errand === 'existing') {
			const isLeft = await lookAtExisting(host, session, {asker, say});
			if (!isLeft) {
				await askForFiles(session, asker);
				return undefined;
			}

			from = fromTheLast();
			continue;
		}

		if (session.getState().errand === 'copy') {
			const {isLeft = false, problem} = await copyAccessibly(session, {asker, say});
			if (!isLeft) return problem;
			session.back();
			from = fromTheLast();
			continue;
		}

		const result = await planAccessibly(session, asker);
		const answer = await agreement(session, result, {asker, say});
		if (answer === 'yes' && result.ok) break;
		if (answer !== backWord) return result.ok ? notAgreed(answer) : joined(result.problems);
		from = fromTheLast();
	}

	if (session.getState().run.plan?.others) {
		await session.handOver();
		return undefined;
	}

	const {testFileCount, testFileSizeBytes} = completedAnswers(session.getState());
	const write = async () => applyAndWatch(session, {testFileCount, testFileSizeBytes});
	const ended = await whenAgreed(host, session, {isAgreed: true, write});
	const isSetUp = !ended && session.getState().phase !== 'apply-failed';
	const copied = isSetUp ? await offerCopyAccessibly(session, {asker, say}) : undefined;
	if (!ended) await askForFiles(session, asker);
	return ended ?? copied;
}

function notAgreed(answer: string): Problem {
	return {...cancelled, cause: `The answer was “${answer}”, not yes. Nothing was changed.`};
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
