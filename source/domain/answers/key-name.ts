import {pricesDate} from '../prices.js';
import {partitionOfRegion} from '../region.js';

/** What a key for replicas costs. Source: AWS KMS pricing. */
export const keyCost = `About $0.03 per 10,000 requests; a key of your own $1 a month (${pricesDate}).`;

/** Source: KMS API Reference, DescribeKey (KeyId) and CreateAlias (AliasName). */
const arnPattern = /^arn:(aws[a-z-]*):kms:([a-z\d-]+):(\d{12}):(key\/[\w-]{1,256}|alias\/[\w/-]{1,250})$/;
const aliasPattern = /^alias\/[\w/-]{1,250}$/;

/** What is wrong with the name of a key, or nothing: an ARN of a key or an alias, or an alias. */
export function keyNameFault(name: string): string | undefined {
	if (aliasPattern.test(name)) return undefined;
	const [, partition, region] = arnPattern.exec(name) ?? [];
	if (region === undefined)
		return 'Name a key by its ARN (arn:aws:kms:us-west-2:111122223333:key/ID) or its alias (alias/NAME).';
	return partitionOfRegion(region) === partition
		? undefined
		: `${region} is not a region of the partition ${partition}.`;
}

/** The region that a key's or an alias's ARN names; nothing for an alias alone. */
export function regionOfKey(name: string): string | undefined {
	return arnPattern.exec(name)?.[2];
}

/** The name of a key that can be an id alone, as buckets hold it, as one that says where it is; an alias stays. */
export function keyArnOf(
	name: string,
	{
		partition,
		region,
		accountId,
	}: {readonly partition: string; readonly region: string; readonly accountId: string},
): string {
	return name.startsWith('arn:') || name.startsWith('alias/')
		? name
		: `arn:${partition}:kms:${region}:${accountId}:key/${name}`;
}

/** Whether it is the ARN of a key: only that is put into a rule. */
export function isKeyArn(name: string): boolean {
	return arnPattern.test(name) && name.includes(':key/');
}

/** Whether it names a key that AWS manages for S3, by its alias. */
export function isManagedAlias(name: string): boolean {
	return /(?:^|:)alias\/aws\//.test(name);
}
