import type {PolicyDocument} from '../../policy/document.js';
import type {ReplicationRequest} from '../answers/request.js';
import {withoutDeletedPrincipals} from './deleted-principals.js';
import {type KeyDuty, keyPolicyWith} from './key-statements.js';
import type {Places} from './replication-calls.js';

/**
 * A key's policy as a plan writes it: with what the role needs, and, where a person asked for it by its option, without deleted roles and
 * users, for which KMS refuses it. The same document where the role may do everything already. Pure.
 */
export function plannedKeyPolicy(
	{isHandedOver, dropsDeletedPrincipals}: ReplicationRequest,
	before: PolicyDocument,
	{needs}: Pick<KeyDuty, 'needs'>,
	roleArn: string,
	places: Places,
): PolicyDocument {
	const after = keyPolicyWith(before, needs, roleArn, places, isHandedOver);
	return after === before || !dropsDeletedPrincipals ? after : withoutDeletedPrincipals(after);
}
