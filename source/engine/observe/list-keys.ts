import type {BucketReference, Connection} from '../../aws/ports.js';
import type {BucketEncryption} from '../../domain/observed/bucket-settings.js';
import {type KeyChoice, type KeyChoices, managedAlias} from '../../domain/observed/key-choices.js';
import {answerOf} from '../../domain/problem.js';
import {inParallel} from '../in-parallel.js';
import {refusalOf} from './observe-role.js';

/** KMS lets an account ask few times a second. Source: KMS Developer Guide, "Request quotas". */
const parallelQuestions = 4;
/** So many keys are asked for at most; the others are offered by their names. */
const maxQuestions = 100;

/** What is asked for a list of keys. */
type KeyPlace = {
	readonly region: string;
	/** Whether the keys are listed in any case, not only where the source encrypts with SSE-KMS: else KMS is not asked at all. */
	readonly isWanted: boolean;
	/** The buckets whose default encryption says which key is wanted. */
	readonly source: {readonly connection: Connection; readonly reference: BucketReference};
	readonly destination: {readonly connection: Connection; readonly reference: BucketReference};
};

/**
 * The keys with aliases that replicas may be encrypted with, and what the two buckets encrypt with. What may not be read is not known,
 * and said so. Rejects where AWS does not answer.
 */
export async function listKeys({region, isWanted, source, destination}: KeyPlace): Promise<KeyChoices> {
	const [ofSource, ofDestination] = await Promise.all([encryptionOf(source), encryptionOf(destination)]);
	const encrypts = (encryption: BucketEncryption | undefined): boolean | undefined =>
		encryption?.algorithm.startsWith('aws:kms');
	const isListed = isWanted || encrypts(ofSource) === true;
	return {
		...(isListed ? await aliasesOf(destination.connection, region) : {keys: []}),
		isListed,
		isSourceEncrypted: encrypts(ofSource),
		destinationKey: encrypts(ofDestination) ? (ofDestination?.keyId ?? managedAlias) : undefined,
	};
}

async function aliasesOf({keys}: Connection, region: string): Promise<Pick<KeyChoices, 'keys' | 'unlisted'>> {
	let aliases: readonly string[];
	try {
		aliases = await keys.listAliases(region);
	} catch (error) {
		return {keys: [], unlisted: refusalOf(error)};
	}

	// Other services' keys that AWS manages encrypt nothing of S3's.
	const offered = aliases.filter((alias) => alias === managedAlias || !alias.startsWith('alias/aws/'));
	const found = new Map<string, KeyChoice['key']>();
	await inParallel(offered.slice(0, maxQuestions), parallelQuestions, async (alias) => {
		try {
			found.set(alias, await keys.describe({key: alias, region}));
		} catch (error) {
			refusalOf(error);
		}
	});
	return {keys: offered.map((alias) => ({alias, key: found.get(alias)}))};
}

/** Nothing where there is no such bucket yet, or where the caller may not ask. */
async function encryptionOf({
	connection,
	reference,
}: KeyPlace['source']): Promise<BucketEncryption | undefined> {
	try {
		return await connection.settings.getEncryption(reference);
	} catch (error) {
		// A bucket that the run creates encrypts with nothing of KMS.
		if (answerOf(error)?.code === 'NoSuchBucket') return undefined;
		refusalOf(error);
		return undefined;
	}
}
