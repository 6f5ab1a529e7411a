import type {HclBlock, HclBody} from './parse-hcl.js';

/** What blocks and attributes are called in the S3 API. Written down beforehand from the provider's documentation, not from the code. */
const apiNames: Readonly<Record<string, string>> = {
	id: 'ID',
	filter: 'Filter',
	and: 'And',
	tag: 'Tag',
	time: 'Time',
	replica_kms_key_id: 'ReplicaKmsKeyID',
};

/** The rules in a file of Terraform, in the words of the S3 API. */
export function rulesIn({blocks}: HclBody): ReadonlyArray<Readonly<Record<string, unknown>>> {
	return blocks
		.filter(({labels}) => labels[0] === 'aws_s3_bucket_replication_configuration')
		.flatMap((resource) => resource.blocks.filter(({type}) => type === 'rule').map(elementOf));
}

function elementOf({attributes, blocks}: HclBlock): Readonly<Record<string, unknown>> {
	const members: ReadonlyArray<readonly [string, unknown]> = [
		...Object.entries(attributes).map(
			([name, value]) => [nameOf(name), name === 'tags' ? tagsOf(value) : value] as const,
		),
		...blocks.map((block) => [nameOf(block.type), elementOf(block)] as const),
	];
	return Object.fromEntries(members);
}

const nameOf = (name: string): string =>
	apiNames[name] ??
	name
		.split('_')
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join('');

const tagsOf = (value: unknown): unknown =>
	Object.entries(value as Readonly<Record<string, string>>).map(([Key, Value]) => ({Key, Value}));
