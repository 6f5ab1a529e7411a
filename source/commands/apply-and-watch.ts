import {type Answers, fileCountOf} from '../domain/answers/answers.js';
import {answerTable} from '../domain/answers/answer-table.js';
import type {Session} from '../session/session.js';

/** Applies the session's plan, then uploads and follows the test files. */
export async function applyAndWatch(
	session: Session,
	{testFileCount, testFileSizeBytes}: Pick<Answers, 'testFileCount' | 'testFileSizeBytes'>,
): Promise<undefined> {
	if (!(await session.apply())) return;
	const {environment} = session.getState().answers;
	const fileCount = fileCountOf({testFileCount, environment});
	if (fileCount === 0) return;
	await session.watchPlanned({
		staysOpen: false,
		followsOthers: false,
		fileCount,
		fileSizeBytes: testFileSizeBytes ?? answerTable.testFileSizeBytes.defaultOf(),
	});
}
