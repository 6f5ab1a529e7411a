import {type Clock} from './clock.js';
import {type Account, type ManagedPolicy, type Role} from './account.js';
import {awsManagedPolicies} from './aws-managed-policies.js';
import {type BatchJob} from './batch-job.js';
import {type BodyStore} from './body-store.js';
import {type Bucket} from './bucket.js';
import {type Credential} from './credential.js';
import {type Ids} from './ids.js';
import {type KmsAlias, type KmsKey} from './kms-key.js';
import {type MeasuredOperation} from './measured-operation.js';
import {type Partition} from './partition.js';
import {type Queue} from './queue.js';

/** All that exists in the sandbox. */
export type World = {
	readonly clock: Clock;
	readonly partition: Partition;
	readonly ids: Ids;
	readonly propagationDelayMs: number;
	readonly accounts: Map<string, Account>;
	readonly credentials: Map<string, Credential>;
	/** By name: bucket names are unique over all accounts and regions of a partition. */
	readonly buckets: Map<string, Bucket>;
	/** By ARN. */
	readonly kmsKeys: Map<string, KmsKey>;
	/** By ARN. */
	readonly kmsAliases: Map<string, KmsAlias>;
	/** By ARN. */
	readonly queues: Map<string, Queue>;
	/** When queues were deleted, by ARN. */
	readonly deletedQueues: Map<string, number>;
	/** Jobs of S3 Batch Operations by id, in the order in which they were made. */
	readonly batchJobs: Map<string, BatchJob>;
	/** The newest copies under rules with metrics. */
	readonly measuredOperations: MeasuredOperation[];
	readonly bodies: BodyStore;
	/** Counts writes, so that versions of one second keep their order. */
	nextSequence: () => number;
};

/** When a change made now is seen by others. */
export function seenFromMs(world: World): number {
	return world.clock.now() + world.propagationDelayMs;
}

/** The account of that id; it is opened if there is none. */
export function openAccount(world: World, accountId: string): Account {
	const existing = world.accounts.get(accountId);
	if (existing !== undefined) return existing;
	const account: Account = {
		accountId,
		canonicalUserId: world.ids.canonicalUserId(),
		users: new Map(),
		roles: new Map(),
		groups: new Map(),
		managedPolicies: new Map(),
		oidcProviders: new Map(),
		mfaDevices: new Map(),
		publicAccessBlock: undefined,
	};
	world.accounts.set(accountId, account);
	return account;
}

/** Finds a role by its complete ARN (the path is part of it), however fresh it is. */
export function findRoleByArn(world: World, arn: string): Role | undefined {
	const [, accountId, resource] = /^arn:[^:]+:iam::(\d{12}):(role\/.+)$/.exec(arn) ?? [];
	if (accountId === undefined || resource === undefined) return undefined;
	const roleName = resource.slice(resource.lastIndexOf('/') + 1);
	const role = world.accounts.get(accountId)?.roles.get(roleName.toLowerCase());
	return role?.arn === arn ? role : undefined;
}

/** Finds a managed policy by its complete ARN, AWS's own among them. */
export function findManagedPolicy(world: World, arn: string): ManagedPolicy | undefined {
	const [, owner, resource] = /^arn:[^:]+:iam::(\d{12}|aws):(policy\/.+)$/.exec(arn) ?? [];
	if (owner === undefined || resource === undefined) return undefined;
	if (owner === 'aws') return awsManagedPolicies(world).get(arn);
	const name = resource.slice(resource.lastIndexOf('/') + 1).toLowerCase();
	const policy = world.accounts.get(owner)?.managedPolicies.get(name);
	return policy?.arn === arn ? policy : undefined;
}
