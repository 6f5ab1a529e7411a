import type {Problem} from '../domain/problem.js';
import {answerTable} from '../domain/answers/answer-table.js';
import type {Session} from '../session/session.js';
import type {DiagnoseRequest} from '../session/actions/diagnose-actions.js';
import {askedYes} from './ask/confirm.js';
import type {Host} from './host/host.js';

/**
 * Sends one small file that as many rules as possible take, after a yes, and follows it. Gives the problem of a no; what becomes of the file
 * is in the session's state.
 */
export async function probeRules(
	host: Host,
	session: Session,
	{sourceBucket, answers, destinationProfiles}: DiagnoseRequest,
	isAgreed: boolean,
): Promise<Problem | undefined> {
	const found = await session.findReplication(sourceBucket, answers, destinationProfiles);
	if (!isAgreed) {
		const refusal = await askedYes(host, `Upload 1 test file to ${sourceBucket}`);
		if (refusal) return refusal;
	}

	await session.watch({
		...found,
		fileCount: 1,
		fileSizeBytes: answerTable.testFileSizeBytes.defaultOf(),
		followsOthers: false,
		staysOpen: false,
	});
	return session.getState().watchProblem;
}
