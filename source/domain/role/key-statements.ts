import type {Side} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import type {KeyDescription, KeyPolicy} from '../observed/observed-key.js';
import {type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';
import {freeSid, missingIn} from './destination-policy.js';
import type {Need} from './duties.js';
import {granteeOf} from './grants.js';
import type {Places} from './replication-calls.js';
import {withoutDeletedPrincipals} from './deleted-principals.js';
import {dutiesInForce} from './role-duties.js';

/** A key whose policy this run may write, and what it has to allow the role. */
type KeyDuty = {
	readonly key: KeyDescription;
	/** Whose credentials write it: a key's policy is its account's. */
	readonly side: Side;
	readonly policy: Extract<KeyPolicy, {readonly state: 'read'}>;
	/** On the key's ARN. */
	readonly needs: readonly Need[];
};

/**
 * The keys that a rule uses and whose policies can be written: the customer's own, of an end's account, read. What a key of the two ends
 * has to allow is one duty where it is the same key. Others' policies are handed over by the check.
 * Source: KMS API Reference, PutKeyPolicy ("Cross-account use: No"); S3 User Guide, "Replicating encrypted objects".
 */
export function keyDuties(request: ReplicationRequest, observed: Observed): readonly KeyDuty[] {
	const {source, destination} = observed;
	const {keyPolicy, sourceKeyPolicy} = dutiesInForce(request, observed);
	const replica = destination.key?.state === 'existing' ? destination.key : undefined;
	const used = [
		{side: 'destination' as const, found: replica, needs: keyPolicy},
		{side: 'source' as const, found: source.key, needs: sourceKeyPolicy},
	];
	const duties = new Map<string, KeyDuty>();
	for (const {side, found, needs} of used) {
		if (found?.policy?.state !== 'read' || found.key.manager === 'AWS' || needs.length === 0) continue;
		if (found.key.accountId !== observed[side].caller.accountId) continue;
		const {key, policy} = found;
		const before = duties.get(key.arn);
		const all = [...(before?.needs ?? []), ...needs.map((need) => ({...need, resource: key.arn}))];
		duties.set(key.arn, {key, side: before?.side ?? side, policy, needs: all});
	}

	return [...duties.values()];
}

/**
 * A key's policy with the statement that lets a role in; the same document where it does already. Nothing of others' is touched. The role's
 * own policy says through which service and for which bucket.
 * Source: S3 User Guide, "Replicating encrypted objects", cross-account scenarios.
 */
function keyPolicyWith(
	existing: PolicyDocument,
	needs: readonly Need[],
	roleArn: string,
	places: Places,
	/** Whether the role's account is named in the place of the role. */
	byAccount = false,
): PolicyDocument {
	if (missingIn(existing, needs, roleArn, places).length === 0) return existing;
	const statements = statementsOf(existing);
	const {Principal, Condition} = granteeOf(roleArn, byAccount);
	const added: Statement = {
		Sid: freeSid(statements, 'S3Replication'),
		Effect: 'Allow',
		Principal,
		Action: [...new Set(needs.flatMap(({actions}) => actions))],
		// In a key's policy: this key.
		Resource: '*',
		...(Condition ? {Condition} : {}),
	};
	return {...existing, Statement: [...statements, added]};
}

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
