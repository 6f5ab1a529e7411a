import type {Side} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {ruleInForce} from '../role/role-duties.js';
import {optionsIn} from '../rule/rule-options.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, warning, whenRead} from './verdict.js';

/**
 * Whether objects belong to the bucket's owner: S3 does not replicate what the source's owner may not read, and across
 * accounts replicas belong to the source's account unless the destination takes them over.
 * Source: S3 User Guide, "Changing the replica owner" and "Controlling ownership of objects".
 */
export function ownershipCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-ownership`,
		title: 'Ownership',
		group: side,
		needs: [`${side}Ownership`, 'observed'],
		decide: ({request}, {[`${side}Ownership` as const]: ownership, observed}) =>
			whenRead([ownership], (found = 'BucketOwnerEnforced') => {
				const {bucket} = request[side];
				const enforce = `Set Object Ownership of ${bucket} to BucketOwnerEnforced, if nobody needs its ACLs.`;
				if (found === 'BucketOwnerEnforced') return ok('BucketOwnerEnforced: no ACLs');
				if (side === 'source') {
					return warning(
						`${found}: ACLs are in use`,
						fixable(
							'source-with-acls',
							`Objects of others in ${bucket} may not replicate`,
							`Its Object Ownership is ${found}: objects that another account writes may stay its own. S3 replicates them only if their ACL lets the bucket's owner read.`,
							['Go on if only this account writes there.', enforce],
						),
					);
				}

				if (request.mode === 'cross-region') return ok(`${found}: replicas are of the one account`);
				if (changesOwner(request, observed.isRead ? observed.value : undefined))
					return ok(`${found}: the rule gives replicas to the bucket's owner`);
				const isTwoWay = request.back !== undefined || request.isWayBack === true;
				return warning(
					`${found}: ACLs are in use`,
					isTwoWay ? changesStay(found, request, enforce) : ofSource(found, bucket, enforce),
				);
			}),
	});
}

/** Whether the rule, as it will be, gives replicas to the account of their bucket: also one that is there already and kept. */
function changesOwner(request: ReplicationRequest, observed: Observed | undefined): boolean {
	if (request.rule?.ownerOverride === true) return true;
	if (!observed) return false;
	return optionsIn(ruleInForce(request, observed)).ownerOverride === true;
}

function ofSource(found: string, bucket: string, enforce: string): Problem {
	return fixable(
		'replicas-of-source-account',
		`Replicas in ${bucket} will belong to the source's account`,
		`Its Object Ownership is ${found}, and the rule does not change the owner: the destination's account may not be able to read them.`,
		[enforce, 'Go on if the source account should own them.'],
	);
}

/**
 * The way back replicates changes of replicas only where the bucket's owner may read their ACL.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" (objects that the bucket owner has permissions to read, with their ACLs), and
 * "Replication failure reasons" (SrcGetAclNotPermitted).
 */
function changesStay(found: string, {source, destination}: ReplicationRequest, enforce: string): Problem {
	return fixable(
		'replica-changes-stay',
		`Changes of replicas in ${destination.bucket} will not come back`,
		`Its Object Ownership is ${found}, and the rule does not change the owner. Replicas belong to the account of ${source.bucket}. The role may not read their ACL: S3 fails changes of their tags (SrcGetAclNotPermitted).`,
		[
			'Add --owner-override: then replicas belong to the owner of their bucket.',
			enforce,
			'Go on if nobody changes replicas there.',
		],
	);
}
