import {type NamedPolicy} from '../../../policy/decide.js';
import {statementsOf} from '../../../policy/document.js';
import {isPublicPolicy} from '../../../policy/public-statements.js';
import {type Bucket} from '../../world/bucket.js';
import {isBlocked} from '../../world/public-access-block.js';
import {type World} from '../../world/world.js';
import {currentDocumentOf} from '../../access/resource-policy.js';

/**
 * Gives the bucket's policy as it counts for a caller of that account. Where it is public and RestrictPublicBuckets is
 * on, nothing that it allows counts for other accounts, what it denies still does
 * (S3 User Guide, access-control-block-public-access).
 */
export function policyFor(
	world: World,
	bucket: Bucket,
	callerAccountId: string | undefined,
): NamedPolicy | undefined {
	const policy = bucket.policy.inEffect(world.clock.now());
	if (policy === undefined) return undefined;
	const document = currentDocumentOf(world, policy);
	const isRestricted =
		isBlocked(bucket, 'RestrictPublicBuckets') &&
		callerAccountId !== bucket.ownerAccountId &&
		isPublicPolicy(document);
	return {
		name: 'bucket-policy',
		document: isRestricted
			? {...document, Statement: statementsOf(document).filter(({Effect}) => Effect === 'Deny')}
			: document,
	};
}
