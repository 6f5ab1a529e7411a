import {limits} from '../domain/limits.js';
import {joined, type Problem} from '../domain/problem.js';
import type {FoundReplication} from '../engine/watch/find-replication.js';
import type {ArgumentsOf} from '../command-line/options.js';
import type {Session} from '../session/session.js';
import {whenAgreed} from './ask/confirm.js';
import type {Host} from './host/host.js';

/** What was said about having S3 tell why files fail. */
type Given = Pick<ArgumentsOf<'watch' | 'diagnose'>, 'yes' | 'reasons' | 'keepReasons' | 'reasonsWait'>;

type SetUpReasons =
	| NonNullable<Awaited<ReturnType<Session['setUpReasons']>>>
	| {readonly problem: Problem | undefined};

/** Shows what it takes that S3 tells why files fail, and sets it up after a yes. Gives what the watch reads then, or what it goes on without, or what stands in the way. */
export async function setUpReasons(
	host: Host,
	session: Session,
	found: FoundReplication,
	given: Given & {
		/** Whether others' files are watched, or those of every rule. */
		readonly followsOthers: boolean;
	},
): Promise<SetUpReasons> {
	const result = await session.planReasons(found, given.followsOthers);
	if (!result.ok)
		return 'goesOnWithout' in result
			? {reasonsLeftOut: result.goesOnWithout}
			: {problem: joined(result.problems)};
	let read: Awaited<ReturnType<Session['setUpReasons']>>;
	const waitMs = given.reasonsWait === undefined ? limits.eventsAfterMetricsMs : given.reasonsWait * 1000;
	const problem = await whenAgreed(host, session, {
		isAgreed: Boolean(given.yes),
		async write() {
			read = await session.setUpReasons(found, waitMs);
			return undefined;
		},
	});
	return read ?? {problem};
}

/** Takes down what tells the reasons, unless it is kept; whatever the watch came to. */
export async function endOfReasons(
	session: Session,
	found: FoundReplication,
	given: Given,
	problem: Problem | null | undefined,
): Promise<Problem | null | undefined> {
	if (!given.reasons || given.keepReasons) return problem;
	const left = await session.takeDownReasons(found);
	return problem ?? left ?? problem;
}
