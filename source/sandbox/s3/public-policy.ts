import {listOf, type PolicyDocument, statementsOf} from '../../policy/document.js';
import {callerOf} from '../access.js';
import {type BucketCall, bucketArn} from './action.js';

/**
 * Says whether a policy lets everybody in: an Allow for `*` without a condition. Conditions on fixed values, which would
 * make it private, and others, which would not, are not told apart: with any condition it passes
 * (S3 User Guide, access-control-block-public-access, "The meaning of public").
 */
export function isPublicPolicy(document: PolicyDocument): boolean {
	return statementsOf(document).some(
		({Effect, Principal, Condition}) =>
			Effect === 'Allow' &&
			Condition === undefined &&
			(Principal === '*' || (Principal !== undefined && listOf(Principal.AWS).includes('*'))),
	);
}

/** What S3 says to it: new buckets have BlockPublicPolicy on (S3 User Guide, troubleshoot-403-errors). */
export function publicPolicyRefusal({identity, bucket}: BucketCall<unknown>): string {
	const caller = callerOf(identity);
	const name = 'arn' in caller ? caller.arn : caller.kind;
	return `User: ${name} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.name)}" because public policies are blocked by the BlockPublicPolicy block public access setting.`;
}
