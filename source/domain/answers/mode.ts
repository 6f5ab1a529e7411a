/** Cross-Region Replication: two buckets of one account. Cross-Account Replication: buckets of two accounts. */
export type Mode = 'cross-region' | 'cross-account';

/** Which end of the replication something belongs to. */
export type Side = 'source' | 'destination';

export const sides: readonly Side[] = ['source', 'destination'];

/** The mode's name as AWS writes it. */
export function modeTitle(mode: Mode): string {
	return mode === 'cross-region' ? 'Cross-Region Replication' : 'Cross-Account Replication';
}

/**
 * What AWS calls the replication between these two regions.
 * Source: S3 User Guide, "Replicating objects within and across Regions".
 */
export function replicationTitle(mode: Mode, sourceRegion?: string, destinationRegion?: string): string {
	if (mode === 'cross-account') return modeTitle(mode);
	const isSameRegion = sourceRegion !== undefined && sourceRegion === destinationRegion;
	return isSameRegion ? 'Same-Region Replication' : modeTitle(mode);
}
