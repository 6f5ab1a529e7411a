import {type ListBucketsOutput, type ListBucketsRequest} from '@aws-sdk/client-s3';
import {type AccountAction, bucketArn} from '../action.js';
import {s3Error} from '../errors/errors.js';

const defaultMaxBuckets = 10_000;

export const listBuckets: AccountAction<ListBucketsRequest, ListBucketsOutput> = {
	name: 'ListBuckets',
	target: 'account',
	run({world, identity, region, input, require}) {
		require({action: 's3:ListAllMyBuckets', resource: bucketArn({name: '*', region})});
		if (identity === undefined) throw s3Error('AccessDenied');
		const all = [...world.buckets.values()]
			.filter(({ownerAccountId}) => ownerAccountId === identity.accountId)
			.filter(({name}) => name.startsWith(input.Prefix ?? ''))
			.filter(({region}) => input.BucketRegion === undefined || region === input.BucketRegion)
			.filter(
				({name}) => input.ContinuationToken === undefined || name > decodeToken(input.ContinuationToken),
			)
			.sort((left, right) => (left.name < right.name ? -1 : 1));
		const maxBuckets = input.MaxBuckets ?? defaultMaxBuckets;
		const page = all.slice(0, maxBuckets);
		const last = page[page.length - 1];
		return {
			output: {
				Buckets: page.map(({name, createdMs, region: inRegion}) => ({
					Name: name,
					CreationDate: new Date(createdMs),
					BucketRegion: inRegion,
					BucketArn: bucketArn({name, region: inRegion}),
				})),
				Owner: {ID: world.accounts.get(identity.accountId)?.canonicalUserId},
				...(input.Prefix === undefined ? {} : {Prefix: input.Prefix}),
				...(page.length < all.length && last !== undefined
					? {ContinuationToken: encodeToken(last.name)}
					: {}),
			},
		};
	},
};

function encodeToken(name: string): string {
	return Buffer.from(name).toString('base64');
}

function decodeToken(token: string): string {
	return Buffer.from(token, 'base64').toString('utf8');
}
