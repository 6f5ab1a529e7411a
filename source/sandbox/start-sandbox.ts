import {BatchJobs} from './batch/batch-jobs.js';
import {BoundedLog} from './bounded-log.js';
import {cloudWatchService} from './cloudwatch/cloudwatch-service.js';
import {systemClock} from './world/clock.js';
import {FaultPlan} from './faults/fault-plan.js';
import {serve, type SandboxServer} from './http/sandbox-server.js';
import {type RequestEntry} from './http/request-entry.js';
import {iamService} from './iam/iam-service.js';
import {removeAbandonedFolders} from './files/private-folder.js';
import {configText, credentialsText, profilesIn} from './files/profile-files.js';
import {RpcService} from './http/rpc-service.js';
import {kmsService} from './kms/kms-service.js';
import {makeReplicationDelay} from './replication/replication-delay.js';
import {type ReplicationEntry} from './replication/tell-copy.js';
import {Replicator} from './replication/replicator.js';
import {S3ControlService} from './s3control/s3-control-service.js';
import {S3Service} from './s3/s3-service.js';
import {type SandboxDirectory, writeSandboxDirectory} from './files/sandbox-directory.js';
import {type Sandbox, type SandboxOptions} from './sandbox-types.js';
import {sqsService} from './sqs/sqs-service.js';
import {stsService} from './sts/sts-service.js';
import {administratorPolicies} from './world/aws-managed-policies.js';
import {makeWorld} from './world/make-world.js';
import {findPartition} from './world/partition.js';
import {addExpiredSession, addUser} from './world/sessions.js';

export type {Clock} from './world/clock.js';
export type {Sandbox, SandboxOptions} from './sandbox-types.js';
export type {RequestEntry} from './http/request-entry.js';
export type {ReplicationEntry} from './replication/tell-copy.js';
export type {FaultRule} from './faults/fault-rule.js';
export {parseFaults, type ParsedFaults} from './parse-faults.js';
export {SandboxDirectoryError} from './files/sandbox-directory.js';

/** What a sandbox is like where nobody says otherwise. */
export const sandboxDefaults = {
	port: 0,
	partition: 'aws',
	latencyMs: 0,
	replicationDelayMs: 1500,
	propagationDelayMs: 0,
	seed: 1,
	/** Slow enough to watch some thousand objects go. */
	batchObjectsPerSecond: 250,
	batchReportColumns: 'as-sample',
	/** Room for what people try out, and no more than a small machine has left. */
	capBytes: 1024 * 1024 * 1024,
} as const satisfies SandboxOptions;

/**
 * Starts an AWS of its own on 127.0.0.1: S3, S3 Control, IAM, STS, KMS and SQS with two accounts, and replication between their buckets.
 * Throws SandboxDirectoryError where `directory` already holds a config or credentials file, and node's own error where
 * the port is taken. Nothing of it is left after `close`; what one that was killed has left, the next one removes.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const seed = options.seed ?? sandboxDefaults.seed;
	const partition = findPartition(options.partition ?? sandboxDefaults.partition);
	const profiles = profilesIn(partition.home);
	const world = makeWorld({
		clock: options.clock ?? systemClock,
		partition,
		seed,
		propagationDelayMs: options.propagationDelayMs ?? sandboxDefaults.propagationDelayMs,
		capBytes: options.capBytes ?? sandboxDefaults.capBytes,
	});
	const faults = new FaultPlan(seed, options.faults ?? []);
	const requests = new BoundedLog<RequestEntry>();
	const replications = new BoundedLog<ReplicationEntry>();
	const medianDelayMs = options.replicationDelayMs ?? sandboxDefaults.replicationDelayMs;
	const replicated = (entry: ReplicationEntry): void => {
		replications.add(entry);
		options.onReplication?.(entry);
	};
	const replicator = new Replicator(world, makeReplicationDelay(medianDelayMs, seed), faults, replicated);
	const addKey: Sandbox['addUser'] = ({accountId, userName, policy}) => {
		const policies = policy === undefined ? administratorPolicies : {policy};
		const texts = Object.entries(policies).map(
			([name, document]) => [name, JSON.stringify(document)] as const,
		);
		const {accessKeyId, secretAccessKey} = addUser(world, accountId, userName, new Map(texts));
		return {accessKeyId, secretAccessKey};
	};
	const keys = profiles.map(({name, accountId}) => [name, addKey({accountId, userName: 'admin'})] as const);
	const jobs = new BatchJobs(world, {
		nextDelayMs: makeReplicationDelay(medianDelayMs, seed),
		objectsPerSecond: options.batchObjectsPerSecond ?? sandboxDefaults.batchObjectsPerSecond,
		reportColumns: options.batchReportColumns ?? sandboxDefaults.batchReportColumns,
		replicated,
		written: (bucket, version) => {
			replicator.replicate(bucket, version);
		},
	});
	const server = await serve(
		world,
		{
			s3: new S3Service(
				world,
				(bucket, version) => {
					replicator.replicate(bucket, version);
				},
				(bucket, version, change) => {
					replicator.follow(bucket, version, change);
				},
			),
			s3control: new S3ControlService(world, jobs),
			iam: new RpcService(world, iamService),
			sts: new RpcService(world, stsService),
			kms: new RpcService(world, kmsService),
			sqs: new RpcService(world, sqsService),
			monitoring: new RpcService(world, cloudWatchService),
		},
		{
			port: options.port ?? sandboxDefaults.port,
			latencyMs: options.latencyMs ?? sandboxDefaults.latencyMs,
			faults,
			finished: (entry) => {
				requests.add(entry);
				options.onRequest?.(entry);
			},
		},
	);
	// Nobody waits for it, and what cannot be removed does no harm.
	const swept = removeAbandonedFolders().catch(() => undefined);
	const endpointUrl = `http://127.0.0.1:${server.port}`;
	const directory = await writeOrClose(server, options.directory, {
		config: configText(profiles, endpointUrl),
		credentials: credentialsText(keys),
	});
	return {
		endpointUrl,
		configFile: directory.configFile,
		credentialsFile: directory.credentialsFile,
		profiles,
		requests: requests.entries,
		replications: replications.entries,
		isReplicating: () => replicator.isReplicating,
		addUser: addKey,
		addExpiredSession: (accountId) => addExpiredSession(world, accountId),
		setFaults: (rules) => {
			faults.replace(rules);
		},
		close: async () => {
			jobs.close();
			replicator.close();
			await server.close();
			await world.bodies.close();
			await directory.remove();
			await swept;
		},
	};
}

async function writeOrClose(
	server: SandboxServer,
	directory: string | undefined,
	contents: {readonly config: string; readonly credentials: string},
): Promise<SandboxDirectory> {
	try {
		return await writeSandboxDirectory(directory, contents);
	} catch (error) {
		await server.close();
		throw error;
	}
}
