import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {startSandbox} from '../../source/sandbox/start-sandbox.js';
import {temporaryFolder} from '../support/program.js';
import {runHere} from '../support/run-here.js';
import {tutorialArgs} from '../support/tutorial-args.js';

/** Files with a profile that has no keys, and the keys of another account in the environment. */
async function world() {
	const sandbox = await startSandbox();
	onTestFinished(async () => sandbox.close());
	const home = await temporaryFolder();
	const files = {config: path.join(home, 'config'), credentials: path.join(home, 'credentials')};
	const named = ['source', 'destination', 'bare'].map(
		(name) => `[profile ${name}]\nendpoint_url = ${sandbox.endpointUrl}\n`,
	);
	await writeFile(files.config, named.join(''));
	const credentials = await readFile(sandbox.credentialsFile, 'utf8');
	await writeFile(files.credentials, credentials);
	const ofDestination = credentials.slice(credentials.indexOf('[destination]'));
	const value = (key: string) => new RegExp(`${key} ?= ?(\\S+)`).exec(ofDestination)?.[1] ?? '';
	return {
		home,
		env: {
			...{HOME: home, S3_REPLICATE_STATE_DIR: path.join(home, 'state'), AWS_EC2_METADATA_DISABLED: 'true'},
			...{AWS_CONFIG_FILE: files.config, AWS_SHARED_CREDENTIALS_FILE: files.credentials},
			...{
				AWS_ACCESS_KEY_ID: value('aws_access_key_id'),
				AWS_SECRET_ACCESS_KEY: value('aws_secret_access_key'),
			},
		},
	};
}

const args = tutorialArgs('cross-region').filter((_word, index, all) => {
	const isProfile = (word: string | undefined) => word?.endsWith('-profile') ?? false;
	return !isProfile(all[index]) && !isProfile(all[index - 1]);
});

test.each([
	[{AWS_PROFILE: 'source'}, '111122223333', /Profile source counts, not the environment's keys/],
	[{AWS_PROFILE: 'bare'}, '444455556666', /Profile bare has no credentials: the environment's keys count/],
	[
		{AWS_PROFILE: 'source', AWS_USE_FIPS_ENDPOINT: '1'},
		'111122223333',
		/AWS_USE_FIPS_ENDPOINT “1” counts as false/,
	],
])('plan with keys and %j says which account that means: %s', async (more, account, words) => {
	const {home, env} = await world();
	const planned = await runHere(['plan', ...args], {env: {...env, ...more}, home});
	expect(planned.stdout + planned.stderr).toMatch(words);
	expect(planned.stdout).toContain(`of account ${account}.`);
	expect(planned.exitCode).toBe(0);
});
