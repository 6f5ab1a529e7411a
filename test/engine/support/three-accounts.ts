import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
} from '@aws-sdk/client-s3';
import type {RunEvent, Stamped} from '../../../source/domain/event.js';
import type {Session} from '../../../source/session/session.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../../sandbox/support/open-sandbox.js';
import {
	createVersioned,
	destinationPolicy,
	rolePolicy,
	setUpPair,
} from '../../sandbox/support/replicated-pair.js';
import {noticed} from '../../support/noticed.js';
import {temporaryFolder} from '../../support/program.js';
import {sandboxSession} from '../../support/sandbox-session.js';
import {createTestClock} from '../../support/test-clock.js';

type AccountFiles = {readonly configFile: string; readonly credentialsFile: string};

/** A bucket of one account that is replicated to one in each of two others; the profiles are source, destination and third. */
export type ThreeAccounts = {
	/** The shared files with all three profiles. */
	readonly files: AccountFiles;
	readonly source: string;
	/** In the second account, and in the third. */
	readonly destinations: readonly [string, string];
	readonly keysIn: (bucket: string) => Promise<readonly string[]>;
};

/** @param isThirdOpen whether the third account's bucket lets the role write to it */
export async function setUpThreeAccounts(one: OpenSandbox, isThirdOpen = true): Promise<ThreeAccounts> {
	const key = one.sandbox.addUser({accountId: '777788889999', userName: 'admin'});
	const third = one.s3(key, 'eu-west-1');
	const {source, destination, roleArn, roleName} = await setUpPair(one, {isCrossAccount: true});
	const other = one.name('third');
	await createVersioned(third, other);
	await one.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: other,
			PolicyDocument: rolePolicy(source, other),
		}),
	);
	const Policy = destinationPolicy(roleArn, other);
	await third.send(
		new PutBucketPolicyCommand({
			Bucket: other,
			Policy: isThirdOpen ? Policy : Policy.replaceAll('"Allow"', '"Deny"'),
		}),
	);
	const Rules = [destination, other].map((bucket, index) =>
		ruleTo(bucket, {ID: bucket, Priority: index + 1}),
	);
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: roleArn, Rules},
		}),
	);
	const clients = new Map([
		[source, one.source],
		[destination, one.destination],
		[other, third],
	]);
	return {
		files: await profileFiles(one, key),
		source,
		destinations: [destination, other],
		async keysIn(Bucket) {
			const answer = await clients.get(Bucket)?.send(new ListObjectVersionsCommand({Bucket}));
			return (answer?.Versions ?? []).map(({Key = ''}) => Key);
		},
	};
}

export type FollowedRun = {
	readonly session: Session;
	readonly events: readonly Stamped<RunEvent>[];
	readonly found: Awaited<ReturnType<Session['findReplication']>>;
};

/** The same on a sandbox whose time is the test's. */
export type WatchedAccounts = ThreeAccounts & {
	/** A watch of so many files with profiles for the destinations, ended; it has not been cleaned up. */
	readonly follow: (destinationProfiles: readonly string[], files?: number) => Promise<FollowedRun>;
	readonly close: () => Promise<void>;
};

export async function openThreeAccounts(isThirdOpen?: boolean): Promise<WatchedAccounts> {
	const clock = createTestClock();
	const one = await openSandbox({
		replicationDelayMs: 1500,
		clock: {now: () => Date.now(), wait: clock.wait},
	});
	const accounts = await setUpThreeAccounts(one, isThirdOpen);
	const place = {...accounts.files, endpointUrl: one.sandbox.endpointUrl};
	return {
		...accounts,
		async follow(destinationProfiles, fileCount = 3) {
			const session = sandboxSession(place, {
				answers: {environment: 'aws', sourceProfile: 'source'},
				clock,
				timeoutMs: 60_000,
				findsProfiles: false,
				wrap: (connection) => ({
					...connection,
					objects: noticed(connection.objects, clock),
					settings: noticed(connection.settings, clock),
				}),
			});
			const events: Stamped<RunEvent>[] = [];
			session.onEvent((event) => events.push(event));
			await session.openEnvironment('aws');
			const found = await session.findReplication(
				accounts.source,
				{sourceProfile: 'source'},
				destinationProfiles,
			);
			const wanted = {staysOpen: false, followsOthers: false, fileCount, fileSizeBytes: 10};
			await clock.runUntil(session.watch({...found, ...wanted}));
			return {session, events, found};
		},
		close: one.close,
	};
}

/** The sandbox's shared files, and a profile of the third account. */
async function profileFiles(
	{sandbox}: OpenSandbox,
	key: {readonly accessKeyId: string; readonly secretAccessKey: string},
): Promise<AccountFiles> {
	const folder = await temporaryFolder();
	const [configFile, credentialsFile] = [path.join(folder, 'config'), path.join(folder, 'credentials')];
	const [config, credentials] = await Promise.all(
		[sandbox.configFile, sandbox.credentialsFile].map(async (file) => readFile(file, 'utf8')),
	);
	await writeFile(configFile, `${config}\n[profile third]\nregion = eu-west-1\n`);
	await writeFile(
		credentialsFile,
		`${credentials}\n[third]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
	);
	return {configFile, credentialsFile};
}
