import {
	type DeletePublicAccessBlockRequest,
	type GetPublicAccessBlockOutput,
	type GetPublicAccessBlockRequest,
	type PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3-control';
import {type ControlAction} from '../action.js';
import {controlError} from '../errors.js';

/** Block Public Access of an account. What each takes: Service Authorization Reference, Amazon S3. */
export const getPublicAccessBlock: ControlAction<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput> = {
	name: 'GetPublicAccessBlock',
	run({account, require}) {
		require({action: 's3:GetAccountPublicAccessBlock', resource: '*'});
		const {publicAccessBlock} = account;
		if (publicAccessBlock === undefined) throw controlError('NoSuchPublicAccessBlockConfiguration');
		return {PublicAccessBlockConfiguration: publicAccessBlock};
	},
};

export const putPublicAccessBlock: ControlAction<PutPublicAccessBlockRequest, object> = {
	name: 'PutPublicAccessBlock',
	run({account, input, require}) {
		require({action: 's3:PutAccountPublicAccessBlock', resource: '*'});
		const wanted = input.PublicAccessBlockConfiguration;
		account.publicAccessBlock = {
			BlockPublicAcls: wanted?.BlockPublicAcls ?? false,
			IgnorePublicAcls: wanted?.IgnorePublicAcls ?? false,
			BlockPublicPolicy: wanted?.BlockPublicPolicy ?? false,
			RestrictPublicBuckets: wanted?.RestrictPublicBuckets ?? false,
		};
		return undefined;
	},
};

export const deletePublicAccessBlock: ControlAction<DeletePublicAccessBlockRequest, object> = {
	name: 'DeletePublicAccessBlock',
	status: 204,
	run({account, require}) {
		require({action: 's3:PutAccountPublicAccessBlock', resource: '*'});
		account.publicAccessBlock = undefined;
		return undefined;
	},
};
