import type {Connection} from '../../aws/ports.js';
import type {KeyPolicy, ObservedKey} from '../../domain/observed/observed-key.js';
import {isKeyArn, regionOfKey} from '../../domain/answers/key-name.js';
import {refusalOf} from './observe-role.js';

/** How many aliases are named where one is not found. */
const shownAliases = 8;

/** Reads the key that replicas shall be encrypted with, in the destination bucket's region. */
export async function observeReplicaKey(
	{keys}: Connection,
	{
		name,
		region,
		wantsPolicy,
	}: {readonly name: string; readonly region: string; readonly wantsPolicy: boolean},
	signal?: AbortSignal,
): Promise<ObservedKey> {
	const named = regionOfKey(name);
	if (named !== undefined && named !== region) return {state: 'elsewhere'};
	try {
		const key = await keys.describe({key: name, region}, signal);
		if (key) {
			const policy = wantsPolicy ? await keyPolicy(keys, key.arn, region, signal) : undefined;
			return {state: 'here', key, ...(policy ? {policy} : {})};
		}
	} catch (error) {
		return {state: 'unreadable', cause: refusalOf(error)};
	}

	const aliases = await keys.listAliases(region, signal).catch((error: unknown) => {
		refusalOf(error);
		return [];
	});
	return {
		state: 'absent',
		aliases: aliases.filter((alias) => !alias.startsWith('alias/aws/')).slice(0, shownAliases),
	};
}

async function keyPolicy(
	keys: Connection['keys'],
	key: string,
	region: string,
	signal?: AbortSignal,
): Promise<KeyPolicy> {
	try {
		return {state: 'read', document: await keys.getPolicy({key, region}, signal)};
	} catch (error) {
		return {state: 'unreadable', cause: refusalOf(error)};
	}
}

/**
 * The ARN of the key that objects of the source are encrypted with by default; nothing where that is none of KMS, or where it may
 * not be known: objects may have any key then.
 */
export async function observeSourceKey(
	{keys, settings}: Connection,
	reference: {readonly bucket: string; readonly region: string; readonly accountId: string},
	signal?: AbortSignal,
): Promise<string | undefined> {
	try {
		const {algorithm, keyId = 'alias/aws/s3'} = await settings.getEncryption(reference, signal);
		if (!algorithm.startsWith('aws:kms')) return undefined;
		if (isKeyArn(keyId)) return keyId;
		const found = await keys.describe({key: keyId, region: reference.region}, signal);
		return found?.arn;
	} catch (error) {
		refusalOf(error);
		return undefined;
	}
}
