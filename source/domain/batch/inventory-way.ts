import type {ProblemDocument} from '../problem.js';
import {bucketArn} from '../arn.js';

type End = {readonly bucket: string; readonly accountId: string};

/**
 * How S3 Inventory and Athena compare two buckets that are too large to be listed: both inventories, who may write them, and the query.
 * Source: S3 User Guide, "Configuring Amazon S3 Inventory", "Granting permissions for S3 Inventory", "Querying Amazon S3 Inventory with
 * Amazon Athena". An inventory goes to a bucket in the region of the bucket that it lists.
 */
export function inventoryWay(
	partition: string,
	source: End,
	destination: End,
	prefixes: readonly string[],
): readonly ProblemDocument[] {
	const within = prefixes.map((prefix) => `s.key LIKE '${prefix.replaceAll("'", "''")}%'`).join(' OR ');
	return [
		...[source, destination].map(({bucket, accountId}) => ({
			title: `Inventory of ${bucket} (PutBucketInventoryConfiguration)`,
			value: {
				Id: 's3-replicate-compare',
				IsEnabled: true,
				IncludedObjectVersions: 'All',
				Schedule: {Frequency: 'Daily'},
				OptionalFields: ['Size', 'LastModifiedDate', 'ReplicationStatus'],
				Destination: {
					S3BucketDestination: {
						AccountId: accountId,
						Bucket: bucketArn(partition, `INVENTORY-BUCKET-OF-${bucket}`),
						Format: 'Parquet',
						Prefix: bucket,
					},
				},
			},
		})),
		{
			title: 'Policy of each inventory bucket',
			value: {
				Version: '2012-10-17',
				Statement: [
					{
						Effect: 'Allow',
						Principal: {Service: 's3.amazonaws.com'},
						Action: 's3:PutObject',
						Resource: `${bucketArn(partition, 'INVENTORY-BUCKET')}/*`,
						Condition: {
							ArnLike: {
								'aws:SourceArn': [source, destination].map(({bucket}) => bucketArn(partition, bucket)),
							},
							StringEquals: {
								'aws:SourceAccount': [...new Set([source.accountId, destination.accountId])],
								's3:x-amz-acl': 'bucket-owner-full-control',
							},
						},
					},
				],
			},
		},
		{
			title: 'Query in Athena, over one table an inventory',
			value: [
				'SELECT s.key, s.version_id, s.replication_status,',
				"  CASE WHEN d.key IS NULL THEN 'missing' ELSE 'different' END AS verdict",
				'FROM source_inventory s LEFT JOIN destination_inventory d',
				'  ON d.key = s.key AND d.version_id = s.version_id AND d.dt = s.dt',
				"WHERE s.dt = 'YYYY-MM-DD-HH-MM' AND s.is_latest AND NOT s.is_delete_marker",
				...(within === '' ? [] : [`  AND (${within})`]),
				'  AND (d.key IS NULL OR d.size <> s.size)',
			],
		},
	];
}
