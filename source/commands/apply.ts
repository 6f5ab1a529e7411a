import type {Answers} from '../domain/answers/answers.js';
import {answerTable} from '../domain/answers/answer-table.js';
import {changeCount} from '../domain/plan/plan.js';
import {type Problem, joined} from '../domain/problem.js';
import {requestFrom} from '../domain/answers/request.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import type {Session} from '../session/session.js';
import {unaskedAnswersOf} from './answers-of.js';
import {whenAgreed} from './ask/confirm.js';
import type {Host} from './host/host.js';
import {refuse, runLines} from './run-lines.js';

/** `s3-replicate apply`: plans, applies and watches, without questions but the one whether to write. */
export async function applyCommand(host: Host, given: ArgumentsOf<'apply'>): Promise<ExitCode> {
	const answers = unaskedAnswersOf(given);
	const checked = requestFrom(answers);
	if (!checked.ok) return refuse(host, joined(checked.problems), Boolean(given.json));
	return runLines(host, {command: 'apply', given, answers}, async (session) => {
		const result = await session.makePlan(answers);
		if (!result.ok) return joined(result.problems);
		return whenAgreed(host, session, {
			isAgreed: Boolean(given.yes),
			count: () => changeCount(session.getState().run.plan ?? result.plan),
			write: async () => applyAndWatch(session, given),
		});
	});
}

/** Applies the session's plan, then uploads and follows the test files. */
export async function applyAndWatch(
	session: Session,
	{testFileCount, testFileSizeBytes}: Pick<Answers, 'testFileCount' | 'testFileSizeBytes'>,
): Promise<Problem | undefined> {
	const isDone = await session.apply();
	if (!isDone) return undefined;
	const isSandbox = session.getState().answers.environment === 'sandbox';
	const fileCount = testFileCount ?? (isSandbox ? answerTable.testFileCount.defaultOf() : 0);
	if (fileCount === 0) return undefined;
	await session.watchPlanned({
		staysOpen: false,
		followsOthers: false,
		fileCount,
		fileSizeBytes: testFileSizeBytes ?? answerTable.testFileSizeBytes.defaultOf(),
	});
	return undefined;
}
