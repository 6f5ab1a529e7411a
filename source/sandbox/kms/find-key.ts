import {type KmsAlias, type KmsKey} from '../world/kms-key.js';
import {localArn} from '../world/partition.js';
import {type World} from '../world/world.js';
import {type KeyPlace, kmsArn} from './make-key.js';
import {openManagedKey, managedAliasName} from './managed-key.js';

type FoundKey =
	| {readonly key: KmsKey; readonly requestAlias: string | undefined}
	/** The sentence is KMS's; of another account's keys KMS does not say whether they are there. */
	| {readonly key: undefined; readonly reason: string; readonly isForeign: boolean};

const uuid = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * Finds a key by its id, ARN, alias or alias ARN (KMS API reference, DescribeKey, "KeyId"; texts recorded:
 * test_get_key_in_different_region, test_get_key_does_not_exist, test_get_key_invalid_uuid; of aliases: third-party).
 */
export function findKey(world: World, text: string, place: KeyPlace): FoundKey {
	const {accountId, region} = place;
	if (text.startsWith('alias/')) return findByAlias(world, kmsArn(place, text), place);
	if (!text.startsWith('arn:')) {
		if (!uuid.test(text)) return missing(`Invalid keyId '${text}'`);
		return findByArn(world, kmsArn(place, `key/${text}`), accountId);
	}
	const [, inRegion, owner, resource = ''] = /^kms:([^:]*):([^:]*):(.+)$/.exec(localArn(world, text)) ?? [];
	if (inRegion === undefined || !/^\d{12}$/.test(owner ?? '')) return missing(`Invalid arn ${text}`);
	if (inRegion !== region) return missing(`Invalid arn ${inRegion}`);
	if (resource.startsWith('alias/')) return findByAlias(world, text, place);
	return resource.startsWith('key/') ? findByArn(world, text, accountId) : missing(`Invalid arn ${text}`);
}

/** The aliases of a key, by name. */
export function aliasesOf(world: World, {accountId, region, keyId}: KmsKey): readonly KmsAlias[] {
	return [...world.kmsAliases.values()].filter(
		(alias) => alias.accountId === accountId && alias.region === region && alias.targetKeyId === keyId,
	);
}

function findByAlias(world: World, arn: string, {accountId}: KeyPlace): FoundKey {
	const [, , , region = '', owner = '', ...name] = arn.split(':');
	const place = {accountId: owner, region};
	if (name.join(':') === managedAliasName && (owner === accountId || world.accounts.has(owner))) {
		return {key: openManagedKey(world, place), requestAlias: managedAliasName};
	}
	const alias = world.kmsAliases.get(arn);
	if (alias === undefined) return missing(`Alias ${arn} is not found.`, owner !== accountId);
	const found = findByArn(world, kmsArn(place, `key/${alias.targetKeyId}`), accountId);
	return found.key === undefined ? found : {key: found.key, requestAlias: alias.name};
}

function findByArn(world: World, arn: string, accountId: string): FoundKey {
	const key = world.kmsKeys.get(arn);
	const isThere = key !== undefined && (key.deletion === undefined || key.deletion.atMs > world.clock.now());
	if (isThere) return {key, requestAlias: undefined};
	return missing(`Key '${arn}' does not exist`, arn.split(':')[4] !== accountId);
}

function missing(reason: string, isForeign = false): FoundKey {
	return {key: undefined, reason, isForeign};
}
