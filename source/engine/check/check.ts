import {checksByWay} from '../../domain/checks/all-checks.js';
import {type Check, type CheckHead, sortedChecks} from '../../domain/checks/check.js';
import type {CheckDefinition} from '../../domain/checks/define-check.js';
import type {CheckContext, ReadingName, Readings} from '../../domain/checks/readings.js';
import type {RunEvent} from '../../domain/event.js';
import {createChannel} from '../channel.js';
import {type ReadForChecks, readForChecks, type ReadOptions} from './read-for-checks.js';
import {plannedByWay} from '../../domain/checks/way-back-checks.js';
import type {ReplicationRequest} from '../../domain/answers/request.js';
import type {Side} from '../../domain/answers/mode.js';
import {otherSide, requestBack} from '../../domain/answers/way-back.js';
import {opened} from '../settled.js';

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

/** What the checks of one way ask, and of which request. */
type ReadWay = {readonly request: ReplicationRequest; readonly read: ReadForChecks};

/**
 * The readings of each way. On the way back of a two-way set-up the ends have changed places: what is known of a bucket or a caller is not
 * read again. Only what depends on the way is: its role, its rules, its plan, and what its callers may do.
 */
function readWays(options: ReadOptions): {readonly there: ReadWay; readonly back?: ReadWay} {
	const {request, observing, connections} = options;
	const wayBack = requestBack(request);
	if (!wayBack || !observing.back) return {there: {request, read: readForChecks(options)}};
	const byWay = options.planned.then(async (planned) =>
		plannedByWay(request, await opened(observing.all), planned),
	);
	byWay.catch(() => undefined);
	const plannedOf = async (way: 'there' | 'back') => (await byWay)[way];
	const there = readForChecks({...options, planned: plannedOf('there')});
	const back = readForChecks({
		...options,
		request: wayBack,
		connections: {source: connections.destination, destination: connections.source},
		observing: observing.back,
		planned: plannedOf('back'),
	});
	return {there: {request, read: there}, back: {request: wayBack, read: changedPlaces(there, back)}};
}

function changedPlaces(there: ReadForChecks, back: ReadForChecks): ReadForChecks {
	return async (name) => {
		const [, side, what] = /^(source|destination)(?!Permissions)(\w+)$/.exec(name) ?? [];
		if (side === undefined) return back(name);
		const other = `${otherSide(side as Side)}${what}` as ReadingName;
		return (await there(other)) as Readings[typeof name];
	};
}
