import {listOf, type PolicyDocument, statementsOf} from '../../../policy/document.js';
import {type Bucket} from '../../world/bucket.js';
import {bucketArn} from '../action.js';
import {s3Error} from '../errors/errors.js';

/** Throws MalformedPolicy unless every resource of the policy is the bucket or in it, as S3 wants it. */
export function checkPolicyResources(
	bucket: Pick<Bucket, 'name' | 'region'>,
	document: PolicyDocument,
): void {
	const resources = statementsOf(document).flatMap(({Resource, NotResource}) => [
		...listOf(Resource),
		...listOf(NotResource),
	]);
	const own = bucketArn(bucket);
	if (
		!resources.every(
			(resource) => resource === own || resource.startsWith(`${own}/`) || resource === `${own}*`,
		)
	) {
		throw s3Error('MalformedPolicy', {message: 'Policy has invalid resource'});
	}
}
