import type {
	BucketLocationConstraint,
	PutBucketNotificationConfigurationCommandInput,
	PutBucketReplicationCommandInput,
	S3Client,
} from '@aws-sdk/client-s3';
import {ProblemError} from '../../domain/problem.js';
import type {BucketSummary} from '../../domain/observed/observed.js';
import {allPages} from '../responses/all-pages.js';
import {absent, bucketCaller} from './call-bucket.js';
import {neededText} from '../responses/needed.js';
import {textOf} from '../../policy/document-text.js';
import {policyIn} from '../responses/policy-in.js';
import {notificationsIn} from '../responses/notifications-in.js';
import {replicationIn} from '../responses/replication-in.js';
import type {BucketReference, Buckets, HeadBucketAnswer} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {UnexpectedAnswer} from '../responses/unexpected-answer.js';

/** Buckets and their settings, over S3. Every call to a bucket that exists names its expected owner. Source: S3 API Reference. */
export function bucketsPort(
	client: (region: string) => Promise<S3Client>,
	homeRegion: string,
	caller: Caller,
): Buckets {
	const call = bucketCaller(client, caller);
	return {
		async list(prefix, signal) {
			try {
				const {ListBucketsCommand} = await import('@aws-sdk/client-s3');
				const s3 = await client(homeRegion);
				return await allPages<BucketSummary>(async (marker) => {
					const answer = await s3.send(
						new ListBucketsCommand({Prefix: prefix, MaxBuckets: 1000, ContinuationToken: marker}),
						{abortSignal: signal},
					);
					// An account without buckets has an empty list. Source: S3 API Reference, ListBuckets.
					if (!answer.Buckets) throw new UnexpectedAnswer('The answer has no list of buckets.');
					const items = answer.Buckets.map(({Name: name, BucketRegion: region = homeRegion}) => ({
						name: neededText(name, 'Name of a bucket'),
						region,
					}));
					return {items, isTruncated: answer.ContinuationToken !== undefined, next: answer.ContinuationToken};
				});
			} catch (error) {
				throw errorOf(error, {operation: 'ListBuckets', ...caller});
			}
		},
		async head(reference, signal) {
			try {
				await call('HeadBucket', reference, async (s3, {HeadBucketCommand}, named) =>
					s3.send(new HeadBucketCommand(named), {abortSignal: signal}),
				);
				return {state: 'existing'};
			} catch (error) {
				return headAnswer(error, reference);
			}
		},
		async create(reference, {namespace, isLocked = false} = {}) {
			try {
				await call('CreateBucket', reference, async (s3, {CreateBucketCommand}) =>
					s3.send(
						new CreateBucketCommand({
							Bucket: reference.bucket,
							...(namespace === undefined ? {} : {BucketNamespace: namespace}),
							...(isLocked ? {ObjectLockEnabledForBucket: true} : {}),
							// us-east-1 is the place without a name: naming it is an error. Source: S3 API Reference, CreateBucket.
							...(reference.region === 'us-east-1'
								? {}
								: {
										CreateBucketConfiguration: {
											LocationConstraint: reference.region as BucketLocationConstraint,
										},
									}),
						}),
					),
				);
				return {state: 'created'};
			} catch (error) {
				if (!(error instanceof ProblemError) || error.answer?.code !== 'BucketAlreadyOwnedByYou') throw error;
				return {state: 'existing', isCertain: error.answer.attempts === 1};
			}
		},
		async getVersioning(reference, signal) {
			const answer = await call(
				'GetBucketVersioning',
				reference,
				async (s3, {GetBucketVersioningCommand}, named) =>
					s3.send(new GetBucketVersioningCommand(named), {abortSignal: signal}),
			).catch(absent('NoSuchBucket'));
			return answer && (answer.Status ?? 'Unversioned');
		},
		async enableVersioning(reference) {
			await call('PutBucketVersioning', reference, async (s3, {PutBucketVersioningCommand}, named) =>
				s3.send(new PutBucketVersioningCommand({...named, VersioningConfiguration: {Status: 'Enabled'}})),
			);
		},
		async suspendVersioning(reference) {
			await call('PutBucketVersioning', reference, async (s3, {PutBucketVersioningCommand}, named) =>
				s3.send(new PutBucketVersioningCommand({...named, VersioningConfiguration: {Status: 'Suspended'}})),
			);
		},
		async getReplication(reference, signal) {
			return call('GetBucketReplication', reference, async (s3, {GetBucketReplicationCommand}, named) => {
				const answer = await s3.send(new GetBucketReplicationCommand(named), {abortSignal: signal});
				return replicationIn(answer);
			}).catch(absent('NoSuchBucket', 'ReplicationConfigurationNotFoundError'));
		},
		async putReplication(reference, configuration) {
			await call(
				'PutBucketReplication',
				reference,
				async (s3, {PutBucketReplicationCommand}, named) =>
					s3.send(
						new PutBucketReplicationCommand({
							...named,
							ReplicationConfiguration:
								configuration as unknown as PutBucketReplicationCommandInput['ReplicationConfiguration'],
						}),
					),
				undefined,
				{'iam:PassRole': configuration.Role},
			);
		},
		async getPolicy(reference, signal) {
			return call('GetBucketPolicy', reference, async (s3, {GetBucketPolicyCommand}, named) => {
				const answer = await s3.send(new GetBucketPolicyCommand(named), {abortSignal: signal});
				return policyIn(answer.Policy, 'policy');
			}).catch(absent('NoSuchBucket', 'NoSuchBucketPolicy'));
		},
		async putPolicy(reference, policy) {
			await call('PutBucketPolicy', reference, async (s3, {PutBucketPolicyCommand}, named) =>
				s3.send(new PutBucketPolicyCommand({...named, Policy: textOf(policy)})),
			);
		},
		async deleteReplication(reference) {
			await call('DeleteBucketReplication', reference, async (s3, {DeleteBucketReplicationCommand}, named) =>
				s3.send(new DeleteBucketReplicationCommand(named)),
			).catch(absent('NoSuchBucket', 'ReplicationConfigurationNotFoundError'));
		},
		async deletePolicy(reference) {
			await call('DeleteBucketPolicy', reference, async (s3, {DeleteBucketPolicyCommand}, named) =>
				s3.send(new DeleteBucketPolicyCommand(named)),
			).catch(absent('NoSuchBucket', 'NoSuchBucketPolicy'));
		},
		async getNotifications(reference, signal) {
			return call('GetBucketNotificationConfiguration', reference, async (s3, sdk, named) =>
				notificationsIn(
					await s3.send(new sdk.GetBucketNotificationConfigurationCommand(named), {abortSignal: signal}),
				),
			).catch(absent('NoSuchBucket'));
		},
		async putNotifications(reference, configuration) {
			await call('PutBucketNotificationConfiguration', reference, async (s3, sdk, named) =>
				s3.send(
					new sdk.PutBucketNotificationConfigurationCommand({
						...named,
						NotificationConfiguration:
							configuration as PutBucketNotificationConfigurationCommandInput['NotificationConfiguration'],
					}),
				),
			);
		},
		async delete(reference) {
			await call('DeleteBucket', reference, async (s3, {DeleteBucketCommand}, named) =>
				s3.send(new DeleteBucketCommand(named)),
			).catch(absent('NoSuchBucket'));
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
