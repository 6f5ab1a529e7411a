import type {BucketReference, Connection, HeadBucketAnswer} from '../aws/ports.js';

/** A bucket that the caller's account owns and may look at, or what S3 says of the name otherwise. */
type LocatedBucket =
	| {readonly state: 'existing'; readonly reference: BucketReference}
	| {readonly state: Exclude<HeadBucketAnswer['state'], 'existing'>};

/** Finds a bucket in whatever region it is, as one of the caller's account. */
export async function locateBucket(
	bucket: string,
	{identity, buckets, homeRegion}: Connection,
	region?: string,
	signal?: AbortSignal,
): Promise<LocatedBucket> {
	const {accountId} = await identity.getCaller(signal);
	let reference: BucketReference = {bucket, region: region ?? homeRegion, accountId};
	let answer = await buckets.head(reference, signal);
	if (answer.state === 'elsewhere') {
		reference = {...reference, region: answer.region};
		answer = await buckets.head(reference, signal);
	}

	return answer.state === 'existing' ? {state: 'existing', reference} : {state: answer.state};
}
