import {
	type DeleteBucketInventoryConfigurationRequest,
	type GetBucketInventoryConfigurationOutput,
	type GetBucketInventoryConfigurationRequest,
	type InventoryConfiguration,
	type ListBucketInventoryConfigurationsOutput,
	type ListBucketInventoryConfigurationsRequest,
	type PutBucketInventoryConfigurationRequest,
} from '@aws-sdk/client-s3';
import {type Bucket} from '../../world/bucket.js';
import {type BucketAction, type S3Action} from '../action.js';
import {s3Error} from '../errors/errors.js';

/** S3 API reference, PutBucketInventoryConfiguration: so many a bucket; ListBucketInventoryConfigurations: so many a page. */
const maxConfigurations = 1000;
const pageSize = 100;

type Configurations = ReadonlyMap<string, InventoryConfiguration>;

/**
 * Inventories are stored and given back; no report is ever written, on AWS the first takes up to two days as well (S3 User Guide,
 * storage-inventory). Errors: S3 API reference, PutBucketInventoryConfiguration and ErrorResponses; what an id that does not match
 * is answered, and that lists are in the order of ids: third-party (localstack).
 */
const putInventory: BucketAction<PutBucketInventoryConfigurationRequest, object> = {
	name: 'PutBucketInventoryConfiguration',
	target: 'bucket',
	permissions: ['s3:PutInventoryConfiguration'],
	run({bucket, input}) {
		const {Id: id = '', InventoryConfiguration: configuration} = input;
		if (configuration?.Id !== id) throw s3Error('IdMismatch');
		const existing = configurationsOf(bucket);
		if (!existing.has(id) && existing.size >= maxConfigurations) throw s3Error('TooManyConfigurations');
		bucket.settings.set('inventory', new Map([...existing, [id, configuration]]));
		return {status: 204};
	},
};

const getInventory: BucketAction<
	GetBucketInventoryConfigurationRequest,
	GetBucketInventoryConfigurationOutput
> = {
	name: 'GetBucketInventoryConfiguration',
	target: 'bucket',
	permissions: ['s3:GetInventoryConfiguration'],
	run({bucket, input}) {
		const found = configurationsOf(bucket).get(input.Id ?? '');
		if (found === undefined) throw s3Error('NoSuchConfiguration');
		return {output: {InventoryConfiguration: found}};
	},
};

const listInventories: BucketAction<
	ListBucketInventoryConfigurationsRequest,
	ListBucketInventoryConfigurationsOutput
> = {
	name: 'ListBucketInventoryConfigurations',
	target: 'bucket',
	permissions: ['s3:GetInventoryConfiguration'],
	run({bucket, input: {ContinuationToken: token}}) {
		const all = [...configurationsOf(bucket).entries()].sort(([left], [right]) => (left < right ? -1 : 1));
		const rest = token === undefined ? all : all.filter(([id]) => id > decoded(token));
		const page = rest.slice(0, pageSize);
		const isTruncated = page.length < rest.length;
		return {
			output: {
				...(token === undefined ? {} : {ContinuationToken: token}),
				InventoryConfigurationList: page.map(([, configuration]) => configuration),
				IsTruncated: isTruncated,
				...(isTruncated ? {NextContinuationToken: encoded(page.at(-1)?.[0] ?? '')} : {}),
			},
		};
	},
};

const deleteInventory: BucketAction<DeleteBucketInventoryConfigurationRequest, object> = {
	name: 'DeleteBucketInventoryConfiguration',
	target: 'bucket',
	permissions: ['s3:PutInventoryConfiguration'],
	run({bucket, input: {Id: id = ''}}) {
		const existing = configurationsOf(bucket);
		if (!existing.has(id)) throw s3Error('NoSuchConfiguration');
		bucket.settings.set('inventory', new Map([...existing].filter(([other]) => other !== id)));
		return {status: 204};
	},
};

/** The operations on the inventories of a bucket. */
export const inventoryActions: readonly S3Action[] = [
	putInventory,
	getInventory,
	listInventories,
	deleteInventory,
];

function configurationsOf(bucket: Bucket): Configurations {
	return (bucket.settings.get('inventory') as Configurations | undefined) ?? new Map();
}

const encoded = (id: string): string => Buffer.from(id).toString('base64');
const decoded = (token: string): string => Buffer.from(token, 'base64').toString();
