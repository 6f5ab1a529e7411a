import {type GetAccessKeyInfoRequest, type GetAccessKeyInfoResponse} from '@aws-sdk/client-sts';
import {type QueryAction, requireRight} from '../../iam/action.js';
import {iamError} from '../../iam/errors.js';

/** Says to which account a key belongs, also of another one (STS API reference, GetAccessKeyInfo; the error: guessed). */
export const getAccessKeyInfo: QueryAction<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> = {
	name: 'GetAccessKeyInfo',
	run(call) {
		requireRight(call, 'sts:GetAccessKeyInfo', '*');
		const {world, input} = call;
		const credential = world.credentials.get(input.AccessKeyId ?? '');
		if (credential === undefined) throw iamError('ValidationError', 'Invalid AccessKeyId');
		return {Account: credential.identity.accountId};
	},
};
