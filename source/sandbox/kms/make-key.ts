import {randomBytes} from 'node:crypto';
import {type PolicyDocument} from '../../policy/document.js';
import {type KmsKey} from '../world/kms-key.js';
import {partitionOfRegion} from '../world/partition.js';
import {Propagating} from '../world/propagating.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {type World} from '../world/world.js';
import {effectiveDocumentOf} from './key-policy.js';

const materialBytes = 32;

/** Where a key is looked for: what names it without an account is of the caller's own. */
export type KeyPlace = {readonly accountId: string; readonly region: string};

/** The ARN of a key or an alias: `key/…`, `alias/…`. */
export function kmsArn({accountId, region}: KeyPlace, resource: string): string {
	return `arn:${partitionOfRegion(region).id}:kms:${region}:${accountId}:${resource}`;
}

/** Makes a key that is in the world from now on. Its material never comes from the seed: whoever knows it must not know that. */
export function makeKey(
	world: World,
	place: KeyPlace,
	given: Pick<KmsKey, 'manager' | 'description' | 'tags'> & {
		readonly policyText: string;
		readonly uniqueIds: ResourcePolicy['uniqueIds'];
	},
): KmsKey {
	const keyId = world.ids.uuid();
	const {manager, description, tags, policyText, uniqueIds} = given;
	const key: KmsKey = {
		keyId,
		arn: kmsArn(place, `key/${keyId}`),
		...place,
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

/** Gives a key one more name in its account and region. */
export function addAlias(world: World, place: KeyPlace, name: string, {keyId: targetKeyId}: KmsKey): void {
	const now = world.clock.now();
	const arn = kmsArn(place, name);
	world.kmsAliases.set(arn, {...place, name, arn, createdMs: now, updatedMs: now, targetKeyId});
}
