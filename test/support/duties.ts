import type {PolicyDocument} from '../../source/policy/document.js';
import {type Duties, dutiesOf, type Need, policyFor} from '../../source/domain/role/duties.js';
import {ruleFor} from '../../source/domain/rule/rule-meaning.js';

/** What the tutorial's rule needs. */
function plainDuties(partition: string, sourceBucket: string, destinationBucket: string): Duties {
	const rule = ruleFor({id: 'r', partition, destinationBucket}, 1);
	return dutiesOf(rule, {partition, sourceBucket, sourceAccountId: '111122223333'});
}

export const roleNeeds = (partition: string, source: string, destination: string): readonly Need[] =>
	plainDuties(partition, source, destination).role;

export const bucketPolicyNeeds = (partition: string, destination: string): readonly Need[] =>
	plainDuties(partition, 'src', destination).bucketPolicy;

/** The policy of a role for one pair of buckets. */
export const rolePermissions = (partition: string, source: string, destination: string): PolicyDocument =>
	policyFor(roleNeeds(partition, source, destination));
