import type * as s3 from '@aws-sdk/client-s3';
import {type PolicyDocument} from '../../../policy/document.js';
import {parsePolicy} from '../../../policy/parse.js';
import {isPublicPolicy} from '../../../policy/public-statements.js';
import {callerOf} from '../../access/decide-access.js';
import {
	currentDocumentOf,
	currentTextOf,
	resolveResourcePolicy,
	resourcesOf,
} from '../../access/resource-policy.js';
import {type Bucket} from '../../world/bucket.js';
import {isBlocked} from '../../world/public-access-block.js';
import {type ResourcePolicy} from '../../world/resource-policy.js';
import {seenFromMs} from '../../world/world.js';
import {bucketArn, type BucketCall, onBucket, type S3Action} from '../action.js';
import {s3Error} from '../errors/errors.js';

const maxPolicyBytes = 20 * 1024;

export const bucketPolicyActions: readonly S3Action[] = [
	onBucket<s3.GetBucketPolicyRequest, s3.GetBucketPolicyOutput>('GetBucketPolicy', (call) => {
		refuseOtherAccounts(call);
		return {
			headers: {'content-type': 'application/json'},
			body: Buffer.from(currentTextOf(call.world, policyOf(call.bucket))),
		};
	}),
	onBucket<s3.GetBucketPolicyStatusRequest, s3.GetBucketPolicyStatusOutput>(
		'GetBucketPolicyStatus',
		({world, bucket}) => {
			const document = currentDocumentOf(world, policyOf(bucket));
			return {output: {PolicyStatus: {IsPublic: isPublicPolicy(document)}}};
		},
	),
	onBucket<s3.PutBucketPolicyRequest>('PutBucketPolicy', (call) => {
		const {world, bucket, body} = call;
		refuseOtherAccounts(call);
		const text = body.bytes.toString('utf8');
		if (!text.startsWith('{')) throw s3Error('MalformedPolicy');
		if (body.bytes.length > maxPolicyBytes) {
			throw s3Error('MalformedPolicy', {
				message: 'Normalized policy document exceeds the maximum allowed size',
			});
		}
		const parsed = parsePolicy(text, 'resource');
		if (!parsed.ok) throw s3Error('MalformedPolicy', {message: parsed.reason});
		checkPolicyResources(bucket, parsed.document);
		if (isBlocked(bucket, 'BlockPublicPolicy') && isPublicPolicy(parsed.document)) {
			throw s3Error('AccessDenied', {message: publicPolicyRefusal(call)});
		}
		const resolved = resolveResourcePolicy(world, text, parsed.document);
		if (!resolved.ok) {
			throw s3Error('MalformedPolicy', {
				message: 'Invalid principal in policy',
				fields: {Detail: `"AWS" : "${resolved.principal}"`},
			});
		}
		bucket.policy.write(resolved.policy, seenFromMs(world));
		return {status: 204};
	}),
	onBucket<s3.DeleteBucketPolicyRequest>('DeleteBucketPolicy', (call) => {
		refuseOtherAccounts(call);
		const {world, bucket} = call;
		if (bucket.policy.written !== undefined) bucket.policy.write(undefined, seenFromMs(world));
		return {status: 204};
	}),
];

function policyOf({name, policy: {written}}: Bucket): ResourcePolicy {
	if (written === undefined) throw s3Error('NoSuchBucketPolicy', {fields: {BucketName: name}});
	return written;
}

/**
 * Throws MethodNotAllowed for a caller of another account than the bucket's, even one whom the policy allows
 * (S3 API reference, PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy).
 */
function refuseOtherAccounts({identity, bucket}: BucketCall<unknown>): void {
	if (identity?.accountId !== bucket.ownerAccountId) throw s3Error('MethodNotAllowed');
}

/** Throws MalformedPolicy unless every resource of the policy is the bucket or in it, as S3 wants it. */
function checkPolicyResources(bucket: Bucket, document: PolicyDocument): void {
	const own = bucketArn(bucket);
	const isOwn = (resource: string): boolean =>
		resource === own || resource.startsWith(`${own}/`) || resource === `${own}*`;
	if (!resourcesOf(document).every(isOwn)) {
		throw s3Error('MalformedPolicy', {message: 'Policy has invalid resource'});
	}
}

/** What S3 says to a public policy where BlockPublicPolicy is on (S3 User Guide, troubleshoot-403-errors). */
function publicPolicyRefusal({identity, bucket}: BucketCall<unknown>): string {
	const caller = callerOf(identity);
	const name = 'arn' in caller ? caller.arn : caller.kind;
	return `User: ${name} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket)}" because public policies are blocked by the BlockPublicPolicy block public access setting.`;
}
