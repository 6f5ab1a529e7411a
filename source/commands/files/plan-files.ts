import path from 'node:path';
import {type PlanFile, readPlanFile} from '../../domain/plan/plan-file.js';
import {fixable, messageOf, ProblemError} from '../../domain/problem.js';
import {textIn, writePrivately} from './text-files.js';

/** Writes a plan for its owner alone, over an older plan too. Throws the problem of a place that cannot be written, or holds something else. */
export async function writePlanFile(file: string, text: string): Promise<void> {
	const place = path.resolve(file);
	const before = await textIn(place, unusable(place));
	if (before !== undefined && before !== '' && !readPlanFile(before).ok)
		throw new ProblemError(
			fixable('plan-file', `Cannot write the plan ${place}`, 'A file with another content is there.', [
				'Name another file: --plan-file FILE.',
			]),
		);
	try {
		await writePrivately(place, text);
	} catch (error) {
		throw unusable(place)(error);
	}
}

/** Reads a plan. Throws the problem of a file that is absent, unreadable or no plan. */
export async function openPlanFile(file: string): Promise<PlanFile> {
	const place = path.resolve(file);
	const text = await textIn(place, unusable(place));
	const found = text === undefined ? undefined : readPlanFile(text);
	if (found?.ok) return found.file;
	throw new ProblemError(
		fixable('plan-file', `Cannot apply the plan ${place}`, found?.fault ?? 'There is no such file.', [
			'Write the plan again: plan with --plan-file FILE.',
		]),
	);
}

const unusable =
	(place: string) =>
	(error: unknown): ProblemError =>
		new ProblemError(
			fixable('plan-file', `Cannot use the plan file ${place}`, messageOf(error), [
				'Name another file: --plan-file FILE.',
			]),
		);
