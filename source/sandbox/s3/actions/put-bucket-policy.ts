import {type PutBucketPolicyRequest} from '@aws-sdk/client-s3';
import {parsePolicy} from '../../../policy/parse.js';
import {isBlocked} from '../../world/public-access-block.js';
import {seenFromMs} from '../../world/world.js';
import {type BucketAction} from '../action.js';
import {refuseOtherAccounts} from '../bucket-policy/owner-only.js';
import {resolveResourcePolicy} from '../../access/resource-policy.js';
import {s3Error} from '../errors/errors.js';
import {checkPolicyResources} from '../bucket-policy/policy-resources.js';
import {isPublicPolicy} from '../../../policy/public-statements.js';
import {publicPolicyRefusal} from '../bucket-policy/public-policy-refusal.js';

const maxPolicyBytes = 20 * 1024;

export const putBucketPolicy: BucketAction<PutBucketPolicyRequest, object> = {
	name: 'PutBucketPolicy',
	target: 'bucket',
	permissions: ['s3:PutBucketPolicy'],
	run(call) {
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
	},
};
