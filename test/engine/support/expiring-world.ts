import {copyFile, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {ListObjectVersionsCommand} from '@aws-sdk/client-s3';
import {GetSessionTokenCommand} from '@aws-sdk/client-sts';
import type {RunEvent, Stamped} from '../../../source/domain/event.js';
import type {Session} from '../../../source/session/session.js';
import {openSandbox, type OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {setUpPair} from '../../sandbox/support/replicated-pair.js';
import {noticed} from '../../support/noticed.js';
import {temporaryFolder} from '../../support/program.js';
import {sandboxSession} from '../../support/sandbox-session.js';
import {createTestClock} from '../../support/test-clock.js';

export type Side = 'source' | 'destination';

/** The shortest that STS gives. Source: STS API Reference, GetSessionToken. */
const sessionSeconds = 900;
/** The sessions began so long ago, and end with so many uploads made: AWS's clock is then a little ahead, less than what is put right by anybody. */
const begunBeforeMs = 14 * 60_000;
const lastsUploads = 20;
const aheadThenMs = 120_000;

/** A watch across two accounts whose profiles hold temporary keys that expire while it goes on. */
export type ExpiringWorld = {
	readonly one: OpenSandbox;
	/** Watches so many files; `onEvent` is told what happens and may let a person write new keys into the file. */
	readonly follow: (
		fileCount: number,
		onEvent: (event: RunEvent, renew: () => void) => void,
	) => Promise<{
		readonly session: Session;
		readonly events: readonly Stamped<RunEvent>[];
		readonly ended: boolean;
	}>;
	/** Versions in each bucket, as their owners see them. */
	readonly versions: () => Promise<Readonly<Record<Side, readonly string[]>>>;
	readonly close: () => Promise<void>;
};

/** @param expiring the profiles that hold temporary keys; the other one's stay good */
export async function openExpiringWorld(expiring: readonly Side[]): Promise<ExpiringWorld> {
	const clock = createTestClock();
	let aheadMs = 0;
	let uploads = 0;
	const one = await openSandbox({
		replicationDelayMs: 1500,
		clock: {now: () => Date.now() + aheadMs, wait: clock.wait},
	});
	const {source, destination} = await setUpPair(one, {isCrossAccount: true});
	const folder = await temporaryFolder();
	const [configFile, credentialsFile] = [path.join(folder, 'config'), path.join(folder, 'credentials')];
	await copyFile(one.sandbox.configFile, configFile);
	await copyFile(one.sandbox.credentialsFile, credentialsFile);

	/** What `aws sso login` and its like do: new keys of the profile are in the file. */
	async function signIn(side: Side): Promise<void> {
		const {Credentials: keys} = await one
			.sts(side)
			.send(new GetSessionTokenCommand({DurationSeconds: sessionSeconds}));
		const text = await readFile(credentialsFile, 'utf8');
		const others = text.split(/(?=^\[)/m).filter((part) => !part.startsWith(`[${side}]`));
		const own = [
			`[${side}]`,
			`aws_access_key_id = ${keys?.AccessKeyId}`,
			`aws_secret_access_key = ${keys?.SecretAccessKey}`,
			`aws_session_token = ${keys?.SessionToken}`,
			'',
		];
		await writeFile(credentialsFile, [...others, own.join('\n')].join('\n'));
	}

	async function signInAll(): Promise<void> {
		for (const side of expiring) await signIn(side);
	}

	aheadMs = -begunBeforeMs;
	await signInAll();
	aheadMs = 0;
	return {
		one,
		async follow(fileCount, onEvent) {
			const session = sandboxSession(
				{endpointUrl: one.sandbox.endpointUrl, configFile, credentialsFile},
				{
					answers: {environment: 'aws', sourceProfile: 'source'},
					clock,
					timeoutMs: 900_000,
					wrap: (connection) => ({...connection, objects: noticed(connection.objects, clock)}),
				},
			);
			const events: Stamped<RunEvent>[] = [];
			const renew = (): void => {
				const end = clock.begin();
				void signInAll().finally(end);
			};
			session.onEvent((event) => {
				events.push(event);
				if (event.type === 'object-uploaded' && ++uploads === lastsUploads) aheadMs = aheadThenMs;
				onEvent(event, renew);
			});
			await session.openEnvironment('aws');
			const found = await session.findReplication(source, {sourceProfile: 'source'}, ['destination']);
			const wanted = {staysOpen: false, followsOthers: false, fileCount, fileSizeBytes: 10};
			const ended = await clock.runUntil(session.watch({...found, ...wanted}));
			return {session, events, ended};
		},
		async versions() {
			const [here, there] = await Promise.all([
				one.source.send(new ListObjectVersionsCommand({Bucket: source})),
				one.destination.send(new ListObjectVersionsCommand({Bucket: destination})),
			]);
			const idsOf = ({Versions = []}: typeof here) =>
				Versions.map(({Key, VersionId}) => `${Key} ${VersionId}`);
			return {source: idsOf(here), destination: idsOf(there)};
		},
		close: one.close,
	};
}
