import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import {type PlanFile, readPlanFile} from '../../domain/plan/plan-file.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {makeFolder} from './make-folder.js';

/** Writes a plan for its owner alone, over an older plan too. Throws the problem of a place that cannot be written, or holds something else. */
export async function writePlanFile(file: string, text: string): Promise<void> {
	const place = path.resolve(file);
	const before = await textIn(place);
	if (before !== undefined && before !== '' && !readPlanFile(before).ok)
		throw new ProblemError(
			fixable('plan-file', `Cannot write the plan ${place}`, 'A file with another content is there.', [
				'Name another file: --plan-file FILE.',
			]),
		);
	try {
		await makeFolder(path.dirname(place));
		await writeFile(place, text, {mode: 0o600});
		// One that was there keeps its permissions otherwise.
		await chmod(place, 0o600);
	} catch (error) {
		throw new ProblemError(unusable(place, error));
	}
}

/** Reads a plan. Throws the problem of a file that is absent, unreadable or no plan. */
export async function openPlanFile(file: string): Promise<PlanFile> {
	const place = path.resolve(file);
	const text = await textIn(place);
	const found = text === undefined ? undefined : readPlanFile(text);
	if (found?.ok) return found.file;
	throw new ProblemError(
		fixable('plan-file', `Cannot apply the plan ${place}`, found?.fault ?? 'There is no such file.', [
			'Write the plan again: plan with --plan-file FILE.',
		]),
	);
}

async function textIn(place: string): Promise<string | undefined> {
	try {
		return (await readRegularFile(place)).text;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw new ProblemError(unusable(place, error));
	}
}

function unusable(place: string, error: unknown) {
	const cause = error instanceof Error ? error.message : String(error);
	return fixable('plan-file', `Cannot use the plan file ${place}`, cause, [
		'Name another file: --plan-file FILE.',
	]);
}
