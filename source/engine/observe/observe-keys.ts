import type {Connection} from '../../aws/ports.js';
import type {Observed} from '../../domain/observed/observed.js';
import type {KeyPolicy, ObservedKey} from '../../domain/observed/observed-key.js';
import {isKeyArn, regionOfKey} from '../../domain/answers/key-name.js';
import {refusalOf} from './observe-role.js';

/** How many aliases are named where one is not found. */
const shownAliases = 8;

type KeyPlace = {readonly name: string; readonly region: string};

/** Reads the key that replicas shall be encrypted with, in the destination bucket's region, with its policy. */
export async function observeReplicaKey(
	connection: Connection,
	place: KeyPlace,
	signal?: AbortSignal,
): Promise<ObservedKey> {
	return withKeyPolicy(connection, await describeReplicaKey(connection, place, signal), signal);
}

/** The same without its policy, for whoever needs no more than which key it is. */
export async function describeReplicaKey(
	{keys}: Connection,
	{name, region}: KeyPlace,
	signal?: AbortSignal,
): Promise<ObservedKey> {
	const named = regionOfKey(name);
	if (named !== undefined && named !== region) return {state: 'elsewhere'};
	try {
		const key = await keys.describe({key: name, region}, signal);
		if (key) return {state: 'existing', key};
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

/** Adds the policy of a key that is there. */
export async function withKeyPolicy<Found extends ObservedKey | undefined>(
	connection: Connection,
	found: Found,
	signal?: AbortSignal,
): Promise<Found> {
	return found?.state === 'existing'
		? {...found, policy: await keyPolicy(connection, found.key.arn, signal)}
		: found;
}

async function keyPolicy({keys}: Connection, key: string, signal?: AbortSignal): Promise<KeyPolicy> {
	try {
		return {
			state: 'read',
			document: await keys.getPolicy({key, region: regionOfKey(key) ?? ''}, signal),
		};
	} catch (error) {
		return {state: 'unreadable', cause: refusalOf(error)};
	}
}

/** What is known of the key that objects of the source have. */
export type SourceKey = {readonly arn: string; readonly key?: Observed['source']['key']};

/**
 * The key that objects of the source are encrypted with by default; nothing where it is none of KMS, or where it may not be known: objects
 * may have any key then.
 */
export async function describeSourceKey(
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
		if (key) return {arn: key.arn, key: {key}};
	} catch (error) {
		refusalOf(error);
	}

	return arn === undefined ? undefined : {arn};
}

/** Adds the policy of a source's key, where it is one that a person manages. */
export async function withSourceKeyPolicy(
	connection: Connection,
	found: SourceKey | undefined,
	signal?: AbortSignal,
): Promise<SourceKey | undefined> {
	const key = found?.key?.key;
	if (key === undefined || key.manager === 'AWS') return found;
	return {arn: key.arn, key: {key, policy: await keyPolicy(connection, key.arn, signal)}};
}
