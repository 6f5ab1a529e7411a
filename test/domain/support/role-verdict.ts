import type {Verdict} from '../../../source/domain/checks/check.js';
import type {Readings} from '../../../source/domain/checks/readings.js';
import type {ReplicationRequest} from '../../../source/domain/answers/request.js';
import type {Observed} from '../../../source/domain/observed/observed.js';
import {makePlan} from '../../../source/domain/plan/make-plan.js';
import {checksFor} from './checks-for.js';

/** What one check says of what was observed, with the policy of a bucket where it looks at one. */
export function verdictOf(
	id: string,
	request: ReplicationRequest,
	observed: Observed,
	policy?: unknown,
): Verdict | undefined {
	const read = (value: unknown) => ({isRead: true, value});
	const readings = {
		role: read(observed.role),
		observed: read(observed),
		sourceCaller: read(observed.source.caller),
		destinationCaller: read(observed.destination.caller),
		sourcePolicy: read(policy),
		destinationPolicy: read(policy),
		planned: read(makePlan(request, observed)),
	} as unknown as Readings;
	const check = checksFor(request).find((one) => one.id === id);
	return check?.decide({request, fileCount: 0, nowMs: 0}, readings);
}
