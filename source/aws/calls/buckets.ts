import type {
	BucketLocationConstraint,
	GetBucketNotificationConfigurationCommandOutput,
	GetBucketReplicationCommandOutput,
	PutBucketNotificationConfigurationCommandInput,
	PutBucketReplicationCommandInput,
	S3Client,
} from '@aws-sdk/client-s3';
import {answerOf, ProblemError} from '../../domain/problem.js';
import {bucketCaller, s3Caller} from './call-bucket.js';
import {absent, type ClientOf} from './call-service.js';
import {needed, neededText} from '../responses/needed.js';
import {textOf} from '../../policy/document-text.js';
import {policyIn} from '../responses/policy-in.js';
import type {BucketReference, Buckets, HeadBucketAnswer} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {UnexpectedAnswer} from '../responses/unexpected-answer.js';
import type {ReplicationConfiguration} from '../../domain/rule/replication-configuration.js';
import {
	type NotificationConfiguration,
	notificationEntries,
} from '../../domain/observed/notification-configuration.js';

/** Buckets and their settings, over S3. Every call to a bucket that exists names its expected owner. Source: S3 API Reference. */
export function bucketsPort(client: ClientOf<S3Client>, homeRegion: string, caller: () => Caller): Buckets {
	const s3 = s3Caller(client, caller);
	const call = bucketCaller(client, caller);
	return {
		async list(prefix, signal) {
			return s3.list(
				'ListBuckets',
				(marker) => ({Prefix: prefix, MaxBuckets: 1000, ContinuationToken: marker}),
				{region: homeRegion, signal},
				({Buckets: buckets, ContinuationToken: next}) => {
					// An account without buckets has an empty list. Source: S3 API Reference, ListBuckets.
					if (!buckets) throw new UnexpectedAnswer('The answer has no list of buckets.');
					const items = buckets.map(({Name: name, BucketRegion: region = homeRegion}) => ({
						name: neededText(name, 'Name of a bucket'),
						region,
					}));
					return {items, isTruncated: next !== undefined, next};
				},
			);
		},
		async head(reference, signal) {
			try {
				await call('HeadBucket', reference, {}, {signal});
				return {state: 'existing'};
			} catch (error) {
				return headAnswer(error, reference);
			}
		},
		async create({bucket, region}, {namespace, isLocked = false} = {}) {
			const input = {
				Bucket: bucket,
				...(namespace === undefined ? {} : {BucketNamespace: namespace}),
				...(isLocked ? {ObjectLockEnabledForBucket: true} : {}),
				// us-east-1 is the place without a name: naming it is an error. Source: S3 API Reference, CreateBucket.
				...(region === 'us-east-1'
					? {}
					: {CreateBucketConfiguration: {LocationConstraint: region as BucketLocationConstraint}}),
			};
			try {
				await s3.call('CreateBucket', input, {region, target: bucket});
				return {state: 'created'};
			} catch (error) {
				const answer = answerOf(error);
				if (answer?.code !== 'BucketAlreadyOwnedByYou') throw error;
				return {state: 'existing', isCertain: answer.attempts === 1};
			}
		},
		async getVersioning(reference, signal) {
			const answer = await call('GetBucketVersioning', reference, {}, {signal}).catch(absent('NoSuchBucket'));
			return answer && (answer.Status ?? 'Unversioned');
		},
		async enableVersioning(reference) {
			await call('PutBucketVersioning', reference, {VersioningConfiguration: {Status: 'Enabled'}});
		},
		async suspendVersioning(reference) {
			await call('PutBucketVersioning', reference, {VersioningConfiguration: {Status: 'Suspended'}});
		},
		async getReplication(reference, signal) {
			return call('GetBucketReplication', reference, {}, {signal}, replicationIn).catch(
				absent('NoSuchBucket', 'ReplicationConfigurationNotFoundError'),
			);
		},
		async putReplication(reference, configuration) {
			const input = {
				ReplicationConfiguration:
					configuration as unknown as PutBucketReplicationCommandInput['ReplicationConfiguration'],
			};
			await call('PutBucketReplication', reference, input, {resources: {'iam:PassRole': configuration.Role}});
		},
		async getPolicy(reference, signal) {
			return call('GetBucketPolicy', reference, {}, {signal}, ({Policy: policy}) =>
				policyIn(policy, 'policy'),
			).catch(absent('NoSuchBucket', 'NoSuchBucketPolicy'));
		},
		async putPolicy(reference, policy) {
			await call('PutBucketPolicy', reference, {Policy: textOf(policy)});
		},
		async deleteReplication(reference) {
			await call('DeleteBucketReplication', reference, {}).catch(
				absent('NoSuchBucket', 'ReplicationConfigurationNotFoundError'),
			);
		},
		async deletePolicy(reference) {
			await call('DeleteBucketPolicy', reference, {}).catch(absent('NoSuchBucket', 'NoSuchBucketPolicy'));
		},
		async getNotifications(reference, signal) {
			return call('GetBucketNotificationConfiguration', reference, {}, {signal}, notificationsIn).catch(
				absent('NoSuchBucket'),
			);
		},
		async putNotifications(reference, configuration) {
			await call('PutBucketNotificationConfiguration', reference, {
				NotificationConfiguration:
					configuration as PutBucketNotificationConfigurationCommandInput['NotificationConfiguration'],
			});
		},
		async delete(reference) {
			await call('DeleteBucket', reference, {}).catch(absent('NoSuchBucket'));
		},
	};
}

/** HEAD has no body to tell a reason, only a status and the region. Source: S3 API Reference, HeadBucket. */
function headAnswer(error: unknown, reference: BucketReference): HeadBucketAnswer {
	if (!(error instanceof ProblemError)) throw error;
	const region = error.answer?.bucketRegion;
	switch (error.answer?.httpStatus) {
		case 404: {
			return {state: 'absent'};
		}

		case 403: {
			return {state: 'forbidden'};
		}

		case 301:
		case 400: {
			if (region !== undefined && region !== reference.region) return {state: 'elsewhere', region};
			throw error;
		}

		default: {
			throw error;
		}
	}
}

/** The configuration that an answer holds, with what every one has. Source: S3 API Reference, ReplicationConfiguration and ReplicationRule. */
function replicationIn(answer: GetBucketReplicationCommandOutput): ReplicationConfiguration {
	const configuration = needed(answer.ReplicationConfiguration, 'ReplicationConfiguration');
	neededText(configuration.Role, 'Role');
	for (const rule of needed(configuration.Rules, 'Rule')) {
		neededText(rule.Status, 'Status of a rule');
		if (Number.isNaN(rule.Priority ?? 0))
			throw new UnexpectedAnswer('The Priority of a rule in the answer is no number.');
		neededText(rule.Destination?.Bucket, 'Bucket of a rule’s Destination');
		for (const tag of [rule.Filter?.Tag, ...(rule.Filter?.And?.Tags ?? [])])
			if (tag) neededText(tag.Key, 'Key of a rule’s tag');
	}

	return configuration as unknown as ReplicationConfiguration;
}

/** The configuration that an answer holds, with what every entry has. Source: S3 API Reference, NotificationConfiguration. */
function notificationsIn({
	$metadata: _metadata,
	...answer
}: GetBucketNotificationConfigurationCommandOutput): NotificationConfiguration {
	const configuration = Object.fromEntries(
		Object.entries(answer).filter(([, value]) => value !== undefined),
	) as NotificationConfiguration;
	for (const entry of notificationEntries(configuration)) {
		needed(entry.Events, 'Event of a notification');
		neededText(entry.QueueArn ?? entry.TopicArn ?? entry.LambdaFunctionArn, 'destination of a notification');
	}

	return configuration;
}
