export const partitionIds = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'] as const;

export type PartitionId = (typeof partitionIds)[number];

/** A part of AWS that knows nothing of the others: no account, role or bucket of one is seen in another. */
export type Partition = {
	/** The second part of every ARN. */
	readonly id: PartitionId;
	/** What host names end in, those in `kms:ViaService` among them. Services are `s3.amazonaws.com` to policies everywhere. */
	readonly dnsSuffix: string;
	/** What IAM may be signed for; the first is the region of what has none. */
	readonly globalRegions: readonly [string, ...string[]];
	readonly regions: ReadonlySet<string>;
	/** Where the two profiles are. */
	readonly home: {readonly source: string; readonly destination: string};
};

/** Sources: botocore's partitions.json and endpoints.json; regions of `aws` too: S3 User Guide and account guide, manage-acct-regions. */
const table: Readonly<Record<PartitionId, Omit<Partition, 'id' | 'regions'> & {readonly regions: string}>> = {
	aws: {
		dnsSuffix: 'amazonaws.com',
		globalRegions: ['us-east-1'],
		home: {source: 'us-east-1', destination: 'us-west-2'},
		regions: [
			'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1 sa-west-1',
			'eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2',
			'ap-south-1 ap-south-2 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3',
			'ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7',
			'af-south-1 il-central-1 me-central-1 me-south-1 me-west-1',
		].join(' '),
	},
	'aws-cn': {
		dnsSuffix: 'amazonaws.com.cn',
		// The second: what the SDK signs for where an endpoint is given, as the sandbox's is.
		globalRegions: ['cn-north-1', 'cn-northwest-1'],
		home: {source: 'cn-north-1', destination: 'cn-northwest-1'},
		regions: 'cn-north-1 cn-northwest-1',
	},
	'aws-us-gov': {
		dnsSuffix: 'amazonaws.com',
		globalRegions: ['us-gov-west-1'],
		home: {source: 'us-gov-west-1', destination: 'us-gov-east-1'},
		regions: 'us-gov-west-1 us-gov-east-1',
	},
	'aws-eusc': {
		dnsSuffix: 'amazonaws.eu',
		globalRegions: ['eusc-de-east-1'],
		// It has one region so far.
		home: {source: 'eusc-de-east-1', destination: 'eusc-de-east-1'},
		regions: 'eusc-de-east-1',
	},
};

const partitions = new Map(
	partitionIds.map((id): [PartitionId, Partition] => [
		id,
		{...table[id], id, regions: new Set(table[id].regions.split(' '))},
	]),
);

export function findPartition(id: PartitionId): Partition {
	return partitions.get(id)!;
}

/** The partition of a region of the sandbox's world, which are all of one. */
export function partitionOfRegion(region: string): Partition {
	return [...partitions.values()].find(({regions}) => regions.has(region)) ?? findPartition('aws');
}

/** The partition in an ARN. */
export function partitionIdIn(arn: string): string {
	return arn.split(':')[1] ?? '';
}

type Placed = {readonly partition: Partition};

/** The ARN of what IAM has: `user/path/name`, `role/…`. */
export function iamArn({partition}: Placed, accountId: string, resource: string): string {
	return `arn:${partition.id}:iam::${accountId}:${resource}`;
}

/** An ARN of this partition without its beginning: `iam::111122223333:root`. Anything else as it is, and so nobody's. */
export function localArn({partition}: Placed, text: string): string {
	const start = `arn:${partition.id}:`;
	return text.startsWith(start) ? text.slice(start.length) : text;
}
