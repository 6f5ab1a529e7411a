import {planFileText} from '../domain/plan/plan-file.js';
import {joined} from '../domain/problem.js';
import {changeCount} from '../domain/plan/plan.js';
import {requestFrom} from '../domain/answers/request.js';
import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {unaskedAnswersOf} from './answers-of.js';
import {writePlanFile} from './files/plan-files.js';
import type {Host} from './host/host.js';
import {refuse, runLines} from './run-lines.js';

/** `s3-replicate plan`: shows what a run would change; changes nothing. */
export async function planCommand(host: Host, given: ArgumentsOf<'plan'>): Promise<ExitCode> {
	const isDetailed = Boolean(given.detailedExitcode);
	const answers = unaskedAnswersOf(given);
	const checked = requestFrom(answers);
	if (!checked.ok) {
		const code = refuse(host, joined(checked.problems), given);
		return isDetailed ? exitCodes.failed : code;
	}

	let changes = 0;
	const code = await runLines(
		host,
		{command: 'plan', given, answers, showsDocuments: true, showsCommand: true},
		async (session) => {
			const result = await session.makePlan(answers);
			if (!result.ok) return joined(result.problems);
			changes = changeCount(result.plan);
			if (given.planFile !== undefined) {
				const {endpoints = []} = session.getState().run;
				await writePlanFile(given.planFile, planFileText(answers, endpoints, result.plan));
			}

			return undefined;
		},
	);
	if (!isDetailed || code === exitCodes.cancelled) return code;
	if (code !== exitCodes.done) return exitCodes.failed;
	return changes > 0 ? exitCodes.usage : exitCodes.done;
}
