import {fixable, problemFrom} from '../domain/problem.js';
import type {ExitCode} from '../exit-code.js';
import type {FlagValues} from '../flags.js';
import type {Host} from './host.js';
import {answersOf} from './answers-of.js';
import {refuse, runLines} from './run-lines.js';

const defaultFileCount = 5;
const defaultFileSizeBytes = 1024;

/** `s3-replicate watch`: uploads test files to a bucket that is replicated already, and follows them. */
export async function watchCommand(host: Host, values: FlagValues): Promise<ExitCode> {
	const answers = {...answersOf(values), environment: 'aws' as const};
	const {sourceBucket} = answers;
	if (sourceBucket === undefined) {
		const problem = fixable(
			'missing-answers',
			'Cannot start: --source-bucket is missing',
			'Without questions, the bucket to upload to has to be given.',
			['Add --source-bucket NAME.'],
		);
		return refuse(host, problem, Boolean(values.json));
	}

	return runLines(host, {command: 'watch', values, answers}, async (session) => {
		try {
			const found = await session.findReplication(sourceBucket, answers);
			await session.watch({
				...found,
				staysOpen: false,
				followsOthers: false,
				fileCount: answers.testFileCount ?? defaultFileCount,
				fileSizeBytes: answers.testFileSizeBytes ?? defaultFileSizeBytes,
			});
			return undefined;
		} catch (error) {
			return problemFrom(error);
		}
	});
}
