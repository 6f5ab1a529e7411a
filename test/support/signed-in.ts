import {createHash, generateKeyPairSync} from 'node:crypto';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

const hour = 3_600_000;
export const loginSession = 'arn:aws:iam::111122223333:user/ana';

/** The cached token of each kind of sign-in, as the AWS CLI leaves it. Source: facts measured with the SDK 3.1169. */
export async function signedIn(expiresAt: string, now = Date.now()): Promise<string> {
	const home = await mkdtemp(path.join(tmpdir(), 's3-replicate-home-'));
	onTestFinished(async () => rm(home, {recursive: true}));
	const folders = {sso: path.join(home, '.aws/sso/cache'), login: path.join(home, '.aws/login/cache')};
	await Promise.all(Object.values(folders).map(async (folder) => mkdir(folder, {recursive: true})));
	const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
	const token = {
		...{accessToken: 'bearer-token', expiresAt, region: 'eu-west-1'},
		...{clientId: 'client', clientSecret: 'secret', refreshToken: 'refresh-token'},
		registrationExpiresAt: new Date(now + 24 * hour).toISOString(),
	};
	for (const name of ['work', 'https://example.awsapps.com/start'])
		await writeFile(path.join(folders.sso, `${hash('sha1', name)}.json`), JSON.stringify(token));
	const keys = {accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x', sessionToken: 'y'};
	await writeFile(path.join(home, loginFile), loginToken({...keys, expiresAt}));
	return home;
}

/** Where the AWS CLI leaves the token of `loginSession`, below the home. */
export const loginFile = `.aws/login/cache/${createHash('sha256').update(loginSession).digest('hex')}.json`;

/** The token of `aws login`: keys of a session, and what renews them. */
export function loginToken(keys: Readonly<Record<string, unknown>>): string {
	const dpopKey = generateKeyPairSync('ec', {namedCurve: 'P-256'})
		.privateKey.export({type: 'sec1', format: 'pem'})
		.toString();
	const accessToken = {...keys, accountId: '111122223333'};
	return JSON.stringify({accessToken, clientId: 'client', refreshToken: 'refresh-token', dpopKey});
}
