import {type CreateKeyRequest, type CreateKeyResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {keyRefusal} from '../decide-key.js';
import {describeKeyOf} from '../describe-key.js';
import {invalidMember, notImplemented} from '../errors.js';
import {checkLockout} from '../lockout.js';
import {defaultPolicyText, readKeyPolicy} from '../key-policy.js';
import {makeKey} from '../make-key.js';
import {tagContextOf, withTags} from '../tags.js';

const maxDescriptionLength = 8192;

export const createKey: KmsAction<CreateKeyRequest, CreateKeyResponse> = {
	name: 'CreateKey',
	run({world, identity, region, input, requireRight}) {
		refuseUnperformed(input);
		const {accountId} = identity;
		const {Description = '', Tags = [], BypassPolicyLockoutSafetyCheck = false} = input;
		const context = {
			...tagContextOf(Tags),
			'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck),
			'kms:KeySpec': 'SYMMETRIC_DEFAULT',
			'kms:KeyUsage': 'ENCRYPT_DECRYPT',
			'kms:KeyOrigin': 'AWS_KMS',
			'kms:MultiRegion': 'false',
		};
		requireRight('kms:CreateKey', '*', context);
		if (Tags.length > 0) requireRight('kms:TagResource', '*', context);
		checkDescription(Description);
		const tags = withTags([], Tags);
		const policyText = input.Policy ?? defaultPolicyText(world, accountId);
		const {uniqueIds} = readKeyPolicy(world, policyText);
		const key = makeKey(
			world,
			{accountId, region},
			{manager: 'CUSTOMER', description: Description, policyText, uniqueIds, tags},
		);
		try {
			if (!BypassPolicyLockoutSafetyCheck)
				checkLockout(keyRefusal(world, identity, key, {action: 'kms:PutKeyPolicy'}));
		} catch (error) {
			world.kmsKeys.delete(key.arn);
			throw error;
		}
		return {KeyMetadata: describeKeyOf(key)};
	},
};

export function checkDescription(description: string): void {
	if (description.length <= maxDescriptionLength) return;
	throw invalidMember(
		'description',
		`have length less than or equal to ${maxDescriptionLength}`,
		description,
	);
}

function refuseUnperformed(input: CreateKeyRequest): void {
	const {
		KeySpec = input.CustomerMasterKeySpec,
		KeyUsage,
		Origin,
		CustomKeyStoreId,
		XksKeyId,
		MultiRegion,
	} = input;
	if (KeySpec !== undefined && KeySpec !== 'SYMMETRIC_DEFAULT')
		throw notImplemented(`keys of the spec ${KeySpec}`);
	if (KeyUsage !== undefined && KeyUsage !== 'ENCRYPT_DECRYPT') throw notImplemented(`keys for ${KeyUsage}`);
	if (Origin !== undefined && Origin !== 'AWS_KMS') throw notImplemented(`keys of the origin ${Origin}`);
	if ((CustomKeyStoreId ?? XksKeyId) !== undefined) throw notImplemented('keys in custom key stores');
	if (MultiRegion === true) throw notImplemented('multi-Region keys');
}
