import {randomBytes} from 'node:crypto';
import type {SessionServices} from '../session/session-core.js';
import {findProfiles, openAwsEnvironment} from './aws-environment.js';
import {openSandboxEnvironment} from './sandbox-environment.js';
import {recordFiles} from './record-files.js';
import {reportFiles} from './report-files.js';
import {openSettledFile} from './settled-file.js';
import {stateDirectory} from './state-directory.js';
import {systemClock} from './system-clock.js';

/** What a session takes from outside, as the real program gives it. */
export function createServices(
	environment: NodeJS.ProcessEnv,
	endpointUrl: string | undefined,
): SessionServices {
	return {
		async openEnvironment(kind, askMfaCode) {
			if (kind === 'sandbox') return openSandboxEnvironment();
			const aws = {environment, endpointUrl, offersDefaultChain: true, askMfaCode};
			return {kind, ...(await openAwsEnvironment(aws))};
		},
		findProfiles: async () => findProfiles(environment),
		awsEndpointUrl:
			endpointUrl || environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || undefined,
		records: recordFiles(stateDirectory(environment, process.platform)),
		openSettledFile: () => openSettledFile(),
		reports: reportFiles,
		clock: systemClock,
		newRunId: () => runId(new Date(systemClock.now())),
		newSuffix: () => randomBytes(4).toString('hex').slice(0, 6),
	};
}

/** When the run began, in UTC, and a random part: sorts by time, and two runs never share one. */
function runId(now: Date): string {
	const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
	return `${time}-${randomBytes(2).toString('hex')}`;
}
