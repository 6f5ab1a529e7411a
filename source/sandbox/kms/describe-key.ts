import {type KeyMetadata} from '@aws-sdk/client-kms';
import {type KmsKey} from '../world/kms-key.js';
import {stateOf} from './key-state.js';

/** What KMS tells of a key (recorded: test_create_key). */
export function describeKeyOf(key: KmsKey): KeyMetadata {
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
		...(deletion === undefined ? {} : {DeletionDate: new Date(deletion.atMs)}),
		Origin: 'AWS_KMS',
		KeyManager: manager,
		CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
		KeySpec: 'SYMMETRIC_DEFAULT',
		EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
		MultiRegion: false,
		CurrentKeyMaterialId: materialId,
	};
}
