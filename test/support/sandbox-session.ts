import type {TransportOptions} from '../../source/aws/connect.js';
import type {Connection} from '../../source/aws/ports.js';
import {openAwsEnvironment} from '../../source/commands/services/aws-environment.js';
import {fastClock} from './fast-clock.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Command} from '../../source/domain/event.js';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import type {Clock} from '../../source/engine/clock.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {Sandbox} from '../../source/sandbox/start-sandbox.js';
import {createSession, type Session} from '../../source/session/session.js';
import {hangsAfterMs} from './until.js';

/** The answers of a tutorial, on a sandbox that somebody else started. */
export function tutorialAnswers(mode: Mode): Answers {
	return {
		environment: 'aws',
		mode,
		sourceProfile: 'source',
		...(mode === 'cross-account' ? {destinationProfile: 'destination'} : {}),
		...tutorialNames(mode),
	};
}

export type SandboxSessionOptions = {
	readonly answers: Answers;
	readonly command?: Command;
	readonly timeoutMs?: number;
	/** A fast one by default, each session its own: what compares the times of two runs, or waits for a pause to be seen, takes the real one. */
	readonly clock?: Clock;
	/** Where the run is recorded; nowhere by default. */
	readonly records?: RecordStore;
	/** Where the connections come from; opened anew by default. */
	readonly environment?: OpenedAws;
	/** Whether profiles that nobody names may be found; by default they are. */
	readonly findsProfiles?: boolean;
	/** Stands between the session and a connection. */
	readonly wrap?: (connection: Connection, profile: string) => Connection;
};

export type OpenedAws = Awaited<ReturnType<typeof openAwsEnvironment>>;

type Place = Pick<Sandbox, 'endpointUrl' | 'configFile' | 'credentialsFile'>;

/** The program's own way to a sandbox: with its profiles and nothing of this machine's. */
export async function openSandboxAws(
	{endpointUrl, configFile, credentialsFile}: Place,
	transportOptions?: TransportOptions,
): Promise<OpenedAws> {
	return openAwsEnvironment({
		environment: {},
		endpointUrl,
		location: {configFile, credentialsFile},
		offersDefaultChain: false,
		transportOptions,
	});
}

let runs = 0;

/** A session whose AWS is a sandbox: the same code as in the program, with its own profiles and nothing of this machine's. */
export function sandboxSession(
	sandbox: Place,
	{
		answers,
		command = 'apply',
		timeoutMs = hangsAfterMs,
		clock = fastClock(),
		records,
		environment,
		findsProfiles = true,
		wrap = (connection) => connection,
	}: SandboxSessionOptions,
): Session {
	return createSession({
		command,
		answers,
		timeoutMs,
		services: {
			async openEnvironment(kind) {
				const opened = environment ?? (await openSandboxAws(sandbox));
				const connections = new Map<string, Connection>();
				return {
					...opened,
					kind,
					profiles: findsProfiles ? opened.profiles : async () => [],
					// What was opened elsewhere is ended there.
					close: environment ? async () => undefined : opened.close,
					async connect(profile) {
						const connection = connections.get(profile) ?? wrap(await opened.connect(profile), profile);
						connections.set(profile, connection);
						return connection;
					},
				};
			},
			findProfiles: async () => [],
			records,
			clock,
			newRunId: () => `test-${++runs}`,
			newSuffix: () => 'abc123',
		},
	});
}
