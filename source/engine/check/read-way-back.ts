import type {ReadingName, Readings} from '../../domain/checks/readings.js';
import {plannedByWay} from '../../domain/checks/way-back-checks.js';
import type {ReplicationRequest} from '../../domain/answers/request.js';
import {requestBack} from '../../domain/answers/way-back.js';
import {opened} from '../settled.js';
import {type ReadForChecks, readForChecks, type ReadOptions} from './read-for-checks.js';

/** What the checks of one way ask, and of which request. */
type ReadWay = {readonly request: ReplicationRequest; readonly read: ReadForChecks};

/**
 * The readings of each way. On the way back of a two-way set-up the ends have changed places: what is known of a bucket or a caller is not
 * read again. Only what depends on the way is: its role, its rules, its plan, and what its callers may do.
 */
export function readWays(options: ReadOptions): {readonly there: ReadWay; readonly back?: ReadWay} {
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

const otherEnds = {source: 'destination', destination: 'source'} as const;

function changedPlaces(there: ReadForChecks, back: ReadForChecks): ReadForChecks {
	return async (name) => {
		const [, side, what] = /^(source|destination)(?!Permissions)(\w+)$/.exec(name) ?? [];
		if (side === undefined) return back(name);
		const other = `${otherEnds[side as 'source' | 'destination']}${what}` as ReadingName;
		return (await there(other)) as Readings[typeof name];
	};
}
