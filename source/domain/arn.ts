/** The ARN of a bucket: it names neither region nor account. */
export function bucketArn(partition: string, bucket: string): string {
	return `arn:${partition}:s3:::${bucket}`;
}

/** The ARN of all objects of a bucket. */
export function objectsArn(partition: string, bucket: string): string {
	return `${bucketArn(partition, bucket)}/*`;
}

/** The ARN of a role to be created, by default with path `/`. One that exists has its own path in its ARN: ask IAM for it. */
export function roleArn(partition: string, accountId: string, roleName: string, path = '/'): string {
	return `arn:${partition}:iam::${accountId}:role${path}${roleName}`;
}

/** The name in a role's ARN, without the path. */
export function roleNameOf(arn: string): string {
	return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The account in the ARN of a role, user or managed policy. */
export function accountOfArn(arn: string): string {
	return arn.split(':')[4] ?? '';
}

/** The path in a role's ARN: `/` or such as `/service-role/`. Source: IAM User Guide, "IAM identifiers". */
export function rolePathOf(arn: string): string {
	return /:role(\/(?:.*\/)?)[^/]*$/.exec(arn)?.[1] ?? '/';
}

/** The bucket's name in a bucket ARN. */
export function bucketOfArn(arn: string): string {
	return arn.slice(arn.lastIndexOf(':') + 1);
}

/** The partition in an ARN, such as `aws`. */
export function partitionOfArn(arn: string): string {
	return arn.split(':')[1] ?? '';
}

/** A short, readable name for a caller: `user/dana`, `AdminRole/dana`, `root`. */
export function shortIdentity(arn: string): string {
	const resource = arn.split(':').slice(5).join(':');
	return resource.replace(/^assumed-role\//, '');
}

/** The SDK's name for where a global service such as IAM answers. */
export const globalRegion = (partition: string): string => `${partition}-global`;

/** The bucket that a replication rule replicates to. */
export function destinationOf({Destination}: {readonly Destination: {readonly Bucket: string}}): string {
	return bucketOfArn(Destination.Bucket);
}
