import {accountNameIn} from '../../../domain/answers/bucket-name.js';
import {likelyProfiles} from './likely-profiles.js';
import type {BucketPlace} from '../../../domain/observed/observed-replication.js';
import {isHere} from '../../../domain/record/recorded-place.js';
import type {RunRecord} from '../../../domain/record/run-record.js';
import type {Connections} from '../../../engine/connections.js';
import type {LikelyConnections} from '../../../engine/likely-connections.js';
import {valueOf} from '../../state/loadable.js';
import type {RunContext} from './run-context.js';

/** The runs recorded on this machine at the place where calls go now, newest first; none where they cannot be read. */
export async function recordsHere({here, recordedRuns}: RunContext): Promise<readonly RunRecord[]> {
	const found = await recordedRuns().catch(() => []);
	return found.filter((record) => isHere(record, here));
}

/** Where buckets were, as recorded runs say; the latest counts. */
export function placesIn(records: readonly RunRecord[]): Readonly<Record<string, BucketPlace>> {
	const places = records
		.flatMap(({header}) => header.ends)
		.map(({bucket, region, accountId, profile}) => [bucket, {region, accountId, profile}] as const);
	// Records come newest first.
	return Object.fromEntries(places.reverse());
}

/** Where buckets were, as the runs recorded on this machine say of the place where calls go now. */
export async function recordedPlaces(context: RunContext): Promise<Readonly<Record<string, BucketPlace>>> {
	return placesIn(await recordsHere(context));
}

/** Finds the connections through which destinations are likely to be seen that nobody named a profile for: by files, records and earlier checks. */
export async function findLikelyConnections(
	context: RunContext,
	source: Connections['source'],
	places: Readonly<Record<string, BucketPlace>>,
): Promise<LikelyConnections> {
	const {core} = context;
	const profiles = (await core.environment?.profiles().catch(() => [])) ?? [];
	return async (bucket, knownAccount) => {
		const {identities} = core.getState();
		const place = Object.hasOwn(places, bucket) ? places[bucket] : undefined;
		const {accountId: own} = await source.identity.getCaller(context.signal);
		// The source's account may lend its key to replicas: what it owns is seen already.
		const accountId = [accountNameIn(bucket)?.accountId, knownAccount, place?.accountId].find(
			(one) => one !== undefined && one !== own,
		);
		const names = likelyProfiles({
			profiles: profiles.filter(({name}) => name !== source.profile),
			accountOf: (profile) => valueOf(identities[profile.name])?.accountId ?? profile.accountId,
			recorded: place?.profile,
			accountId,
			others: new Set([own]),
		});
		const found = await Promise.all(
			names.map(async (name) => context.connection(name).catch(() => undefined)),
		);
		return found.filter((one) => one !== undefined);
	};
}
