/**
 * What the host names of a partition end in, as `kms:ViaService` has them.
 * Source: AWS General Reference, "Service endpoints and quotas"; KMS Developer Guide, "kms:ViaService".
 */
export function dnsSuffixOf(partition: string): string {
	return {'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu'}[partition] ?? 'amazonaws.com';
}

export type Region = {
	/** Such as `eu-west-1`. */
	readonly name: string;
	/** Where it is, in AWS's words. */
	readonly place: string;
	/** Whether an account has to switch it on first. */
	readonly isOptIn: boolean;
};

const alwaysOn: ReadonlyArray<readonly [name: string, place: string]> = [
	['us-east-1', 'US East (N. Virginia)'],
	['us-east-2', 'US East (Ohio)'],
	['us-west-1', 'US West (N. California)'],
	['us-west-2', 'US West (Oregon)'],
	['ca-central-1', 'Canada (Central)'],
	['sa-east-1', 'South America (São Paulo)'],
	['eu-west-1', 'Europe (Ireland)'],
	['eu-west-2', 'Europe (London)'],
	['eu-west-3', 'Europe (Paris)'],
	['eu-central-1', 'Europe (Frankfurt)'],
	['eu-north-1', 'Europe (Stockholm)'],
	['ap-south-1', 'Asia Pacific (Mumbai)'],
	['ap-southeast-1', 'Asia Pacific (Singapore)'],
	['ap-southeast-2', 'Asia Pacific (Sydney)'],
	['ap-northeast-1', 'Asia Pacific (Tokyo)'],
	['ap-northeast-2', 'Asia Pacific (Seoul)'],
	['ap-northeast-3', 'Asia Pacific (Osaka)'],
];

const optIn: ReadonlyArray<readonly [name: string, place: string]> = [
	['af-south-1', 'Africa (Cape Town)'],
	['ap-east-1', 'Asia Pacific (Hong Kong)'],
	['ap-east-2', 'Asia Pacific (Taipei)'],
	['ap-south-2', 'Asia Pacific (Hyderabad)'],
	['ap-southeast-3', 'Asia Pacific (Jakarta)'],
	['ap-southeast-4', 'Asia Pacific (Melbourne)'],
	['ap-southeast-5', 'Asia Pacific (Malaysia)'],
	['ap-southeast-6', 'Asia Pacific (New Zealand)'],
	['ap-southeast-7', 'Asia Pacific (Thailand)'],
	['ca-west-1', 'Canada West (Calgary)'],
	['eu-central-2', 'Europe (Zurich)'],
	['eu-south-1', 'Europe (Milan)'],
	['eu-south-2', 'Europe (Spain)'],
	['il-central-1', 'Israel (Tel Aviv)'],
	['me-central-1', 'Middle East (UAE)'],
	['me-south-1', 'Middle East (Bahrain)'],
	['mx-central-1', 'Mexico (Central)'],
];

const otherPartitions: ReadonlyArray<readonly [name: string, place: string]> = [
	['cn-north-1', 'China (Beijing)'],
	['cn-northwest-1', 'China (Ningxia)'],
	['us-gov-east-1', 'AWS GovCloud (US-East)'],
	['us-gov-west-1', 'AWS GovCloud (US-West)'],
	['eusc-de-east-1', 'AWS European Sovereign Cloud (Germany)'],
];

/**
 * The regions this program knows, always-on ones first.
 * Source: AWS Account Management Guide, "Enable or disable AWS Regions in your account".
 */
export const regions: readonly Region[] = [
	...alwaysOn.map(([name, place]) => ({name, place, isOptIn: false})),
	...optIn.map(([name, place]) => ({name, place, isOptIn: true})),
	...otherPartitions.map(([name, place]) => ({name, place, isOptIn: false})),
];

/** The partition a region belongs to, from its name: the regions of a partition share a prefix. */
export function partitionOfRegion(region: string): string {
	if (region.startsWith('cn-')) return 'aws-cn';
	if (region.startsWith('us-gov-')) return 'aws-us-gov';
	if (region.startsWith('eusc-')) return 'aws-eusc';
	return 'aws';
}

/** The regions of one partition. Replication stays inside a partition, as IAM does. */
export function regionsOfPartition(partition: string): readonly Region[] {
	return regions.filter((region) => partitionOfRegion(region.name) === partition);
}

/**
 * What is wrong with a region's name, or nothing.
 * A region that AWS opens after this version was made cannot be told from a slip of the fingers: it is refused, too.
 */
export function regionFault(name: string): string | undefined {
	if (regions.some((region) => region.name === name)) return undefined;
	const near = regions.find((region) => distance(region.name, name) <= 2);
	return near ? `There is no region ${name}. Did you mean ${near.name}?` : `There is no region ${name}.`;
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
