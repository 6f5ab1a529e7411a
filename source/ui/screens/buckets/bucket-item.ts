import {accountBucketName, accountNameIn, bucketNameFault} from '../../../domain/answers/bucket-name.js';
import {type BucketSummary} from '../../../domain/observed/observed.js';

/** A row of the list of buckets: one that exists, or the one to create. */
export type BucketItem = BucketSummary & {readonly isNew: boolean};

/** `+` is in no bucket name. */
export const bucketKey = ({name, isNew}: BucketItem): string => (isNew ? '+' : name);

/** A name that ends with -an, completed to the one that it has in the account's own namespace. */
export const wholeName = (
	typed: string,
	{region, accountId}: {readonly region: string; readonly accountId?: string | undefined},
): string => {
	const prefix = typed.replace(/-an$/, '');
	if (prefix === typed || prefix === '' || accountId === undefined || accountNameIn(typed)) return typed;
	return accountBucketName({prefix, accountId, region});
};

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
		accountId,
	}: {
		readonly name: string;
		readonly region: string;
		readonly existing: readonly BucketSummary[];
		/** Whose the bucket would be, where that is known. */
		readonly accountId?: string | undefined;
	},
): BucketItem | undefined => {
	const wanted = wholeName(typed === '' ? name : typed, {region, accountId});
	const isTaken = existing.some((bucket) => bucket.name === wanted);
	return isTaken || bucketNameFault(wanted) !== undefined ? undefined : {name: wanted, region, isNew: true};
};
