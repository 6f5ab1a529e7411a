import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {tmpdir} from 'node:os';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {cli} from '../support/program.js';

export const source = 'bench-watch-source';
export const destination = 'bench-watch-destination';

export type Served = {
	readonly env: Readonly<Record<string, string>>;
	/** Requests to S3 that were served so far, by their operation. */
	readonly requests: ReadonlyMap<string, number>;
	readonly close: () => Promise<void>;
};

/** The built sandbox, with a replicated pair of buckets. Its log tells the requests. */
export async function serve(): Promise<Served> {
	const child = spawn(process.execPath, [cli, 'sandbox', '--json'], {stdio: ['ignore', 'pipe', 'pipe']});
	const requests = new Map<string, number>();
	createInterface({input: child.stderr}).on('line', (line) => {
		const operation =
			/\b(PutObject|HeadObject|ListObjectVersions|GetObjectAttributes|ListObjectsV2|GetBucketReplication)\b/.exec(
				line,
			)?.[1];
		if (operation !== undefined) requests.set(operation, (requests.get(operation) ?? 0) + 1);
	});
	const started = await new Promise<{endpointUrl: string; configFile: string; credentialsFile: string}>(
		(resolve, reject) => {
			child.once('exit', () => reject(new Error(`${cli} ended: build it first`)));
			createInterface({input: child.stdout}).on('line', (line) => {
				const event = JSON.parse(line) as {
					type: string;
					endpointUrl: string;
					configFile: string;
					credentialsFile: string;
				};
				if (event.type === 'sandbox-started') resolve(event);
			});
		},
	);
	const env = {
		PATH: process.env['PATH'] ?? '',
		HOME: tmpdir(),
		AWS_ENDPOINT_URL: started.endpointUrl,
		AWS_CONFIG_FILE: started.configFile,
		AWS_SHARED_CREDENTIALS_FILE: started.credentialsFile,
		AWS_EC2_METADATA_DISABLED: 'true',
		AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
	};
	const setUp = [
		...['apply', '--yes', '--json', '--files', '0', '--mode', 'cross-region', '--source-profile', 'source'],
		...['--source-bucket', source, '--source-region', 'us-east-1'],
		...['--destination-bucket', destination, '--destination-region', 'us-west-2'],
	];
	const applied = spawnSync(process.execPath, [cli, ...setUp], {env, encoding: 'utf8'});
	if (applied.status !== 0) throw new Error(`The bench's buckets were not set up: ${applied.stdout}`);
	return {
		env,
		requests,
		close: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGINT');
			await ended;
		},
	};
}
