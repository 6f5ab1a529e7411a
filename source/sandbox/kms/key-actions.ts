import type * as kms from '@aws-sdk/client-kms';
import {dayMs} from '../world/clock.js';
import {type KmsKey} from '../world/kms-key.js';
import {anyKey, changingKey, type KmsAction, kmsAction, onKey} from './action.js';
import {keyRefusal} from './decide-key.js';
import {checkRange, invalidMember, kmsError, notImplemented} from './errors.js';
import {refusePending, requireEnabled, stateOf} from './key-state.js';
import {checkLockout, defaultPolicyText, readKeyPolicy} from './key-policy.js';
import {makeKey} from './make-key.js';
import {pageOf} from './page.js';
import {tagContextOf, withTags} from './tags.js';

const maxDescriptionLength = 8192;

/** Keys themselves. */
export const keyActions: readonly KmsAction[] = [
	kmsAction<kms.CreateKeyRequest, kms.CreateKeyResponse>(
		'CreateKey',
		({world, identity, region, input, requireRight}) => {
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
			return {KeyMetadata: describedKey(key)};
		},
	),
	onKey<kms.DescribeKeyRequest, kms.DescribeKeyResponse>(
		'DescribeKey',
		(_call, key) => ({KeyMetadata: describedKey(key)}),
		{kinds: anyKey},
	),
	kmsAction<kms.ListKeysRequest, kms.ListKeysResponse>(
		'ListKeys',
		({world, identity, region, input, requireRight}) => {
			requireRight('kms:ListKeys', '*');
			const now = world.clock.now();
			const keys = [...world.kmsKeys.values()].filter(
				(key) =>
					key.accountId === identity.accountId &&
					key.region === region &&
					(key.deletion === undefined || key.deletion.atMs > now),
			);
			const {page, more} = pageOf(keys, ({keyId}) => keyId, input, 100);
			return {Keys: page.map(({keyId, arn}) => ({KeyId: keyId, KeyArn: arn})), ...more};
		},
	),
	changingKey<kms.UpdateKeyDescriptionRequest>('UpdateKeyDescription', ({input: {Description = ''}}, key) => {
		checkDescription(Description);
		refusePending(key);
		key.description = Description;
		return {};
	}),
	switchingKey('EnableKey', true),
	switchingKey('DisableKey', false),
	// The rotation itself never comes: nothing here lives that long.
	changingKey<kms.EnableKeyRotationRequest>(
		'EnableKeyRotation',
		({world, input}, key) => {
			requireEnabled(key);
			const periodDays = rotationDaysOf(input);
			checkRange('rotationPeriodInDays', periodDays, 90, 2560);
			key.rotation = {periodDays, sinceMs: world.clock.now()};
			return {};
		},
		(input) => ({'kms:RotationPeriodInDays': String(rotationDaysOf(input))}),
	),
	changingKey<kms.EnableKeyRequest>('DisableKeyRotation', (_call, key) => {
		requireEnabled(key);
		key.rotation = undefined;
		return {};
	}),
	// Keys of AWS are rotated every year; one that is to be deleted is not (KMS API reference, GetKeyRotationStatus).
	onKey<kms.GetKeyRotationStatusRequest, kms.GetKeyRotationStatusResponse>(
		'GetKeyRotationStatus',
		(_call, {arn, rotation, manager, deletion}) => {
			if (manager === 'AWS') return {KeyId: arn, KeyRotationEnabled: true};
			if (rotation === undefined || deletion !== undefined) return {KeyId: arn, KeyRotationEnabled: false};
			return {
				KeyId: arn,
				KeyRotationEnabled: true,
				RotationPeriodInDays: rotation.periodDays,
				NextRotationDate: new Date(rotation.sinceMs + rotation.periodDays * dayMs),
			};
		},
		{kinds: {takesForeign: true}},
	),
	changingKey<kms.ScheduleKeyDeletionRequest, kms.ScheduleKeyDeletionResponse>(
		'ScheduleKeyDeletion',
		({world, input}, key) => {
			const windowDays = windowDaysOf(input);
			checkRange('pendingWindowInDays', windowDays, 7, 30);
			refusePending(key);
			const atMs = world.clock.now() + windowDays * dayMs;
			key.deletion = {atMs};
			key.isEnabled = false;
			return {
				KeyId: key.arn,
				DeletionDate: new Date(atMs),
				KeyState: stateOf(key),
				PendingWindowInDays: windowDays,
			};
		},
		(input) => ({'kms:ScheduleKeyDeletionPendingWindowInDays': String(windowDaysOf(input))}),
	),
	// The key is disabled then (KMS API reference, CancelKeyDeletion).
	onKey<kms.CancelKeyDeletionRequest, kms.CancelKeyDeletionResponse>('CancelKeyDeletion', (_call, key) => {
		if (key.deletion === undefined) {
			throw kmsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
		}
		key.deletion = undefined;
		return {KeyId: key.arn};
	}),
];

function switchingKey(name: string, isEnabled: boolean): KmsAction {
	return changingKey<kms.EnableKeyRequest>(name, (_call, key) => {
		refusePending(key);
		key.isEnabled = isEnabled;
		return {};
	});
}

function rotationDaysOf({RotationPeriodInDays = 365}: kms.EnableKeyRotationRequest): number {
	return RotationPeriodInDays;
}

function windowDaysOf({PendingWindowInDays = 30}: kms.ScheduleKeyDeletionRequest): number {
	return PendingWindowInDays;
}

/** What KMS tells of a key (recorded: test_create_key). */
function describedKey(key: KmsKey): kms.KeyMetadata {
	const {accountId, keyId, arn, createdMs, description, manager, deletion, materialId} = key;
	const KeyState = stateOf(key);
	return {
		AWSAccountId: accountId,
		KeyId: keyId,
		Arn: arn,
		CreationDate: new Date(createdMs),
		Enabled: KeyState === 'Enabled',
		Description: description,
		KeyUsage: 'ENCRYPT_DECRYPT',
		KeyState,
		DeletionDate: deletion && new Date(deletion.atMs),
		Origin: 'AWS_KMS',
		KeyManager: manager,
		CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
		KeySpec: 'SYMMETRIC_DEFAULT',
		EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
		MultiRegion: false,
		CurrentKeyMaterialId: materialId,
	};
}

function checkDescription(description: string): void {
	if (description.length <= maxDescriptionLength) return;
	throw invalidMember(
		'description',
		`have length less than or equal to ${maxDescriptionLength}`,
		description,
	);
}

function refuseUnperformed(input: kms.CreateKeyRequest): void {
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
