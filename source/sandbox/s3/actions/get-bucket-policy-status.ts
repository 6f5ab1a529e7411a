import {type GetBucketPolicyStatusOutput, type GetBucketPolicyStatusRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {currentDocumentOf} from '../../access/resource-policy.js';
import {s3Error} from '../errors/errors.js';
import {isPublicPolicy} from '../../../policy/public-statements.js';

export const getBucketPolicyStatus: BucketAction<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput> =
	{
		name: 'GetBucketPolicyStatus',
		target: 'bucket',
		permissions: ['s3:GetBucketPolicyStatus'],
		run({world, bucket}) {
			const policy = bucket.policy.written;
			if (policy === undefined) throw s3Error('NoSuchBucketPolicy', {fields: {BucketName: bucket.name}});
			return {output: {PolicyStatus: {IsPublic: isPublicPolicy(currentDocumentOf(world, policy))}}};
		},
	};
