import type {ReplicationRequest} from '../answers/request.js';
import type {WantedRule} from './rule-meaning.js';

/** Whose calls they are on both sides, of all that was observed. */
type Callers = {
	readonly source: {readonly caller: {readonly accountId: string; readonly partition: string}};
	readonly destination: {readonly caller: {readonly accountId: string}};
};

/** The rule that a run is about. */
export function wantedRule(request: ReplicationRequest, {source, destination}: Callers): WantedRule {
	return {
		id: request.ruleId,
		partition: source.caller.partition,
		destinationBucket: request.destination.bucket,
		sourceAccountId: source.caller.accountId,
		destinationAccountId: request.mode === 'cross-account' ? destination.caller.accountId : undefined,
	};
}
