import {type ManagedPolicy} from './account.js';
import {type Partition, type PartitionId, partitionIds} from './partition.js';
import {Propagating} from './propagating.js';

const allow = (Action: string | readonly string[]): object => ({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action, Resource: '*'}],
});

/** The policy of who may do everything, by its name. */
export const administratorPolicies = {AdministratorAccess: allow('*')};

/** Those of AWS's own policies that speak of what the sandbox does (AWS Managed Policy Reference). */
const documents: Readonly<Record<string, object>> = {
	...administratorPolicies,
	AWSDenyAll: {
		Version: '2012-10-17',
		Statement: [{Sid: 'DenyAll', Effect: 'Deny', Action: ['*'], Resource: '*'}],
	},
	AmazonS3FullAccess: allow(['s3:*', 's3-object-lambda:*']),
	AmazonS3ReadOnlyAccess: allow([
		's3:Get*',
		's3:List*',
		's3:Describe*',
		's3-object-lambda:Get*',
		's3-object-lambda:List*',
	]),
	IAMFullAccess: allow('iam:*'),
	IAMReadOnlyAccess: allow(['iam:GenerateCredentialReport', 'iam:Get*', 'iam:List*', 'iam:Simulate*']),
};

const policiesIn = (partition: PartitionId): ReadonlyMap<string, ManagedPolicy> =>
	new Map(
		Object.entries(documents).map(([policyName, document]) => {
			const arn = `arn:${partition}:iam::aws:policy/${policyName}`;
			const text = JSON.stringify(document);
			return [
				arn,
				{
					policyName,
					policyId: `ANPA${Buffer.from(policyName).toString('hex').toUpperCase().slice(0, 17)}`,
					path: '/',
					arn,
					description: undefined,
					createdMs: Date.UTC(2015, 1, 6),
					tags: [],
					versions: [{versionId: 'v1', text, createdMs: Date.UTC(2015, 1, 6)}],
					defaultVersionId: 'v1',
					nextVersion: 2,
					document: new Propagating(text),
				},
			];
		}),
	);

const byPartition = new Map<PartitionId, ReadonlyMap<string, ManagedPolicy>>(
	partitionIds.map((id) => [id, policiesIn(id)]),
);

/** AWS's own policies as the partition has them, by ARN. */
export function awsManagedPolicies({
	partition,
}: {
	readonly partition: Partition;
}): ReadonlyMap<string, ManagedPolicy> {
	return byPartition.get(partition.id)!;
}
