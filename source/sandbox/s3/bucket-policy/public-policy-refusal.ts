import {callerOf} from '../../access/decide-access.js';
import {type BucketCall, bucketArn} from '../action.js';

/** What S3 says to a public policy where BlockPublicPolicy is on (S3 User Guide, troubleshoot-403-errors). */
export function publicPolicyRefusal({identity, bucket}: BucketCall<unknown>): string {
	const caller = callerOf(identity);
	const name = 'arn' in caller ? caller.arn : caller.kind;
	return `User: ${name} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket)}" because public policies are blocked by the BlockPublicPolicy block public access setting.`;
}
