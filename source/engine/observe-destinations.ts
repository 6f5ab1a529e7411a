import type {Connection} from '../aws/ports.js';
import {inParallel} from './in-parallel.js';
import type {RuleDestination} from '../domain/rule/blocked-rules.js';

/** S3 allows as many destinations as the partition has regions; so many are looked at at a time. */
const parallelLooks = 8;

/** A bucket that a rule names, and the account that the rule says owns it. */
export type NamedDestination = {readonly bucket: string; readonly accountId: string};

/**
 * Looks whether S3 takes rules that name these buckets: each is there and versioned, or not. What may not be read, and what does not
 * answer, is not known; a plan can be made without it. Throws nothing.
 */
export async function observeDestinations(
	{buckets, homeRegion}: Connection,
	destinations: readonly NamedDestination[],
	signal?: AbortSignal,
): Promise<readonly RuleDestination[]> {
	const found = new Map<string, RuleDestination['state']>();
	const stateOf = async ({bucket, accountId}: NamedDestination): Promise<RuleDestination['state']> => {
		const head = await buckets.head({bucket, accountId, region: homeRegion}, signal);
		if (head.state === 'absent') return 'gone';
		if (head.state === 'forbidden') return 'unknown';
		const region = head.state === 'elsewhere' ? head.region : homeRegion;
		const versioning = await buckets.getVersioning({bucket, accountId, region}, signal);
		if (versioning === undefined) return 'gone';
		return versioning === 'Enabled' ? 'versioned' : 'unversioned';
	};

	await inParallel(destinations, parallelLooks, async (destination) => {
		found.set(destination.bucket, await stateOf(destination).catch(() => 'unknown' as const));
	});
	return destinations.map(({bucket}) => ({bucket, state: found.get(bucket) ?? 'unknown'}));
}
