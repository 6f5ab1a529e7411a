import {CreateAliasCommand, DisableKeyCommand, type KMSClient} from '@aws-sdk/client-kms';
import {CreateBucketCommand, PutBucketEncryptionCommand, type S3Client} from '@aws-sdk/client-s3';
import {onTestFinished} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';

/** What a wizard has answered before the options, in `encryptedWorld`. */
export const encryptedAnswers: Answers = {
	environment: 'aws',
	mode: 'cross-region',
	sourceProfile: 'source',
	sourceBucket: 'home',
	sourceRegion: 'us-east-1',
	destinationBucket: 'away',
	destinationRegion: 'us-west-2',
};

/** Two buckets that encrypt with SSE-KMS by default, each with a key that can be used, `alias/in-BUCKET`, and one that cannot, `alias/off-BUCKET`. */
export async function encryptedWorld(): Promise<OpenSandbox> {
	const one = await openSandbox();
	onTestFinished(async () => one.close());
	await encrypted(one.s3('source', 'us-east-1'), one.kms('source', 'us-east-1'), 'home', {});
	await encrypted(one.s3('source', 'us-west-2'), one.kms('source', 'us-west-2'), 'away', {
		CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
	});
	return one;
}

async function encrypted(s3: S3Client, kms: KMSClient, Bucket: string, where: object): Promise<void> {
	const key = await createKey(kms);
	const off = await createKey(kms);
	await kms.send(new CreateAliasCommand({AliasName: `alias/in-${Bucket}`, TargetKeyId: key}));
	await kms.send(new CreateAliasCommand({AliasName: `alias/off-${Bucket}`, TargetKeyId: off}));
	await kms.send(new DisableKeyCommand({KeyId: off}));
	await s3.send(new CreateBucketCommand({Bucket, ...where}));
	await s3.send(
		new PutBucketEncryptionCommand({
			Bucket,
			ServerSideEncryptionConfiguration: {
				Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key}}],
			},
		}),
	);
}
