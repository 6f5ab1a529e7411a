import {consentsOf} from '../domain/answers/consents.js';
import {endpointsText} from '../domain/endpoint/service-endpoints.js';
import {differencesFrom} from '../domain/plan/plan-file.js';
import {isSameValue} from '../domain/same-value.js';
import {planCommandOf} from '../domain/answers/command-line.js';
import {fixable, type Problem, joined} from '../domain/problem.js';
import {requestFrom} from '../domain/answers/request.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {loaded} from '../session/state/loadable.js';
import {unaskedAnswersOf} from './answers-of.js';
import {applyAndWatch} from './apply-and-watch.js';
import {applyReceipt} from './apply-receipt.js';
import {askedYes, whenAgreed} from './ask/confirm.js';
import {planAsking} from './ask/plan-asking.js';
import {type Host, isTerminal} from './host/host.js';
import {openPlanFile} from './files/plan-files.js';
import {refuse, runLines, saidTwice} from './run-lines.js';
import {paceOnAws} from './services/sandbox-pace.js';

/** `s3-replicate apply`: plans, applies and watches, without questions but the one whether to write. */
export async function applyCommand(host: Host, given: ArgumentsOf<'apply'>): Promise<ExitCode> {
	const misplaced = given.sandbox ? undefined : paceOnAws(given);
	if (misplaced) return refuse(host, misplaced, given);
	if (given.receipt !== undefined) return applyReceipt(host, given, given.receipt);
	if (given.planFile !== undefined) return applyPlanFile(host, given, given.planFile);
	const answers = unaskedAnswersOf(given);
	const checked = requestFrom(answers);
	if (!checked.ok) return refuse(host, joined(checked.problems), given);
	return runLines(host, {command: 'apply', given, answers}, async (session) => {
		// Who said yes beforehand, or reads JSON, is asked nothing: the problem names the flag.
		let refusal: Problem | undefined;
		const isAsked = isTerminal(host) && !given.yes && !given.json;
		const result = await planAsking(
			session,
			async () => session.makePlan({...answers, ...consentsOf(session.getState().answers)}),
			async ({question}) => {
				if (!isAsked) return false;
				refusal = await askedYes(host, question);
				return refusal === undefined;
			},
		);
		if (!result.ok) return refusal ?? joined(result.problems);
		const write = async () => applyAndWatch(session, given);
		return whenAgreed(host, session, {isAgreed: Boolean(given.yes), write});
	});
}

/** Applies what a file says: plans anew, and stops where that would write anything else, or would write it elsewhere. */
async function applyPlanFile(host: Host, given: ArgumentsOf<'apply'>, place: string): Promise<ExitCode> {
	const fault = saidTwice('--plan-file', 'what is planned', given);
	if (fault) return refuse(host, fault, given);

	const read = await loaded(async () => openPlanFile(place));
	if (read.state === 'failed') return refuse(host, read.problem, given);
	const {value: file} = read;
	return runLines(host, {command: 'apply', given, answers: file.answers}, async (session) => {
		const result = await session.makePlan(file.answers);
		if (!result.ok) return joined(result.problems);
		const {endpoints = []} = session.getState().run;
		const differences = [
			...(isSameValue(endpoints, file.endpoints)
				? []
				: [`Calls went to ${endpointsText(file.endpoints)}, and now go to ${endpointsText(endpoints)}.`]),
			...differencesFrom(file, result.plan.operations),
		];
		if (differences.length > 0) {
			const plan = planCommandOf(file.answers, session.getState().run.endpointUrl, place);
			return isAnother(plan, differences);
		}

		const write = async () => applyAndWatch(session, given);
		return whenAgreed(host, session, {isAgreed: Boolean(given.yes), isExact: true, write});
	});
}

function isAnother(plan: string, differences: readonly string[]): Problem {
	return fixable(
		'plan-file-outdated',
		'Cannot apply the plan file: something changed since',
		`${differences.join(' ')} Nothing was written.`,
		[`Plan anew, and look at it: ${plan}`],
	);
}
