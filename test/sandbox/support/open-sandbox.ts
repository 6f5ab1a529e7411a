import {type ReplicationRule, S3Client} from '@aws-sdk/client-s3';
import {IAMClient} from '@aws-sdk/client-iam';
import {KMSClient} from '@aws-sdk/client-kms';
import {CloudWatchClient} from '@aws-sdk/client-cloudwatch';
import {S3ControlClient} from '@aws-sdk/client-s3-control';
import {SQSClient} from '@aws-sdk/client-sqs';
import {STSClient} from '@aws-sdk/client-sts';
import {fromIni} from '@aws-sdk/credential-provider-ini';
import {callLoopbackAsItIs} from '../../../source/aws/transport/endpoints.js';
import {type Sandbox, type SandboxOptions, startSandbox} from '../../../source/sandbox/start-sandbox.js';

export type Credentials = {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
};

/** A running sandbox with the real SDK's clients, as a test wants them. */
export type OpenSandbox = {
	readonly sandbox: Sandbox;
	/** The source profile in us-east-1, the destination profile in us-west-2. */
	readonly source: S3Client;
	readonly destination: S3Client;
	readonly iam: IAMClient;
	readonly s3: (who: 'source' | 'destination' | Credentials, region: string) => S3Client;
	readonly iamOf: (who: 'source' | 'destination' | Credentials, region?: string) => IAMClient;
	readonly kms: (who: 'source' | 'destination' | Credentials, region: string) => KMSClient;
	readonly sqs: (who: 'source' | 'destination' | Credentials, region: string) => SQSClient;
	readonly s3Control: (who: 'source' | 'destination' | Credentials, region: string) => S3ControlClient;
	readonly cloudWatch: (who: 'source' | 'destination' | Credentials, region: string) => CloudWatchClient;
	readonly sts: (who: 'source' | 'destination' | Credentials, region?: string) => STSClient;
	/** A bucket name that no other test of the file has. */
	readonly name: (hint: string) => string;
	readonly close: () => Promise<void>;
};

export const sourceAccountId = '111122223333';
export const destinationAccountId = '444455556666';

export async function openSandbox(options: SandboxOptions = {}): Promise<OpenSandbox> {
	const sandbox = await startSandbox({replicationDelayMs: 20, ...options});
	const clients: {destroy: () => void}[] = [];
	const keep = <C extends {destroy: () => void}>(client: C): C => {
		clients.push(client);
		return client;
	};
	const configFor = (who: 'source' | 'destination' | Credentials, region: string) => ({
		region,
		endpoint: sandbox.endpointUrl,
		maxAttempts: 1,
		credentials:
			typeof who === 'string'
				? fromIni({
						profile: who,
						configFilepath: sandbox.configFile,
						filepath: sandbox.credentialsFile,
						ignoreCache: true,
					})
				: who,
	});
	const s3: OpenSandbox['s3'] = (who, region) => keep(new S3Client(configFor(who, region)));
	const iamOf: OpenSandbox['iamOf'] = (who, region = 'us-east-1') =>
		keep(new IAMClient(configFor(who, region)));
	let count = 0;
	return {
		sandbox,
		source: s3('source', 'us-east-1'),
		destination: s3('destination', 'us-west-2'),
		iam: iamOf('source'),
		s3,
		iamOf,
		kms: (who, region) => keep(new KMSClient(configFor(who, region))),
		sqs: (who, region) => keep(new SQSClient(configFor(who, region))),
		s3Control: (who, region) =>
			keep(callLoopbackAsItIs(new S3ControlClient(configFor(who, region)), sandbox.endpointUrl)),
		cloudWatch: (who, region) => keep(new CloudWatchClient(configFor(who, region))),
		sts: (who, region = 'us-east-1') => keep(new STSClient(configFor(who, region))),
		name: (hint) => {
			count += 1;
			return `${hint}-${count}`;
		},
		close: async () => {
			for (const client of clients) client.destroy();
			await sandbox.close();
		},
	};
}

/** What a client sees of an error. */
export type SeenError = {
	readonly code: string;
	readonly message: string;
	readonly status: number | undefined;
	readonly fields: Readonly<Record<string, unknown>>;
};

/** Waits for a call to fail and gives what its caller sees. */
export async function errorOf(call: Promise<unknown>): Promise<SeenError> {
	const error: unknown = await call.then(
		() => {
			throw new Error('The call was expected to fail');
		},
		(reason: unknown) => reason,
	);
	const seen = error as Error & {Code?: string; $metadata?: {httpStatusCode?: number}};
	return {
		code: seen.Code ?? seen.name,
		message: seen.message,
		status: seen.$metadata?.httpStatusCode,
		fields: seen as unknown as Readonly<Record<string, unknown>>,
	};
}

/** The rule that the console makes, to a bucket, with changes. */
export function ruleTo(bucket: string, changes: Partial<ReplicationRule> = {}): ReplicationRule {
	return {
		ID: 'rule',
		Status: 'Enabled',
		Priority: 1,
		Filter: {},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {Bucket: `arn:aws:s3:::${bucket}`},
		...changes,
	};
}
