import {destinationOf, roleNameOf, rolePathOf} from '../arn.js';
import {type Attribute, type Block, type Reference, fileText} from './hcl.js';
import {providerBlocks} from './terraform-providers.js';
import {ruleBlock, unknownElements} from './terraform-rule.js';
import {
	type ExportedBucket,
	type ExportedFile,
	type ExportedPlace,
	type ExportedRole,
	numbered,
	placesIn,
	type SetUp,
} from './set-up.js';

/** A resource, and by what Terraform finds it. */
type Resource = {
	readonly type: string;
	readonly name: string;
	readonly id: string;
	readonly place: ExportedPlace;
	readonly body: Block['body'];
};

const to = (reference: string): Reference => ({reference});

/**
 * A set-up as files of Terraform: providers for its accounts and regions, resources, and `import` blocks, so that Terraform takes over what
 * is there and changes nothing. Pure. Rules stand in the order in which S3 returns them: in another, Terraform sees a difference.
 */
export function terraformFiles(setUp: SetUp): readonly ExportedFile[] {
	const aliases = aliasesIn(setUp);
	const resources = resourcesIn(setUp);
	const blocks = resources.map(({type, name, place, body}): Block => ({
		type: 'resource',
		labels: [type, name],
		body: [['provider', to(`aws.${aliases(place)}`)], ...body],
	}));
	const imports = resources.map(({type, name, id}): Block => ({
		type: 'import',
		body: [
			['to', to(`${type}.${name}`)],
			['id', id],
		],
	}));
	const source = setUp.buckets[0]?.bucket ?? '';
	return [
		{name: 'providers.tf', text: fileText([], providerBlocks(setUp, aliases))},
		{
			name: 'main.tf',
			text: fileText([`The replication of ${source}, as it is.`, ...leftOutOf(setUp)], blocks),
		},
		{
			name: 'imports.tf',
			text: fileText(
				[
					'Takes over what is there. Once it is applied, this file can go.',
					'A bucket that another state holds: delete its blocks here and in main.tf.',
				],
				imports,
			),
		},
	];
}

/** What a set-up has and the files have not. */
export function leftOutOf({leftOut, buckets}: SetUp): readonly string[] {
	const unknown = buckets.flatMap(({replication}) => (replication?.Rules ?? []).flatMap(unknownElements));
	return [
		...leftOut,
		...[...new Set(unknown)].map((name) => `Left out: ${name}, which Terraform has no word for.`),
	];
}

/** The provider of a place: `source` is that of the first bucket. */
function aliasesIn(setUp: SetUp): (place: ExportedPlace) => string {
	const [source, ...others] = placesIn(setUp);
	const names = new Map(
		[...(source ? [['source', source] as const] : []), ...numbered(others, 'destination')].map(
			([name, {accountId, region}]) => [`${accountId} ${region}`, name],
		),
	);
	return ({accountId, region}) => names.get(`${accountId} ${region}`) ?? 'source';
}

function resourcesIn({buckets, roles, keys}: SetUp): readonly Resource[] {
	const [source, ...destinations] = buckets;
	const named = [...(source ? [['source', source] as const] : []), ...numbered(destinations, 'destination')];
	const versioned = new Map(
		named.flatMap(([name, {bucket, versioning}]) =>
			versioning === 'Unversioned' ? [] : [[bucket, name] as const],
		),
	);
	const roleNames = new Map(numbered(roles, 'replication').map(([name, {arn}]) => [arn, name]));
	return [
		...named.flatMap(([name, bucket]) => bucketResources(name, bucket)),
		...numbered(roles, 'replication').flatMap(([name, role]) => roleResources(name, role)),
		...numbered(keys, 'replication').map(([name, {arn, policy, ...place}]): Resource => ({
			...{type: 'aws_kms_key_policy', name, place},
			id: arn.slice(arn.lastIndexOf('/') + 1),
			body: [
				['key_id', arn.slice(arn.lastIndexOf('/') + 1)],
				['policy', {json: policy}],
			],
		})),
		...named.flatMap(([name, bucket]) => replicationResources(name, bucket, {versioned, roleNames})),
	];
}

function bucketResources(name: string, bucket: ExportedBucket): readonly Resource[] {
	const {bucket: id, versioning, tags, policy} = bucket;
	const reference: Attribute = ['bucket', to(`aws_s3_bucket.${name}.bucket`)];
	const shared = {name, id, place: bucket};
	return [
		{...shared, type: 'aws_s3_bucket', body: [['bucket', id], ...tagsOf(tags)]},
		...(versioning === 'Unversioned'
			? []
			: [
					{
						...shared,
						type: 'aws_s3_bucket_versioning',
						body: [reference, {type: 'versioning_configuration', body: [['status', versioning] as const]}],
					},
				]),
		...(policy
			? [{...shared, type: 'aws_s3_bucket_policy', body: [reference, ['policy', {json: policy}] as const]}]
			: []),
	];
}

function roleResources(name: string, role: ExportedRole): readonly Resource[] {
	const {arn, description, trust, maxSessionSeconds, boundaryArn, tags, inline, attachedArns} = role;
	const roleName = roleNameOf(arn);
	const reference: Attribute = ['role', to(`aws_iam_role.${name}.name`)];
	return [
		{
			...{type: 'aws_iam_role', name, id: roleName, place: role},
			body: [
				['name', roleName],
				['path', rolePathOf(arn)],
				...(description === '' ? [] : [['description', description] as const]),
				...(maxSessionSeconds === undefined ? [] : [['max_session_duration', maxSessionSeconds] as const]),
				...(boundaryArn === undefined ? [] : [['permissions_boundary', boundaryArn] as const]),
				...tagsOf(tags),
				['assume_role_policy', {json: trust}],
			],
		},
		...numbered(inline, name).map(([policy, {name: policyName, document}]): Resource => ({
			...{type: 'aws_iam_role_policy', name: policy, id: `${roleName}:${policyName}`, place: role},
			body: [['name', policyName], reference, ['policy', {json: document}]],
		})),
		...numbered(attachedArns, name).map(([attachment, policyArn]): Resource => ({
			...{type: 'aws_iam_role_policy_attachment', name: attachment, place: role},
			id: `${roleName}/${policyArn}`,
			body: [reference, ['policy_arn', policyArn]],
		})),
	];
}

type Names = {
	/** What the resources of versioned buckets are called, by the bucket. */
	readonly versioned: ReadonlyMap<string, string>;
	/** The same of roles, by the ARN. */
	readonly roleNames: ReadonlyMap<string, string>;
};

/** The rules last: S3 refuses them while a bucket is not versioned. */
function replicationResources(
	name: string,
	bucket: ExportedBucket,
	{versioned, roleNames}: Names,
): readonly Resource[] {
	const {replication} = bucket;
	if (!replication) return [];
	const roleName = roleNames.get(replication.Role);
	const destinations = new Set(replication.Rules.map(destinationOf));
	const awaited = [bucket.bucket, ...destinations].flatMap((one) => versioned.get(one) ?? []);
	return [
		{
			...{type: 'aws_s3_bucket_replication_configuration', name, id: bucket.bucket, place: bucket},
			body: [
				['bucket', to(`aws_s3_bucket.${name}.bucket`)],
				['role', roleName === undefined ? replication.Role : to(`aws_iam_role.${roleName}.arn`)],
				['depends_on', to(`[${awaited.map((one) => `aws_s3_bucket_versioning.${one}`).join(', ')}]`)],
				...replication.Rules.map(ruleBlock),
			],
		},
	];
}

function tagsOf(tags: ExportedBucket['tags']): readonly Attribute[] {
	return tags.length === 0 ? [] : [['tags', Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]))]];
}
