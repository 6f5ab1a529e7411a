import {randomBytes} from 'node:crypto';
import path from 'node:path';
import type {Clock} from '../../engine/clock.js';
import type {NoteRequest} from '../../aws/transport/note-requests.js';
import {recordedEndpoint} from '../../domain/endpoint/recorded-endpoint.js';
import {ProblemError} from '../../domain/problem.js';
import type {SessionServices} from '../../session/actions/core/session-core.js';
import {findProfiles, openAwsEnvironment} from './aws-environment.js';
import {type PaceArguments, paceOnAws, sandboxPace} from './sandbox-pace.js';
import {recordFiles} from '../files/record-files.js';
import {exportFiles} from '../files/export-files.js';
import {handOverFiles} from '../files/hand-over-files.js';
import {receiptFiles} from '../files/receipt-files.js';
import {localFiles} from '../files/local-files.js';
import {reportFiles} from '../files/report-files.js';
import {openSettledFile} from '../files/settled-file.js';
import {stateDirectory} from '../files/state-directory.js';
import {systemClock} from '../host/system-clock.js';
import type {Environment} from '../../engine/run/environment.js';
import {memoryRecords} from '../../engine/record/memory-records.js';

type ServiceOptions = {
	/** Where reports go, if not into the state directory. */
	readonly reportFile?: string;
	/** How quick the embedded sandbox is, and what goes wrong in it; refused on AWS. */
	readonly pace?: PaceArguments;
	/** Is told of each request. */
	readonly noteRequest?: NoteRequest;
	/** The real time by default. */
	readonly clock?: Clock;
};

/** What a session takes from outside, as the real program gives it. */
export function createServices(
	environment: NodeJS.ProcessEnv,
	endpointUrl: string | undefined,
	{reportFile, noteRequest, pace = {}, clock = systemClock}: ServiceOptions = {},
): SessionServices {
	const directory = stateDirectory(environment, process.platform);
	return {
		async openEnvironment(kind, askPerson) {
			if (kind === 'sandbox') return openSandboxEnvironment(noteRequest, pace);
			const misplaced = paceOnAws(pace);
			if (misplaced) throw new ProblemError(misplaced);
			const aws = {environment, endpointUrl, offersDefaultChain: true, askPerson, noteRequest};
			return {kind, ...(await openAwsEnvironment(aws))};
		},
		findProfiles: async () => findProfiles(environment, endpointUrl),
		// One with a name and password is refused when it is used; until then it is shown without them.
		awsEndpointUrl:
			recordedEndpoint(
				endpointUrl || environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || null,
			) ?? undefined,
		records: recordFiles(directory),
		openSettledFile: () => openSettledFile(),
		reports: reportFiles(path.join(directory, 'reports'), reportFile),
		exports: exportFiles(),
		receipts: receiptFiles(),
		handOvers: handOverFiles(directory, arrivalFolders(environment)),
		localFiles: localFiles(environment.HOME ?? environment.USERPROFILE),
		clock,
		newRunId: () => runId(new Date(clock.now())),
		newSuffix: () => randomBytes(4).toString('hex').slice(0, 6),
	};
}

/** Where a file that somebody sends arrives: the folder that the program was started in, and the one of downloads. */
export function arrivalFolders({HOME, USERPROFILE}: NodeJS.ProcessEnv): readonly string[] {
	const home = HOME ?? USERPROFILE;
	return ['.', ...(home === undefined ? [] : [path.join(home, 'Downloads')])];
}

/** When the run began, in UTC, and a random part: sorts by time, and two runs never share one. */
function runId(now: Date): string {
	const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
	return `${time}-${randomBytes(2).toString('hex')}`;
}

/** A sandbox started for one run: the same code as on AWS, only the endpoint and the files differ. */
async function openSandboxEnvironment(
	noteRequest?: NoteRequest,
	pace: PaceArguments = {},
): Promise<Environment> {
	const {startSandbox} = await import('../../sandbox/start-sandbox.js');
	const sandbox = await startSandbox(await sandboxPace(pace));
	const {endpointUrl, configFile, credentialsFile} = sandbox;
	// Nothing of the person's own environment reaches into it.
	const aws = await openAwsEnvironment({
		environment: {},
		endpointUrl,
		location: {configFile, credentialsFile},
		offersDefaultChain: false,
		noteRequest,
	});
	return {
		...aws,
		kind: 'sandbox',
		endpointUrl,
		sandboxFiles: {configFile, credentialsFile},
		records: memoryRecords(),
		async profiles() {
			const found = await aws.profiles();
			// The source comes first: it is what Enter accepts.
			return [...found].sort((left, right) => (left.name < right.name ? 1 : -1));
		},
		async close() {
			await aws.close();
			await sandbox.close();
		},
	};
}
