import type {Observed} from '../plan/observed.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {WantedRule} from './rule-meaning.js';

/** The rule that a run is about. */
export function wantedRule(request: ReplicationRequest, {source, destination}: Observed): WantedRule {
	return {
		id: request.ruleId,
		partition: source.caller.partition,
		destinationBucket: request.destination.bucket,
		sourceAccountId: source.caller.accountId,
		destinationAccountId: request.mode === 'cross-account' ? destination.caller.accountId : undefined,
	};
}
