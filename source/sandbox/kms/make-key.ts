import {randomBytes} from 'node:crypto';
import {type PolicyDocument} from '../../policy/document.js';
import {type KmsKey} from '../world/kms-key.js';
import {Propagating} from '../world/propagating.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {type World} from '../world/world.js';
import {effectiveDocumentOf} from './key-policy.js';

const materialBytes = 32;

/** Makes a key that is in the world from now on. Its material never comes from the seed: whoever knows it must not know that. */
export function makeKey(
	world: World,
	{accountId, region}: Pick<KmsKey, 'accountId' | 'region'>,
	given: Pick<KmsKey, 'manager' | 'description' | 'tags'> & {
		readonly policyText: string;
		readonly uniqueIds: ResourcePolicy['uniqueIds'];
	},
): KmsKey {
	const keyId = world.ids.uuid();
	const {manager, description, tags, policyText, uniqueIds} = given;
	const key: KmsKey = {
		keyId,
		arn: `arn:${world.partition.id}:kms:${region}:${accountId}:key/${keyId}`,
		accountId,
		region,
		createdMs: world.clock.now(),
		manager,
		material: randomBytes(materialBytes),
		materialId: world.ids.keyMaterialId(),
		policy: new Propagating<ResourcePolicy>({
			text: policyText,
			document: effectiveDocumentOf(JSON.parse(policyText) as PolicyDocument),
			uniqueIds,
		}),
		description,
		isEnabled: true,
		deletion: undefined,
		tags,
		rotation: undefined,
	};
	world.kmsKeys.set(key.arn, key);
	return key;
}
