import {bucketNameFault} from '../../../domain/answers/bucket-name.js';
import {type BucketSummary} from '../../../domain/observed/observed.js';

/** A row of the list of buckets: one that exists, or the one to create. */
export type BucketItem = BucketSummary & {readonly isNew: boolean};

/** `+` is in no bucket name. */
export const bucketKey = ({name, isNew}: BucketItem): string => (isNew ? '+' : name);

/**
 * The bucket to create, by the name that is typed, else by the default; nothing where it exists or a naming rule forbids it.
 *
 * @param typed what is typed, without blanks around it
 */
export const newBucket = (
	typed: string,
	{
		name,
		region,
		existing,
	}: {readonly name: string; readonly region: string; readonly existing: readonly BucketSummary[]},
): BucketItem | undefined => {
	const wanted = typed === '' ? name : typed;
	const isTaken = existing.some((bucket) => bucket.name === wanted);
	return isTaken || bucketNameFault(wanted) !== undefined ? undefined : {name: wanted, region, isNew: true};
};
