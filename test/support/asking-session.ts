import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {openAwsEnvironment} from '../../source/commands/services/aws-environment.js';
import {createServices} from '../../source/commands/services/services.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import {startSandbox, type Sandbox} from '../../source/sandbox/start-sandbox.js';
import type {ExportStore, ReceiptStore} from '../../source/session/report/stores.js';
import {createSession, type Session} from '../../source/session/session.js';
import {fastClock} from './fast-clock.js';

export type AskingSessionOptions = {
	/** What flags have answered. */
	readonly answers?: Answers;
	/** The text of the shared config file; no profiles without it. */
	readonly config?: string;
	/** A sandbox that stands for AWS, with its profiles. */
	readonly aws?: Pick<Sandbox, 'configFile' | 'credentialsFile' | 'endpointUrl'>;
	/** Where runs are recorded; a folder of its own by default. */
	readonly stateDirectory?: string;
	/** Where exports go. */
	readonly exports?: ExportStore;
	/** Where receipts go. */
	readonly receipts?: ReceiptStore;
	/** Stands between the session and a connection. */
	readonly wrap?: (connection: Connection) => Connection;
};

/** A session at its first question, with the real services, on files of its own and nothing of this machine's. */
export async function askingSession({
	answers = {},
	config = '',
	aws,
	stateDirectory,
	exports,
	receipts,
	wrap = (connection) => connection,
}: AskingSessionOptions = {}): Promise<{readonly session: Session; readonly configFile: string}> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-test-'));
	const ownFiles = {
		configFile: path.join(folder, 'config'),
		credentialsFile: path.join(folder, 'credentials'),
	};
	await writeFile(ownFiles.configFile, config);
	const {configFile, credentialsFile} = aws ?? ownFiles;
	const endpointUrl = aws?.endpointUrl;
	const environment = {
		AWS_CONFIG_FILE: configFile,
		AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
		S3_REPLICATE_STATE_DIR: stateDirectory ?? path.join(folder, 'state'),
	};
	const services = createServices(environment, endpointUrl, {pace: aws ? {} : {replicationDelay: 60}});
	const session = createSession({
		command: 'wizard',
		answers,
		services: {
			...services,
			clock: fastClock(),
			...(exports ? {exports} : {}),
			...(receipts ? {receipts} : {}),
			async openEnvironment(kind, askPerson) {
				const opened =
					kind === 'sandbox'
						? await services.openEnvironment(kind, askPerson)
						: // The default chain would look into the tester's own environment.
							{
								kind,
								...(await openAwsEnvironment({
									environment,
									endpointUrl,
									offersDefaultChain: false,
									askPerson,
								})),
							};
				return {...opened, connect: async (profile) => wrap(await opened.connect(profile))};
			},
			newSuffix: () => 'abc123',
		},
	});
	onTestFinished(async () => {
		await session.close();
		await rm(folder, {recursive: true});
	});
	void session.start();
	return {session, configFile};
}

/** A sandbox that stands for AWS until the test ends: what is in it outlives a session. */
export async function openedSandbox(): Promise<Sandbox> {
	const sandbox = await startSandbox({replicationDelayMs: 60});
	onTestFinished(async () => sandbox.close());
	return sandbox;
}
