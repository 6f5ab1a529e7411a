import {
	DeleteBucketReplicationCommand,
	DeleteObjectCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	type ReplicationRule,
	type ReplicationRuleFilter,
	type S3Client,
} from '@aws-sdk/client-s3';
import {type GatedClock} from './gated-clock.js';
import {type Step} from './random-step.js';
import {
	bucketOf,
	copyPending,
	type ModelRule,
	type ModelVersion,
	remove,
	type ReplicationModel,
	retag,
	write,
} from './replication-model.js';

export type Play = {
	readonly client: S3Client;
	readonly clock: GatedClock;
	readonly model: ReplicationModel;
	readonly roleArn: string;
};

/** Does a step at the sandbox, through the SDK, and in the model. */
export async function playStep({client, clock, model, roleArn}: Play, step: Step): Promise<void> {
	switch (step.does) {
		case 'put': {
			const {bucket, key, team} = step;
			const content = `write ${model.writes} of ${key}`;
			const {VersionId: versionId = ''} = await client.send(
				new PutObjectCommand({
					Bucket: bucket,
					Key: key,
					Body: content,
					...(team === undefined ? {} : {Tagging: `team=${team}`}),
				}),
			);
			write(model, bucket, {key, versionId, content, team});
			return;
		}
		case 'delete': {
			const {bucket, key} = step;
			const {VersionId: versionId = ''} = await client.send(
				new DeleteObjectCommand({Bucket: bucket, Key: key}),
			);
			write(model, bucket, {key, versionId, content: undefined, team: undefined});
			return;
		}
		case 'delete-version': {
			const {bucket, key, versionId} = step;
			await client.send(new DeleteObjectCommand({Bucket: bucket, Key: key, VersionId: versionId}));
			remove(model, bucket, versionOf(model, bucket, versionId));
			return;
		}
		case 'retag': {
			const {bucket, key, versionId, team} = step;
			const TagSet = team === undefined ? [] : [{Key: 'team', Value: team}];
			await client.send(
				new PutObjectTaggingCommand({Bucket: bucket, Key: key, VersionId: versionId, Tagging: {TagSet}}),
			);
			retag(model, bucket, versionOf(model, bucket, versionId), team);
			return;
		}
		case 'set-rules': {
			const {bucket, rules} = step;
			const Rules = rules.map(ruleOf);
			await (Rules.length === 0
				? client.send(new DeleteBucketReplicationCommand({Bucket: bucket}))
				: client.send(
						new PutBucketReplicationCommand({
							Bucket: bucket,
							ReplicationConfiguration: {Role: roleArn, Rules},
						}),
					));
			bucketOf(model, bucket).rules = rules;
			return;
		}
		case 'copy':
			await clock.letGo();
			copyPending(model);
	}
}

function versionOf(model: ReplicationModel, bucket: string, versionId: string): ModelVersion {
	const found = bucketOf(model, bucket).versions.find((version) => version.versionId === versionId);
	if (found === undefined) throw new Error(`The model has no version ${versionId} in ${bucket}`);
	return found;
}

function ruleOf(rule: ModelRule): ReplicationRule {
	const common = {
		ID: rule.id,
		Status: rule.isEnabled ? 'Enabled' : 'Disabled',
		Destination: {
			Bucket: `arn:aws:s3:::${rule.destination}`,
			...(rule.storageClass === undefined ? {} : {StorageClass: rule.storageClass}),
		},
	} as const;
	return rule.schema === 'V1'
		? {...common, Prefix: rule.prefix}
		: {
				...common,
				Priority: rule.priority,
				Filter: filterOf(rule),
				DeleteMarkerReplication: {Status: rule.copiesMarkers ? 'Enabled' : 'Disabled'},
			};
}

function filterOf({prefix, team}: ModelRule): ReplicationRuleFilter {
	if (team === undefined) return {Prefix: prefix};
	const tag = {Key: 'team', Value: team};
	return prefix === '' ? {Tag: tag} : {And: {Prefix: prefix, Tags: [tag]}};
}
