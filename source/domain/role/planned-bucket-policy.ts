import type {PolicyDocument} from '../../policy/document.js';
import {withoutDeletedPrincipals} from './deleted-principals.js';
import {destinationPolicy} from './destination-policy.js';
import {placesOf} from './places.js';
import {bucketPolicyNeeds} from './role-duties.js';
import type {RoleCase} from './choose-role.js';

/**
 * The destination's bucket policy as a plan writes it: with what the role needs, and, where a person asked for it by its option, without
 * deleted roles and users, for which S3 refuses it. The same document where the role may do everything already. Pure.
 */
export function plannedBucketPolicy(about: RoleCase): PolicyDocument {
	const {request, observed, choice} = about;
	const {policy} = observed.destination;
	const needs = bucketPolicyNeeds(about);
	const places = placesOf(request, observed, choice.takesOver);
	const after = destinationPolicy(policy, needs, choice.arn, places, request.isHandedOver);
	if (after === policy || !request.dropsDeletedPrincipals) return after;
	return withoutDeletedPrincipals(after);
}
