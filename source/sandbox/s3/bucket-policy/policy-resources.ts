import {listOf, type PolicyDocument, statementsOf} from '../../../policy/document.js';
import {bucketArn} from '../action.js';
import {s3Error} from '../errors/errors.js';

/** Throws MalformedPolicy unless every resource of the policy is the bucket or in it, as S3 wants it. */
export function checkPolicyResources(bucketName: string, document: PolicyDocument): void {
	const resources = statementsOf(document).flatMap(({Resource, NotResource}) => [
		...listOf(Resource),
		...listOf(NotResource),
	]);
	const own = bucketArn(bucketName);
	if (
		!resources.every(
			(resource) => resource === own || resource.startsWith(`${own}/`) || resource === `${own}*`,
		)
	) {
		throw s3Error('MalformedPolicy', {message: 'Policy has invalid resource'});
	}
}
