import {type Partition, partitions} from './partitions.js';

export type Region = {
	/** Such as `eu-west-1`. */
	readonly name: string;
	/** Where it is, in AWS's words. */
	readonly place: string;
	/** Whether an account has to switch it on first. */
	readonly isOptIn: boolean;
};

/**
 * The regions that every account of the partition `aws` has switched on, those of the tutorials first. It is closed: each region that opened
 * after 20 March 2019 has to be switched on. Source: AWS Account Management Guide, "Enable or disable AWS Regions in your account".
 */
const alwaysOn: readonly string[] = [
	'us-east-1',
	'us-east-2',
	'us-west-1',
	'us-west-2',
	'ca-central-1',
	'sa-east-1',
	'eu-west-1',
	'eu-west-2',
	'eu-west-3',
	'eu-central-1',
	'eu-north-1',
	'ap-south-1',
	'ap-southeast-1',
	'ap-southeast-2',
	'ap-northeast-1',
	'ap-northeast-2',
	'ap-northeast-3',
];

/** Its regions: those that are always on first. */
function regionsIn({id, places}: Partition): readonly Region[] {
	const isInAws = id === 'aws';
	const known = Object.entries(places).map(([name, place]) => ({
		name,
		place,
		isOptIn: isInAws && !alwaysOn.includes(name),
	}));
	return known.sort((left, right) => rank(left.name) - rank(right.name));
}

function rank(name: string): number {
	const index = alwaysOn.indexOf(name);
	return index === -1 ? alwaysOn.length : index;
}

/** The regions that this version knows, partition by partition. */
export const regions: readonly Region[] = partitions.flatMap((partition) => regionsIn(partition));

/** The partition a region belongs to: the one that has it, else the one whose regions are named like it, as the SDK decides. */
export function partitionOfRegion(region: string): string {
	const has = partitions.find(({places}) => Object.hasOwn(places, region));
	const looks = has ?? partitions.find(({regionPattern}) => new RegExp(regionPattern).test(region));
	return looks?.id ?? 'aws';
}

/** What the host names of a partition end in, as `kms:ViaService` has them. Source: KMS Developer Guide, "kms:ViaService". */
export function dnsSuffixOf(partition: string): string {
	return partitionOf(partition).dnsSuffix;
}

/** The region that answers for what belongs to none, such as IAM. */
export function globalRegionOf(partition: string): string {
	return partitionOf(partition).globalRegion;
}

function partitionOf(id: string): Partition {
	return (partitions.find((partition) => partition.id === id) ?? partitions[0]) as Partition;
}

/** The regions of one partition. Replication stays inside a partition, as IAM does. */
export function regionsOfPartition(partition: string): readonly Region[] {
	return regions.filter((region) => partitionOfRegion(region.name) === partition);
}

/**
 * What is wrong with a region's name, or nothing.
 * A region that AWS opens after this version was made cannot be told from a slip of the fingers: it is refused, too, with what is known.
 */
export function regionFault(name: string): string | undefined {
	if (regions.some((region) => region.name === name)) return undefined;
	const near = regions.find((region) => distance(region.name, name) <= 2);
	if (near) return `There is no region ${name}. Did you mean ${near.name}?`;
	return `There is no region ${name}. This version knows ${knownLike(name)}.`;
}

/** The regions of the same part of the world, else what regions begin with. */
function knownLike(name: string): string {
	const part = name.slice(0, name.indexOf('-') + 1);
	const alike = regions.filter((region) => part !== '' && region.name.startsWith(part));
	if (alike.length > 0) return alike.map((region) => region.name).join(', ');
	const parts = new Set(regions.map((region) => region.name.slice(0, region.name.indexOf('-') + 1)));
	return `${regions.length}, which begin with ${[...parts].sort().join(', ')}`;
}

/**
 * The same of the region that a profile or the environment names, which the SDK takes in more forms: `aws-global`, `fips-us-east-1`,
 * `us-east-1-fips`.
 */
export function homeRegionFault(name: string): string | undefined {
	const bare = name.replace(/^fips-|-fips$/g, '');
	return /^aws-([a-z-]+-)?global$/.test(bare) ? undefined : regionFault(bare);
}

/** What keeps a region from being part of a host's name, or nothing: the SDK takes no other, at whichever endpoint. Source: RFC 1123. */
export function hostNameFault(name: string): string | undefined {
	if (/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(name)) return undefined;
	const bare = regions.find((region) => name.toLowerCase().includes(region.name))?.name;
	return bare === undefined
		? 'A region has letters, digits and hyphens.'
		: `A region has letters, digits and hyphens. Did you mean ${bare}?`;
}

/** Levenshtein distance: how many single-character edits lie between two names. */
function distance(left: string, right: string): number {
	let row = Array.from({length: right.length + 1}, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const next = [i];
		for (let j = 1; j <= right.length; j++) {
			const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
			next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
		}

		row = next;
	}

	return row[right.length] ?? 0;
}
