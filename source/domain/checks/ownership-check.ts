import type {Side} from '../answers/mode.js';
import {fixable} from '../problem.js';
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
		needs: [`${side}Ownership`],
		decide: ({request}, {[`${side}Ownership` as const]: ownership}) =>
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
				return warning(
					`${found}: ACLs are in use`,
					fixable(
						'replicas-of-source-account',
						`Replicas in ${bucket} will belong to the source's account`,
						`Its Object Ownership is ${found}, and the rule does not change the owner: the destination's account may not be able to read them.`,
						[enforce, 'Go on if the source account should own them.'],
					),
				);
			}),
	});
}
