import {type Problem, problemFrom} from '../../domain/problem.js';
import {reportCsv} from './report-csv.js';
import type {ReportInput} from './report-input.js';
import {reportJson} from './report-json.js';
import {reportMarkdown} from './report-markdown.js';
import type {ReportStore} from './stores.js';

/** The paths of the files, the one for people first. */
export type ReportResult =
	| {readonly ok: true; readonly files: readonly string[]}
	| {readonly ok: false; readonly problem: Problem};

const kinds = [
	['md', reportMarkdown],
	['json', reportJson],
	['csv', reportCsv],
] as const;

/** Writes what a watch has become: for people, for programs and for spreadsheets. */
export async function writeReport(store: ReportStore, input: ReportInput): Promise<ReportResult> {
	try {
		const files: string[] = [];
		for (const [extension, chunks] of kinds)
			files.push(await store.write(input.runId, extension, chunks(input)));
		return {ok: true, files};
	} catch (error) {
		return {ok: false, problem: problemFrom(error)};
	}
}
