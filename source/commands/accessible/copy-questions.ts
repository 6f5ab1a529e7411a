import {comparisonPrice, comparisonPriceText, copyQuestion} from '../../domain/batch/job-price.js';
import {limits} from '../../domain/limits.js';
import {changeCount} from '../../domain/plan/plan.js';
import type {Problem} from '../../domain/problem.js';
import {isNo, isYes} from '../../domain/text/yes-word.js';
import type {Session} from '../../session/session.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import {askYesOrNo} from './agreement.js';
import {answered, helpOf} from './question-context.js';

type Talk = {readonly asker: Asker; readonly say: (line: string) => void};

/** How it went: the problem that ends the run, or that the person wants to go back to the questions. */
type AccessibleCopy = {readonly isLeft?: boolean; readonly problem?: Problem};

const planHelp = helpOf(
	'yes makes the job of the plan above. It copies nothing before your yes to the number of objects and its price.',
);
const countHelp = helpOf('yes copies the objects. no cancels the job. wait leaves it waiting for a yes.');

/** Plans a job for objects that exist already, makes it after a yes, sees it through, and compares both sides where somebody wants that. */
export async function copyAccessibly(session: Session, talk: Talk): Promise<AccessibleCopy> {
	const {asker, say} = talk;
	session.offerCopy();
	await whileSeen(session, talk, async () => session.planCopy());
	if (session.getState().copying?.stage === 'planned') {
		const {plan} = session.getState().run;
		const count = plan ? changeCount(plan) : 0;
		const changes = `${count} ${count === 1 ? 'change' : 'changes'}`;
		const answer = await askYesOrNo(asker, `Make ${changes}?`, planHelp);
		if (answer.toLowerCase() === backWord) return {isLeft: true};
		if (!isYes(answer)) {
			say('No job is made.');
			return {};
		}

		await whileSeen(session, talk, async () => session.makeCopy());
	}

	const {copying, copyProblem} = session.getState();
	if (copyProblem || copying?.stage !== 'ended') return copyProblem ? {problem: copyProblem} : {};
	const price = comparisonPriceText(comparisonPrice(limits.comparedObjects));
	const compares = await askYesOrNo(
		asker,
		'Compare both sides?',
		helpOf(`Two listings are read side by side, and nothing is changed. ${price}.`),
	);
	if (!isYes(compares)) return {};
	await session.verifyCopy();
	const {copyProblem: differing} = session.getState();
	return differing ? {problem: differing} : {};
}

/** Asks about the count where the job waits for it, and hears what is typed while the job runs. */
async function whileSeen(session: Session, {asker, say}: Talk, work: () => Promise<void>): Promise<void> {
	let stage = session.getState().copying?.stage;
	let endListening: (() => void) | undefined;
	const askCount = async (): Promise<void> => {
		const total = session.getState().run.batch?.progress?.total ?? undefined;
		const answer = await asker.ask(`${copyQuestion(total)}? yes, no or wait`, 'wait', countHelp);
		const word = answer ?? 'wait';
		session.agreeCopy(isYes(word) ? 'yes' : isNo(word) ? 'no' : 'wait');
	};
	const hear = (line: string): void => {
		const word = line.trim().toLowerCase();
		if (word === 'c') {
			void session.cancelJob().catch(() => say('Failed: the job is not cancelled.'));
			say('Cancelling the job. What it has copied stays.');
		} else if (word === 'q') {
			session.leaveCopy();
			say('Left: the job runs on.');
		} else say('Type c to cancel the job, or q to leave it running.');
	};
	const endChanges = session.subscribe(() => {
		const now = session.getState().copying?.stage;
		if (now === stage) return;
		stage = now;
		endListening?.();
		endListening = undefined;
		if (now === 'confirming') void askCount();
		if (now === 'following') {
			endListening = asker.listen(hear);
			say('The job runs at AWS. Type c and Enter to cancel it, q and Enter to leave it running.');
		}
	});
	try {
		await work();
	} finally {
		endListening?.();
		endChanges();
	}
}

/** Offers it after a set-up of a source that holds objects already. */
export async function offerCopyAccessibly(session: Session, talk: Talk): Promise<Problem | undefined> {
	const existing = session.getState().run.plan?.existing;
	if (existing === undefined) return undefined;
	talk.say(existing);
	const help = helpOf(
		'yes plans a job of S3 Batch Replication, with its price; nothing is made before another yes.',
	);
	const answer = answered(await talk.asker.ask('Copy objects that exist already? yes or no', 'no', help));
	if (!isYes(answer)) return undefined;
	return (await copyAccessibly(session, talk)).problem;
}
