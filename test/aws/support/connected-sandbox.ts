import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {connect} from '../../../source/aws/connect.js';
import type {BucketReference, Connection} from '../../../source/aws/ports.js';
import {readSharedConfig} from '../../../source/aws/transport/shared-config.js';
import {ProblemError} from '../../../source/domain/problem.js';
import {type Sandbox, type SandboxOptions, startSandbox} from '../../../source/sandbox/start-sandbox.js';

export const sourceAccountId = '111122223333';
export const destinationAccountId = '444455556666';

type Profile = Readonly<Record<string, string>>;

/** A sandbox and the program's own connections to it. */
export type ConnectedSandbox = {
	readonly sandbox: Sandbox;
	readonly source: Connection;
	readonly destination: Connection;
	/** A connection with a profile made of these settings, beside the sandbox's own profiles. */
	readonly withProfile: (
		name: string,
		settings: Profile,
		environment?: NodeJS.ProcessEnv,
	) => Promise<Connection>;
	/** The reference of a bucket of the source account, with a name that no other test of the file has. */
	readonly bucket: (hint: string, region?: string) => BucketReference;
	readonly close: () => Promise<void>;
};

export async function connectSandbox(sandboxOptions: SandboxOptions = {}): Promise<ConnectedSandbox> {
	const sandbox = await startSandbox({replicationDelayMs: 20, ...sandboxOptions});
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-profiles-'));
	const {endpointUrl, configFile, credentialsFile} = sandbox;
	const config = await readSharedConfig({configFile, credentialsFile});
	const options = {config, environment: {}, endpointUrl};
	let count = 0;
	return {
		sandbox,
		source: connect('source', options),
		destination: connect('destination', options),
		async withProfile(name, settings, environment = {}) {
			count += 1;
			const file = path.join(folder, `config-${count}`);
			const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
			await writeFile(file, [`[profile ${name}]`, ...lines, ''].join('\n'));
			return connect(name, {
				config: await readSharedConfig({configFile: file, credentialsFile}),
				environment,
				endpointUrl: settings['endpoint_url'] === undefined ? endpointUrl : undefined,
			});
		},
		bucket(hint, region = 'us-east-1') {
			count += 1;
			return {bucket: `${hint}-${count}`, region, accountId: sourceAccountId};
		},
		async close() {
			await sandbox.close();
			await rm(folder, {recursive: true});
		},
	};
}

/** Waits for a call to fail and gives its problem, with what AWS answered. */
export async function failureOf(call: Promise<unknown>): Promise<ProblemError> {
	const error: unknown = await call.then(
		() => {
			throw new Error('The call was expected to fail');
		},
		(reason: unknown) => reason,
	);
	if (!(error instanceof ProblemError)) throw error;
	return error;
}
