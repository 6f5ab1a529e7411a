import type {Connection} from '../../aws/ports.js';
import type {Observed} from '../../domain/observed/observed.js';
import type {KeyPolicy, ObservedKey} from '../../domain/observed/observed-key.js';
import {isKeyArn, regionOfKey} from '../../domain/answers/key-name.js';
import {refusalOf} from './observe-role.js';

/** How many aliases are named where one is not found. */
const shownAliases = 8;

/** Reads the key that replicas shall be encrypted with, in the destination bucket's region. */
export async function observeReplicaKey(
	{keys}: Connection,
	{name, region}: {readonly name: string; readonly region: string},
	signal?: AbortSignal,
): Promise<ObservedKey> {
	const named = regionOfKey(name);
	if (named !== undefined && named !== region) return {state: 'elsewhere'};
	try {
		const key = await keys.describe({key: name, region}, signal);
		if (key) {
			return {state: 'here', key, policy: await keyPolicy(keys, key.arn, region, signal)};
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

/** What is known of the key that objects of the source have. */
export type SourceKey = {readonly arn: string; readonly key?: Observed['source']['key']};

/**
 * The key that objects of the source are encrypted with by default, with its policy where that may be read; nothing where it is none of
 * KMS, or where it may not be known: objects may have any key then.
 */
export async function observeSourceKey(
	{keys, settings}: Connection,
	reference: {readonly bucket: string; readonly region: string; readonly accountId: string},
	signal?: AbortSignal,
): Promise<SourceKey | undefined> {
	const {region} = reference;
	let arn: string | undefined;
	try {
		const {algorithm, keyId = 'alias/aws/s3'} = await settings.getEncryption(reference, signal);
		if (!algorithm.startsWith('aws:kms')) return undefined;
		arn = isKeyArn(keyId) ? keyId : undefined;
		const key = await keys.describe({key: keyId, region}, signal);
		if (!key) return arn === undefined ? undefined : {arn};
		if (key.manager === 'AWS') return {arn: key.arn, key: {key}};
		return {arn: key.arn, key: {key, policy: await keyPolicy(keys, key.arn, region, signal)}};
	} catch (error) {
		refusalOf(error);
		return arn === undefined ? undefined : {arn};
	}
}
