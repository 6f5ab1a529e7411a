import type * as s3 from '@aws-sdk/client-s3';
import {pageAfter} from '../../wire/name-page.js';
import {type Bucket} from '../../world/bucket.js';
import {onBucket, type S3Action} from '../action.js';
import {s3Error} from '../errors/errors.js';

/** S3 API reference, PutBucketInventoryConfiguration: so many a bucket; ListBucketInventoryConfigurations: so many a page. */
const maxConfigurations = 1000;
const pageSize = 100;

type Configurations = ReadonlyMap<string, s3.InventoryConfiguration>;

/**
 * Inventories are stored and given back; no report is ever written, on AWS the first takes up to two days as well (S3 User Guide,
 * storage-inventory). Errors: S3 API reference, PutBucketInventoryConfiguration and ErrorResponses; what an id that does not match
 * is answered, and that lists are in the order of ids: third-party (localstack).
 */
export const inventoryActions: readonly S3Action[] = [
	onBucket<s3.PutBucketInventoryConfigurationRequest>(
		'PutBucketInventoryConfiguration',
		({bucket, input}) => {
			const {Id: id = '', InventoryConfiguration: configuration} = input;
			if (configuration?.Id !== id) throw s3Error('IdMismatch');
			const existing = configurationsOf(bucket);
			if (!existing.has(id) && existing.size >= maxConfigurations) throw s3Error('TooManyConfigurations');
			bucket.settings.set('inventory', new Map([...existing, [id, configuration]]));
			return {status: 204};
		},
		['s3:PutInventoryConfiguration'],
	),
	onBucket<s3.GetBucketInventoryConfigurationRequest, s3.GetBucketInventoryConfigurationOutput>(
		'GetBucketInventoryConfiguration',
		({bucket, input}) => {
			const found = configurationsOf(bucket).get(input.Id ?? '');
			if (found === undefined) throw s3Error('NoSuchConfiguration');
			return {output: {InventoryConfiguration: found}};
		},
		['s3:GetInventoryConfiguration'],
	),
	onBucket<s3.ListBucketInventoryConfigurationsRequest, s3.ListBucketInventoryConfigurationsOutput>(
		'ListBucketInventoryConfigurations',
		({bucket, input: {ContinuationToken: token}}) => {
			const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString();
			const {page, next} = pageAfter(configurationsOf(bucket), ([id]) => id, after, pageSize);
			return {
				output: {
					ContinuationToken: token,
					InventoryConfigurationList: page.map(([, configuration]) => configuration),
					IsTruncated: next !== undefined,
					NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64'),
				},
			};
		},
		['s3:GetInventoryConfiguration'],
	),
	onBucket<s3.DeleteBucketInventoryConfigurationRequest>(
		'DeleteBucketInventoryConfiguration',
		({bucket, input: {Id: id = ''}}) => {
			const existing = configurationsOf(bucket);
			if (!existing.has(id)) throw s3Error('NoSuchConfiguration');
			bucket.settings.set('inventory', new Map([...existing].filter(([other]) => other !== id)));
			return {status: 204};
		},
		['s3:PutInventoryConfiguration'],
	),
];

function configurationsOf(bucket: Bucket): Configurations {
	return (bucket.settings.get('inventory') as Configurations | undefined) ?? new Map();
}
