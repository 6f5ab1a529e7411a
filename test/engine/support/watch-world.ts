import {onTestFinished} from 'vitest';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import type {Connection, Objects} from '../../../source/aws/ports.js';
import {openAwsEnvironment} from '../../../source/commands/services/aws-environment.js';
import type {RunEvent, Stamped} from '../../../source/domain/event.js';
import type {WatchOptions} from '../../../source/engine/watch/watch-options.js';
import {watch} from '../../../source/engine/watch/watch.js';
import {
	createWatchControl,
	type WatchController,
} from '../../../source/session/actions/watch/watch-control.js';
import {createWatchStore, type WatchStore} from '../../../source/session/watch/watch-store.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {createVersioned, rolePolicy, setUpPair} from '../../sandbox/support/replicated-pair.js';
import type {SandboxOptions} from '../../../source/sandbox/start-sandbox.js';
import {noticed} from '../../support/noticed.js';
import {createTestClock, type TestClock} from '../../support/test-clock.js';

const accountId = '111122223333';

/** A source bucket that is replicated to some destinations, on a sandbox whose time is the test's. */
export type WatchWorld = {
	readonly clock: TestClock;
	readonly one: OpenSandbox;
	readonly source: string;
	readonly destinations: readonly string[];
	/** Runs a watch to its end and gives what it told and what became of it. */
	readonly run: (wanted?: WatchTarget) => Promise<WatchResult>;
	readonly close: () => Promise<void>;
};

export type WatchTarget = Partial<
	Pick<WatchOptions, 'changedAt' | 'isSetupNew' | 'others' | 'timeoutMs' | 'openObjects' | 'uploadNotes'>
> & {
	readonly files?: number;
	readonly ratePerSecond?: number;
	readonly sizeBytes?: number;
	readonly tags?: Readonly<Record<string, string>>;
	readonly folder?: string;
	readonly sentBefore?: number;
	/** How long it goes on by itself. */
	readonly followMs?: number;
	/** Which destinations can be looked at; all by default. */
	readonly sees?: (bucket: string) => boolean;
	/** Called with every event as it comes. */
	readonly onEvent?: (event: RunEvent, control: WatchController) => void;
	/** Stands between the watch and its requests. */
	readonly wrap?: (objects: Objects, bucket: string) => Objects;
	readonly renewCredentials?: () => void;
};

export type WatchResult = {
	readonly events: readonly Stamped<RunEvent>[];
	readonly store: WatchStore;
	/** What ended it, if it was not its own end. */
	readonly error: unknown;
	/** How many requests the sandbox had, by operation. */
	readonly requests: Readonly<Record<string, number>>;
};

type WorldOptions = SandboxOptions & {
	readonly destinationCount?: number;
	/** Leaves permissions out of the role. */
	readonly missing?: readonly string[];
	/** The number of a destination (1 is the second) that the role may not write to. */
	readonly deniedDestination?: number;
};

export async function openWatchWorld({
	destinationCount = 1,
	missing,
	deniedDestination,
	...options
}: WorldOptions = {}): Promise<WatchWorld> {
	const clock = createTestClock();
	// Signatures are judged by the real time; what waits, waits by the test's.
	const one = await openSandbox({...options, clock: {now: () => Date.now(), wait: clock.wait}});
	const {source, destination, roleArn, roleName} = await setUpPair(one, {missing});
	const destinations = [destination];
	for (let number = 1; number < destinationCount; number++) {
		const name = one.name('more');
		await createVersioned(one.s3('source', 'us-west-2'), name);
		destinations.push(name);
		if (number === deniedDestination) continue;
		await one.iam.send(
			new PutRolePolicyCommand({
				RoleName: roleName,
				PolicyName: name,
				PolicyDocument: rolePolicy(source, name),
			}),
		);
	}

	const Rules = destinations.map((bucket, index) => ruleTo(bucket, {ID: bucket, Priority: index + 1}));
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: roleArn, Rules},
		}),
	);
	const {endpointUrl, configFile, credentialsFile} = one.sandbox;
	const environment = await openAwsEnvironment({
		environment: {},
		endpointUrl,
		location: {configFile, credentialsFile},
		offersDefaultChain: false,
	});
	const connection = await environment.connect('source');

	return {
		clock,
		one,
		source,
		destinations,
		async run(wanted = {}) {
			const {files = 0, sizeBytes = 10, sees = () => true, onEvent, followMs, ratePerSecond} = wanted;
			const control = createWatchControl({
				filesWanted: () => files,
				staysOpen: () => false,
				followMs,
				ratePerSecond,
				clock,
			});
			const endOf = (bucket: string, region: string) => ({
				reference: {bucket, region, accountId},
				connection: {
					...connection,
					objects: noticed(wanted.wrap?.(connection.objects, bucket) ?? connection.objects, clock),
					renewCredentials: wanted.renewCredentials ?? connection.renewCredentials,
				} satisfies Connection,
			});
			const events: Stamped<RunEvent>[] = [];
			const store = createWatchStore();
			const before = one.sandbox.requests.length;
			const all = async (): Promise<void> => {
				const generator = watch({
					source: endOf(source, 'us-east-1'),
					destinations: destinations.map((bucket) => ({
						bucket,
						watched: sees(bucket) ? endOf(bucket, 'us-west-2') : undefined,
					})),
					testFiles: {
						folder: wanted.folder ?? 'test/',
						tags: wanted.tags ?? {},
						way: 0,
						sentBefore: wanted.sentBefore ?? 0,
						sizeBytes,
					},
					beforeFirstUpload: async () => undefined,
					uploadNotes: wanted.uploadNotes,
					openObjects: wanted.openObjects ?? [],
					control,
					isSetupNew: wanted.isSetupNew ?? false,
					changedAt: wanted.changedAt,
					others: wanted.others,
					timeoutMs: wanted.timeoutMs ?? 900_000,
					clock,
					signal: new AbortController().signal,
				});
				for await (const event of generator) {
					const stamped = {...event, at: clock.now()};
					events.push(stamped);
					store.fold(stamped);
					onEvent?.(event, control);
				}
			};

			const error: unknown = await clock.runUntil(
				all().then(
					() => undefined,
					(reason: unknown) => reason,
				),
			);
			const requests: Record<string, number> = {};
			for (const {operation} of one.sandbox.requests.slice(before))
				requests[operation] = (requests[operation] ?? 0) + 1;
			return {events, store, error, requests};
		},
		async close() {
			await one.close();
		},
	};
}

/** A world that is closed when the test has ended, whose objects take a while to be replicated. */
export async function watchWorldOf(options: WorldOptions = {}): Promise<WatchWorld> {
	const world = await openWatchWorld({replicationDelayMs: 1500, ...options});
	onTestFinished(world.close);
	return world;
}

/** How many events of a type there are. */
export const countOf = (events: readonly RunEvent[], wanted: RunEvent['type']): number =>
	events.filter(({type}) => type === wanted).length;
