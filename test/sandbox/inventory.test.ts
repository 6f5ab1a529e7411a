import {
	CreateBucketCommand,
	DeleteBucketInventoryConfigurationCommand,
	GetBucketInventoryConfigurationCommand,
	type InventoryConfiguration,
	ListBucketInventoryConfigurationsCommand,
	PutBucketInventoryConfigurationCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';

let open: OpenSandbox;
let Bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	Bucket = open.name('inventory');
	await open.source.send(new CreateBucketCommand({Bucket}));
});
afterAll(() => open.close());

const inventory = (Id: string): InventoryConfiguration => ({
	Id,
	IsEnabled: true,
	IncludedObjectVersions: 'All',
	Schedule: {Frequency: 'Daily'},
	Destination: {S3BucketDestination: {Bucket: 'arn:aws:s3:::reports', Format: 'CSV'}},
	OptionalFields: ['ReplicationStatus'],
});

const put = async (id: string, Id = id) =>
	open.source.send(
		new PutBucketInventoryConfigurationCommand({Bucket, Id: id, InventoryConfiguration: inventory(Id)}),
	);
const list = async (ContinuationToken?: string) =>
	open.source.send(new ListBucketInventoryConfigurationsCommand({Bucket, ContinuationToken}));

// Documented: S3 API reference, the four operations and ErrorResponses; the order of the list and IdMismatch: third-party (localstack).
it('stores inventories, lists them by id, a hundred a page, and deletes them', async () => {
	expect((await list()).InventoryConfigurationList).toBeUndefined();
	for (const id of ['b', 'a']) await put(id);
	const got = await open.source.send(new GetBucketInventoryConfigurationCommand({Bucket, Id: 'a'}));
	expect(got.InventoryConfiguration).toEqual(inventory('a'));
	expect((await list()).InventoryConfigurationList).toEqual([inventory('a'), inventory('b')]);
	for (let index = 0; index < 100; index++) await put(`c${index + 100}`);
	const first = await list();
	expect(first).toMatchObject({IsTruncated: true});
	expect(first.InventoryConfigurationList).toHaveLength(100);
	const rest = await list(first.NextContinuationToken);
	expect(rest).toMatchObject({IsTruncated: false});
	expect(rest.InventoryConfigurationList?.map(({Id}) => Id)).toEqual(['c198', 'c199']);
	await open.source.send(new DeleteBucketInventoryConfigurationCommand({Bucket, Id: 'a'}));
	expect((await list()).InventoryConfigurationList?.[0]?.Id).toBe('b');
});

it.each([
	{
		what: 'one that is not there',
		ask: () => open.source.send(new GetBucketInventoryConfigurationCommand({Bucket, Id: 'none'})),
		code: 'NoSuchConfiguration',
		status: 404,
	},
	{
		what: 'the deletion of one that is not there',
		ask: () => open.source.send(new DeleteBucketInventoryConfigurationCommand({Bucket, Id: 'none'})),
		code: 'NoSuchConfiguration',
		status: 404,
	},
	{what: 'an id that is another in the document', ask: () => put('x', 'y'), code: 'IdMismatch', status: 400},
])('refuses $what: $code', async ({ask, code, status}) => {
	expect(await errorOf(ask())).toMatchObject({code, status});
});
