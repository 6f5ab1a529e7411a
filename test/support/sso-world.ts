import {createHash} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {AttachRolePolicyCommand, CreateRoleCommand} from '@aws-sdk/client-iam';
import {AssumeRoleCommand} from '@aws-sdk/client-sts';
import {onTestFinished} from 'vitest';
import {openSandbox, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {awsInPlace, connectProxy, tlsFile} from './connect-proxy.js';
import {loginFile, loginSession, loginToken} from './signed-in.js';
import {emptyEnvironment, temporaryFolder} from './program.js';

/** A home with SSO profiles that nobody has signed in for, and all that a sign-in takes. */
export type SsoWorld = {
	readonly home: string;
	readonly env: Readonly<Record<string, string>>;
	/** What the portal was asked: the token that came. */
	readonly tokens: readonly string[];
	/** What the portal gave: keys and session tokens. */
	readonly session: readonly string[];
	/** What `aws` was run with, an element a call. */
	readonly calls: () => Promise<readonly string[]>;
	/** Where the file of the session's token is. */
	readonly tokenFile: string;
	/** Whether a good token is written, by `aws` or by hand. */
	readonly signIn: (leftMs?: number) => Promise<void>;
};

/**
 * A sandbox for S3, IAM and STS; a stand-in for SSO's portal behind a proxy, which gives the session of a role of the sandbox for the
 * token that a stand-in for the AWS CLI writes. `hasLogin`: one more profile, `gamma`, signs in with `aws login`.
 * Source: IAM Identity Center Portal API Reference, GetRoleCredentials; the token's file as the AWS CLI 2 leaves it.
 */
export async function ssoWorld({hasLogin = false} = {}): Promise<SsoWorld> {
	const open = await openSandbox();
	onTestFinished(async () => open.close());
	const iam = open.iamOf('source');
	const trust = {
		Version: '2012-10-17',
		Statement: [{Effect: 'Allow', Principal: {AWS: sourceAccountId}, Action: 'sts:AssumeRole'}],
	};
	await iam.send(new CreateRoleCommand({RoleName: 'sso', AssumeRolePolicyDocument: JSON.stringify(trust)}));
	const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
	await iam.send(new AttachRolePolicyCommand({RoleName: 'sso', PolicyArn}));
	const assume = new AssumeRoleCommand({
		RoleArn: `arn:aws:iam::${sourceAccountId}:role/sso`,
		RoleSessionName: 'ana',
	});
	const tokens: string[] = [];
	const session: string[] = [];
	const answer = async ({headers}: IncomingMessage, answered: ServerResponse): Promise<void> => {
		const token = String(headers['x-amz-sso_bearer_token']);
		tokens.push(token);
		const isGood = token.startsWith('good-token');
		const {Credentials: given} = isGood ? await open.sts('source').send(assume) : {};
		session.push(
			...[given?.AccessKeyId, given?.SecretAccessKey, given?.SessionToken].flatMap((one) => one ?? []),
		);
		answered.writeHead(isGood ? 200 : 401, {'content-type': 'application/json'});
		answered.end(
			isGood
				? JSON.stringify({
						roleCredentials: {
							...{accessKeyId: given?.AccessKeyId, secretAccessKey: given?.SecretAccessKey},
							...{sessionToken: given?.SessionToken, expiration: given?.Expiration?.getTime()},
						},
					})
				: '{"message":"Session token not found or invalid"}',
		);
	};
	const port = await awsInPlace((asked, answered) => void answer(asked, answered));
	const proxy = await connectProxy(port);

	const home = await temporaryFolder();
	const folders = {cache: path.join(home, '.aws/sso/cache'), bin: path.join(home, 'bin')};
	await Promise.all(Object.values(folders).map(async (folder) => mkdir(folder, {recursive: true})));
	const profile = (name: string): string =>
		`[profile ${name}]\nsso_session = work\nsso_account_id = ${sourceAccountId}\nsso_role_name = sso\nregion = us-east-1\nendpoint_url = ${open.sandbox.endpointUrl}\n`;
	const login = `[profile gamma]\nlogin_session = ${loginSession}\nregion = us-east-1\nendpoint_url = ${open.sandbox.endpointUrl}\n`;
	await writeFile(
		path.join(home, '.aws/config'),
		`[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n${profile('alpha')}${profile('beta')}${hasLogin ? login : ''}`,
	);
	const loginPrepared = path.join(home, 'login.json');
	if (hasLogin) {
		const {Credentials: given} = await open.sts('source').send(assume);
		const {
			AccessKeyId: accessKeyId,
			SecretAccessKey: secretAccessKey,
			SessionToken: sessionToken,
		} = given ?? {};
		const expiresAt = given?.Expiration?.toISOString();
		await mkdir(path.dirname(path.join(home, loginFile)), {recursive: true});
		await writeFile(loginPrepared, loginToken({accessKeyId, secretAccessKey, sessionToken, expiresAt}));
	}

	const tokenFile = path.join(folders.cache, `${createHash('sha1').update('work').digest('hex')}.json`);
	const tokenOf = (leftMs: number) =>
		JSON.stringify({
			...{accessToken: 'good-token', expiresAt: new Date(Date.now() + leftMs).toISOString()},
			...{region: 'eu-west-1', startUrl: 'https://example.awsapps.com/start'},
		});
	const log = path.join(home, 'aws.log');
	const prepared = path.join(home, 'token.json');
	await writeFile(prepared, tokenOf(3_600_000));
	// It asks on the terminal, as the AWS CLI may: who runs it has to have given it over.
	await writeFile(
		path.join(folders.bin, 'aws'),
		`#!/bin/sh\necho "$*" >> ${log}\nprintf 'Press y to open the browser: '\nread answer\ncase "$answer,$1" in y,login) cp ${loginPrepared} ${path.join(home, loginFile)}; echo Successfully logged in;; y,*) cp ${prepared} ${tokenFile}; echo Successfully logged in;; *) echo Aborted >&2; exit 255;; esac\n`,
	);
	await chmod(path.join(folders.bin, 'aws'), 0o755);
	return {
		...{home, tokens, session, tokenFile},
		env: {
			...emptyEnvironment(home),
			PATH: `${folders.bin}:${process.env.PATH ?? ''}`,
			S3_REPLICATE_STATE_DIR: path.join(home, 'state'),
			HTTPS_PROXY: `http://${proxy.place}`,
			AWS_CA_BUNDLE: tlsFile('aws-names-cert'),
		},
		async calls() {
			const {readFile} = await import('node:fs/promises');
			const text = await readFile(log, 'utf8').catch(() => '');
			return text.split('\n').filter((line) => line !== '');
		},
		signIn: async (leftMs = 3_600_000) => writeFile(tokenFile, tokenOf(leftMs)),
	};
}
