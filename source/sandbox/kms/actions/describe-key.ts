import {type DescribeKeyRequest, type DescribeKeyResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {describeKeyOf} from '../describe-key.js';

export const describeKey: KmsAction<DescribeKeyRequest, DescribeKeyResponse> = {
	name: 'DescribeKey',
	run({input, keyFor}) {
		const kinds = {takesAliases: true, takesForeign: true};
		return {KeyMetadata: describeKeyOf(keyFor(input.KeyId, {action: 'kms:DescribeKey'}, kinds))};
	},
};
