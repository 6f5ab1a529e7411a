// `npm run test:aws-cli`: scripts that are exported make the same in an empty sandbox, with the AWS CLI itself. `npm test` replays their
// calls through the SDK. Without an AWS CLI it fails, unless `--allow-missing` is given.
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {isDeepStrictEqual, promisify} from 'node:util';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {runHere} from '../support/run-here.js';
import {scriptRows} from './support/script-rows.js';

const run = promisify(execFile);
const version = await run('aws', ['--version']).then(
	({stdout}) => stdout.trim(),
	() => undefined,
);
let failed = 0;

/** Sets up a row in one sandbox, exports it, and has the script make it again in another. */
async function tryRow({name, place}: (typeof scriptRows)[number]): Promise<void> {
	const home = await mkdtemp(path.join(tmpdir(), 's3-replicate-script-'));
	const [full, empty] = await Promise.all([openSandbox(), openSandbox()]);
	try {
		const env = {
			AWS_ENDPOINT_URL: full.sandbox.endpointUrl,
			AWS_CONFIG_FILE: full.sandbox.configFile,
			AWS_SHARED_CREDENTIALS_FILE: full.sandbox.credentialsFile,
			S3_REPLICATE_STATE_DIR: path.join(home, 'state'),
		};
		const {bucket, image} = await place(full, env, home);
		await runHere(
			[
				...['export', '--source-bucket', bucket, '--source-profile', 'source', '--format', 'aws-cli'],
				...['--destination-profile', 'destination', '--directory', 'there'],
			],
			{env, home},
		);
		const script = path.join(home, 'there/replication.sh');
		// What is said of where calls go is the first sandbox's: the second has the same accounts at another port.
		const {sandbox} = empty;
		await run('sed', ['-i.bak', `s#${full.sandbox.endpointUrl}#${sandbox.endpointUrl}#g`, script]);
		const there = {AWS_CONFIG_FILE: sandbox.configFile, AWS_SHARED_CREDENTIALS_FILE: sandbox.credentialsFile};
		const again = async () => run('bash', [script], {env: {...process.env, ...there}});
		await again();
		// What exists is kept: it can be run again.
		await again();
		const isSame = isDeepStrictEqual(await image(empty), await image(full));
		if (!isSame) failed++;
		console.log(`${isSame ? '✓' : '✗'} ${name}`);
	} catch (error) {
		failed++;
		console.log(`✗ ${name}: ${String(error)}`);
	} finally {
		await Promise.all([full.close(), empty.close(), rm(home, {recursive: true})]);
	}
}

if (version === undefined) {
	failed = process.argv.includes('--allow-missing') ? 0 : 1;
	console.log('The AWS CLI is missing: no script was run (--allow-missing lets it be)');
} else {
	console.log(version);
	for (const row of scriptRows) await tryRow(row);
}

console.log(failed === 0 ? 'All is as it should be.' : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
