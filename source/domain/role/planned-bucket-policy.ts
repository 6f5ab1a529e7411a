import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {RoleChoice} from './choose-role.js';
import {withoutDeletedPrincipals} from './deleted-principals.js';
import {destinationPolicy} from './destination-policy.js';
import {placesOf} from './places.js';
import {bucketPolicyNeeds} from './role-duties.js';

/**
 * The destination's bucket policy as a plan writes it: with what the role needs, and, where a person asked for it by its option, without
 * deleted roles and users, for which S3 refuses it. The same document where the role may do everything already. Pure.
 */
export function plannedBucketPolicy(
	request: ReplicationRequest,
	observed: Observed,
	choice: RoleChoice,
): PolicyDocument {
	const {policy} = observed.destination;
	const needs = bucketPolicyNeeds(request, observed, choice);
	const places = placesOf(request, observed, choice.takesOver);
	const after = destinationPolicy(policy, needs, choice.arn, places, request.isHandedOver);
	if (after === policy || !request.dropsDeletedPrincipals) return after;
	return withoutDeletedPrincipals(after);
}
