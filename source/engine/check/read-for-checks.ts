import type {BucketReference} from '../../aws/ports.js';
import type {ReadingName, Readings} from '../../domain/checks/readings.js';
import type {PlanResult} from '../../domain/plan/make-plan.js';
import type {Side} from '../../domain/answers/mode.js';
import {problemFrom} from '../../domain/problem.js';
import type {ReplicationRequest} from '../../domain/answers/request.js';
import type {Connections} from '../connections.js';
import type {Observing} from '../observe/observe.js';
import {opened, type Settled, settled} from '../settled.js';
import {readPermissions} from './read-permissions.js';

/** Gives an answer by its name, reading it when it is first asked for. It rejects by the signal only. */
export type ReadForChecks = <Name extends ReadingName>(name: Name) => Promise<Readings[Name]>;

export type ReadOptions = {
	readonly request: ReplicationRequest;
	readonly connections: Connections;
	/** What is being read for the plan: nothing of it is asked twice. */
	readonly observing: Observing;
	readonly planned: Promise<PlanResult>;
	readonly signal?: AbortSignal;
};

type Readers = {readonly [Name in ReadingName]: () => Promise<unknown>};

/** Everything that checks look at: what the plan is made from, and the rest, read once and only where it is needed. */
export function readForChecks(options: ReadOptions): ReadForChecks {
	const {observing, planned} = options;
	const readers: Readers = {
		...readersOf('source', options, read),
		...readersOf('destination', options, read),
		replication: async () => (await opened(observing.buckets.source)).details.replication,
		role: async () => opened(observing.role),
		observed: async () => opened(observing.all),
		planned: async () => planned,
	};
	const answers = new Map<ReadingName, Promise<Settled<unknown>>>();
	return read;

	async function read<Name extends ReadingName>(name: Name): Promise<Readings[Name]> {
		const answer = answers.get(name) ?? settled(readers[name]());
		answers.set(name, answer);
		const result = await answer;
		if (result.ok) return {isRead: true, value: result.value} as Readings[Name];
		const problem = problemFrom(result.error);
		if (problem.kind === 'cancelled') throw result.error;
		return {isRead: false, problem} as Readings[Name];
	}
}

type SideReaders<S extends Side> = Pick<Readers, Extract<ReadingName, `${S}${string}`>>;

function readersOf<S extends Side>(
	side: S,
	{request, connections, observing, signal}: ReadOptions,
	read: ReadForChecks,
): SideReaders<S> {
	const connection = connections[side];
	const {buckets, settings, accounts, identity} = connection;
	const caller = async () => opened(observing.callers[side]);
	const reading = async () => opened(observing.buckets[side]);
	/** Asks about the bucket where it is; nothing where there is none. */
	const of =
		<T>(read: (reference: BucketReference, signal?: AbortSignal) => Promise<T>) =>
		async (): Promise<T | undefined> => {
			const {bucket} = await reading();
			if (bucket.state !== 'owned') return undefined;
			const {accountId} = await caller();
			return read({bucket: request[side].bucket, region: bucket.region, accountId}, signal);
		};

	/** The plan has read the source's: the role's permissions depend on it. */
	const lockOfSource = async () => {
		const {lock} = (await reading()).details;
		return lock && opened(Promise.resolve(lock));
	};

	/** Asked where it could matter only: it takes a permission that few have. */
	const accountPublicAccess = async () => {
		const isPublic: Readings[`${Side}IsPublic`] = await read(`${side}IsPublic`);
		return isPublic.isRead && isPublic.value ? of(accounts.getPublicAccessBlock)() : undefined;
	};

	// The plan has read the destination's across accounts.
	const hasPolicy = side === 'destination' && request.mode === 'cross-account';
	const named = {
		Caller: caller,
		SignIn: async () => connection.signInAdvice,
		Remarks: async () => connection.settingRemarks,
		Session: async () => identity.getSession(),
		async Clock() {
			await caller();
			return identity.clockAheadMs();
		},
		Bucket: async () => (await reading()).bucket,
		Policy: hasPolicy ? async () => (await reading()).details.policy : of(buckets.getPolicy),
		Lock: side === 'source' ? lockOfSource : of(settings.getObjectLock),
		Encryption: of(settings.getEncryption),
		Payer: of(settings.getRequestPayer),
		Ownership: of(settings.getOwnership),
		PublicAccess: of(settings.getPublicAccessBlock),
		IsPublic: of(settings.hasPublicPolicy),
		AccountPublicAccess: accountPublicAccess,
		Permissions: async () => readPermissions(side, request, connection, observing, signal),
	};
	return Object.fromEntries(
		Object.entries(named).map(([name, read]) => [`${side}${name}`, read]),
	) as SideReaders<S>;
}
