import {changeCount} from '../domain/plan.js';
import {type Problem, joined} from '../domain/problem.js';
import {requestFrom} from '../domain/request.js';
import type {ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import type {Session} from '../session/session.js';
import {unaskedAnswersOf} from './answers-of.js';
import {whenAgreed} from './confirm.js';
import type {Host} from './host.js';
import {refuse, runLines} from './run-lines.js';

const sandboxFileCount = 5;
const defaultFileSizeBytes = 1024;

/** `s3-replicate apply`: plans, applies and watches, without questions but the one whether to write. */
export async function applyCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	const answers = unaskedAnswersOf(values);
	const checked = requestFrom(answers);
	if (!checked.ok) return refuse(host, joined(checked.problems), Boolean(values.json));
	return runLines(host, {command: 'apply', values, answers}, async (session) => {
		const result = await session.makePlan(answers);
		if (!result.ok) return joined(result.problems);
		return whenAgreed(host, session, {
			isAgreed: Boolean(values.yes),
			count: () => changeCount(session.getState().run.plan ?? result.plan),
			write: async () => applyAndWatch(session, values),
		});
	});
}

/** Applies the session's plan, then uploads and follows the test files. */
export async function applyAndWatch(session: Session, values: FlagValues): Promise<Problem | undefined> {
	const isDone = await session.apply();
	if (!isDone) return undefined;
	const isSandbox = session.getState().answers.environment === 'sandbox';
	const fileCount = (values.files as number | undefined) ?? (isSandbox ? sandboxFileCount : 0);
	if (fileCount === 0) return undefined;
	await session.watchPlanned({
		staysOpen: false,
		followsOthers: false,
		fileCount,
		fileSizeBytes: (values['file-size'] as number | undefined) ?? defaultFileSizeBytes,
	});
	return undefined;
}
