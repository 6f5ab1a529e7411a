import {type KmsKey} from '../world/kms-key.js';
import {iamArn} from '../world/partition.js';
import {type World} from '../world/world.js';
import {addAlias, type KeyPlace, kmsArn, makeKey} from './make-key.js';

/** The alias of the key that S3 makes in each account and region for who names no key. */
export const managedAliasName = 'alias/aws/s3';

/**
 * Gives the key of that account and region; the first who asks for it has it made (KMS API reference, DescribeKey). All of the
 * account may use it through S3, nobody else and by no other way (KMS Developer Guide, key-policies, "Viewing").
 */
export function openManagedKey(world: World, place: KeyPlace): KmsKey {
	const {accountId, region} = place;
	const alias = world.kmsAliases.get(kmsArn(place, managedAliasName));
	const known = alias && world.kmsKeys.get(kmsArn(place, `key/${alias.targetKeyId}`));
	if (known !== undefined) return known;
	const key = makeKey(world, place, {
		manager: 'AWS',
		// Recorded: test_s3_bucket_encryption_sse_kms_aws_managed_key.
		description: 'Default key that protects my S3 objects when no other key is defined',
		policyText: JSON.stringify(policyOf(world, accountId, region), null, 2),
		uniqueIds: new Map(),
		tags: [],
	});
	addAlias(world, place, managedAliasName, key);
	return key;
}

function policyOf(world: World, accountId: string, region: string): object {
	return {
		Version: '2012-10-17',
		Id: 'auto-s3-2',
		Statement: [
			{
				Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
				Effect: 'Allow',
				Principal: {AWS: '*'},
				Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
				Resource: '*',
				Condition: {
					StringEquals: {
						'kms:ViaService': `s3.${region}.${world.partition.dnsSuffix}`,
						'kms:CallerAccount': accountId,
					},
				},
			},
			{
				Sid: 'Allow direct access to key metadata to the account',
				Effect: 'Allow',
				Principal: {AWS: iamArn(world, accountId, 'root')},
				Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
				Resource: '*',
			},
		],
	};
}
