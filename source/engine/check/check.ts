import {checksFor} from '../../domain/checks/all-checks.js';
import {type Check, sortedChecks} from '../../domain/checks/check.js';
import type {CheckDefinition} from '../../domain/checks/define-check.js';
import type {CheckContext, ReadingName, Readings} from '../../domain/checks/readings.js';
import type {RunEvent} from '../../domain/event.js';
import {createChannel} from '../channel.js';
import {readForChecks, type ReadForChecks, type ReadOptions} from './read-for-checks.js';

export type CheckOptions = ReadOptions & Omit<CheckContext, 'request'>;

/**
 * Checks everything that would make replication fail or hurt, reading from both accounts at once. Each check is told as soon as
 * its answers are there; at the end all of them, what needs somebody's eye on top. What cannot be read makes a check
 * `unknown`, or a problem where the plan needs it. Changes nothing.
 */
export async function* check(options: CheckOptions): AsyncGenerator<RunEvent, void> {
	const {request, fileCount, nowMs} = options;
	const definitions = checksFor(request);
	const heads = definitions.map(({id, title, group}) => ({id, title, group}));
	yield {type: 'checks-started', checks: heads};
	const read = readForChecks(options);
	const channel = createChannel<Check>();
	const finishing = Promise.all(
		definitions.map(async (definition) => {
			const finished = await finishedCheck(definition, {request, fileCount, nowMs}, read);
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
	{id, title, group, needs, decide}: CheckDefinition,
	context: CheckContext,
	read: ReadForChecks,
): Promise<Check> {
	const answers = await Promise.all(
		needs.map(async (name: ReadingName) => [name, await read(name)] as const),
	);
	// Every check is told what it says it needs, and looks at nothing else.
	const readings = Object.fromEntries(answers) as unknown as Readings;
	return {id, title, group, ...decide(context, readings)};
}
