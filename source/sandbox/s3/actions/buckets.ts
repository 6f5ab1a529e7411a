import type * as s3 from '@aws-sdk/client-s3';
import {pageAfter} from '../../wire/name-page.js';
import {type AccountAction, bucketArn, onBucket, type S3Action} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {releaseParts} from '../uploads/uploads.js';

const usualMaxBuckets = 10_000;

const listBuckets: AccountAction<s3.ListBucketsRequest, s3.ListBucketsOutput> = {
	name: 'ListBuckets',
	target: 'account',
	run({world, identity, region, input, require}) {
		require({action: 's3:ListAllMyBuckets', resource: bucketArn({name: '*', region})});
		if (identity === undefined) throw s3Error('AccessDenied');
		const {Prefix, BucketRegion, ContinuationToken: token, MaxBuckets = usualMaxBuckets} = input;
		const own = [...world.buckets.values()]
			.filter(({ownerAccountId}) => ownerAccountId === identity.accountId)
			.filter(({name}) => name.startsWith(Prefix ?? ''))
			.filter((bucket) => BucketRegion === undefined || bucket.region === BucketRegion);
		const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
		const {page, next} = pageAfter(own, ({name}) => name, after, MaxBuckets);
		return {
			output: {
				Buckets: page.map((bucket) => ({
					Name: bucket.name,
					CreationDate: new Date(bucket.createdMs),
					BucketRegion: bucket.region,
					BucketArn: bucketArn(bucket),
				})),
				Owner: {ID: world.accounts.get(identity.accountId)?.canonicalUserId},
				Prefix,
				ContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64'),
			},
		};
	},
};

/** Buckets as such. */
export const bucketActions: readonly S3Action[] = [
	listBuckets,
	onBucket<s3.HeadBucketRequest, s3.HeadBucketOutput>(
		'HeadBucket',
		// Third-party: clients report this type of the answer, though it has no body.
		({bucket}) => ({
			headers: {'content-type': 'application/xml'},
			output: {BucketRegion: bucket.region, BucketArn: bucketArn(bucket), AccessPointAlias: false},
		}),
		['s3:ListBucket'],
	),
	// Written by hand: the answer is the bare element that the schema would wrap (S3 API reference, GetBucketLocation).
	onBucket<s3.GetBucketLocationRequest, s3.GetBucketLocationOutput>('GetBucketLocation', ({bucket}) => ({
		headers: {'content-type': 'application/xml'},
		body: Buffer.from(
			'<?xml version="1.0" encoding="UTF-8"?>\n' +
				`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${bucket.locationConstraint ?? ''}</LocationConstraint>`,
		),
	})),
	onBucket<s3.DeleteBucketRequest>('DeleteBucket', ({world, bucket}) => {
		if (!bucket.versions.isEmpty) {
			const message =
				bucket.versioning.written === undefined
					? 'The bucket you tried to delete is not empty'
					: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.';
			throw s3Error('BucketNotEmpty', {message, fields: {BucketName: bucket.name}});
		}
		for (const upload of bucket.uploads.values()) releaseParts(world, upload);
		world.buckets.delete(bucket.name);
		return {status: 204};
	}),
];
