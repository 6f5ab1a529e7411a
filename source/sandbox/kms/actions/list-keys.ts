import {type ListKeysRequest, type ListKeysResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {pageOf} from '../page.js';

const usualItems = 100;

export const listKeys: KmsAction<ListKeysRequest, ListKeysResponse> = {
	name: 'ListKeys',
	run({world, identity, region, input, requireRight}) {
		requireRight('kms:ListKeys', '*');
		const now = world.clock.now();
		const keys = [...world.kmsKeys.values()].filter(
			(key) =>
				key.accountId === identity.accountId &&
				key.region === region &&
				(key.deletion === undefined || key.deletion.atMs > now),
		);
		const {page, more} = pageOf(keys, ({keyId}) => keyId, input, usualItems);
		return {Keys: page.map(({keyId, arn}) => ({KeyId: keyId, KeyArn: arn})), ...more};
	},
};
