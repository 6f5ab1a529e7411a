import {checksByWay} from '../../domain/checks/all-checks.js';
import {type Check, type CheckHead, sortedChecks} from '../../domain/checks/check.js';
import type {CheckDefinition} from '../../domain/checks/define-check.js';
import type {CheckContext, ReadingName, Readings} from '../../domain/checks/readings.js';
import type {RunEvent} from '../../domain/event.js';
import {createChannel} from '../channel.js';
import type {ReadForChecks, ReadOptions} from './read-for-checks.js';
import {readWays} from './read-way-back.js';

export type CheckOptions = ReadOptions & Omit<CheckContext, 'request'>;

/**
 * Checks everything that would make replication fail or hurt, reading from both accounts at once. Each check is told as soon as
 * its answers are there; at the end all of them, what needs somebody's eye on top. What cannot be read makes a check
 * `unknown`, or a problem where the plan needs it. Changes nothing.
 */
export async function* check(options: CheckOptions): AsyncGenerator<RunEvent, void> {
	const {request, fileCount, nowMs} = options;
	const definitions = checksByWay(request);
	yield {type: 'checks-started', checks: [...definitions.there, ...definitions.back].map(headOf)};
	const ways = readWays(options);
	const asked = (['there', 'back'] as const).flatMap((name) => {
		const way = ways[name];
		return way ? definitions[name].map((definition) => ({definition, way})) : [];
	});
	const channel = createChannel<Check>();
	const finishing = Promise.all(
		asked.map(async ({definition, way}) => {
			const context = {request: way.request, fileCount, nowMs};
			const finished = await finishedCheck(definition, context, way.read);
			channel.send(finished);
			return finished;
		}),
	);
	finishing.then(
		() => channel.close(),
		(error: unknown) => channel.close(error),
	);
	for await (const finished of channel.read()) yield {type: 'check-finished', ...finished};
	yield {type: 'checks-finished', checks: sortedChecks(await finishing)};
}

async function finishedCheck(
	definition: CheckDefinition,
	context: CheckContext,
	read: ReadForChecks,
): Promise<Check> {
	const {needs, decide} = definition;
	const answers = await Promise.all(
		needs.map(async (name: ReadingName) => [name, await read(name)] as const),
	);
	// Every check is told what it says it needs, and looks at nothing else.
	const readings = Object.fromEntries(answers) as unknown as Readings;
	return {...headOf(definition), ...decide(context, readings)};
}

function headOf({id, title, group, direction}: CheckDefinition): CheckHead {
	return {id, title, group, ...(direction === undefined ? {} : {direction})};
}
