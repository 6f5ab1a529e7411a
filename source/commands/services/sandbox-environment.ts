import type {NoteRequest} from '../../aws/transport/note-requests.js';
import type {Environment} from '../../engine/run/environment.js';
import {memoryRecords} from '../../engine/record/memory-records.js';
import {openAwsEnvironment} from './aws-environment.js';
import {type PaceArguments, sandboxPace} from './sandbox-pace.js';

/** A sandbox started for one run: the same code as on AWS, only the endpoint and the files differ. */
export async function openSandboxEnvironment(
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
