import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {errorOf} from '../../source/aws/problems/problem-of.js';
import {type Problem, problemFrom} from '../../source/domain/problem.js';
import {seeHosts, sharedFiles} from './support/seen-hosts.js';

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x';

/** A server of this machine whose certificate nobody vouches for. */
async function untrusted(): Promise<string> {
	const file = (name: string) =>
		readFileSync(new URL(`../fixtures/tls/loopback-${name}.pem`, import.meta.url));
	const server = createServer({key: file('key'), cert: file('cert')}, (_request, response) => {
		response.writeHead(403).end();
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function problemWith(setting: string, {isSent = false} = {}): Promise<Problem> {
	const config = await sharedFiles({config: `# first\n[profile p]\nregion = us-east-1\n${setting}\n`});
	const transportOptions = isSent ? undefined : {requestHandler: seeHosts().handler};
	const call = async () => connect('p', {config, environment: {}, transportOptions}).identity.getCaller();
	return call().then(() => expect.unreachable(), problemFrom);
}

/** None lays at AWS's door what it never saw, none has "again" as its only step, each says where to look. */
function expectOfMachine(problem: Problem, code: string, where: RegExp): void {
	expect(problem).toMatchObject({code, kind: 'fixable'});
	expect(problem.headline + problem.cause).not.toContain('AWS says');
	expect(problem.nextSteps[0]).not.toMatch(/run this again/i);
	expect([problem.cause, ...problem.nextSteps].join('\n')).toMatch(where);
}

describe('what is wrong on this machine', () => {
	test.each<readonly [string, string, RegExp]>([
		[
			'role_arn = arn:aws:iam::111122223333:role/r\nweb_identity_token_file = /nowhere/token',
			'profile-file',
			/web_identity_token_file \(line 5 of \S+config\)[\s\S]*--profile p/,
		],
		[
			`credential_process = sh -c 'echo no session for --token s3cr3t >&2; exit 3'`,
			'credential-process-failed',
			/line 4 of \S+config[\s\S]*no session for --token …[\s\S]*export-credentials --profile p/,
		],
		['credential_process = echo no-json', 'credential-process-failed', /line 4 of \S+config/],
		[`services = none\n${keys}`, 'services-section', /line 4 of \S+config[\s\S]*\[services none\]/],
		[`max_attempts = x\n${keys}`, 'profile-setting', /line 4 of \S+config/],
	])('is told with file and line: %s', async (setting, code, where) => {
		const problem = await problemWith(setting);
		expectOfMachine(problem, code, where);
		expect(JSON.stringify(problem)).not.toContain('s3cr3t');
	});

	test('is a certificate that nobody vouches for', async () => {
		const url = await untrusted();
		const problem = await problemWith(`endpoint_url = ${url}\n${keys}`, {isSent: true});
		expectOfMachine(problem, 'certificate', /AWS_CA_BUNDLE[\s\S]*NODE_EXTRA_CA_CERTS/);
		expect(problem.headline).toBe(`Cannot trust the certificate of ${url}`);
	});

	test.each(['environment', 'profile'])(
		'is none where a CA bundle of the %s holds the authority',
		async (place) => {
			const url = await untrusted();
			const bundle = fileURLToPath(new URL('../fixtures/tls/loopback-cert.pem', import.meta.url));
			const inProfile = place === 'profile' ? `ca_bundle = ${bundle}\n` : '';
			const config = await sharedFiles({
				config: `[profile p]\nregion = us-east-1\n${inProfile}endpoint_url = ${url}\n${keys}\n`,
			});
			const environment = place === 'environment' ? {AWS_CA_BUNDLE: bundle} : {};
			const problem = await connect('p', {config, environment})
				.identity.getCaller()
				.then(() => expect.unreachable(), problemFrom);
			expect(problem.code).not.toBe('certificate');
			expect(problem.cause).toContain('403');
		},
	);

	test.each([
		['/nowhere/bundle.pem', /ENOENT[\s\S]*ca_bundle \(line 4 of \S+config\)/],
		[fileURLToPath(import.meta.url), /no certificate[\s\S]*ca_bundle \(line 4/],
	])('is a CA bundle that is none: %s', async (bundle, where) => {
		const problem = await problemWith(`ca_bundle = ${bundle}\n${keys}`, {isSent: true});
		expectOfMachine(problem, 'ca-bundle', where);
	});

	// What browsers and Windows give out as certificates.
	test.each([
		[Buffer.from([0x30, 0x82, 0x03, 0x00, 0xff]), /openssl x509 -inform der/],
		[Buffer.from('-----BEGIN PKCS7-----\n'), /openssl pkcs7 -print_certs/],
	])('is a CA bundle of another form, with the way to PEM: %j', async (content, step) => {
		const {configFile} = (await sharedFiles({})).location;
		await writeFile(configFile, content);
		const problem = await problemWith(`ca_bundle = ${configFile}\n${keys}`, {isSent: true});
		expectOfMachine(problem, 'ca-bundle', step);
	});

	// Node.js, "TLS: X509 certificate error codes"; errors(7); ECMAScript's native errors.
	test.each<readonly [string, Error, string]>([
		['a chain', coded('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate'],
		['an issuer', coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'certificate'],
		['an end', coded('CERT_HAS_EXPIRED'), 'certificate'],
		['a name', coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate'],
		['a file', coded('EACCES'), 'profile-file'],
		['a folder', coded('EISDIR'), 'profile-file'],
		['a text', new URIError('URI malformed'), 'client-error'],
		['nothing', new TypeError("Cannot read properties of undefined (reading 'x')"), 'client-error'],
	])('is never AWS’s: %s', (_name, error, code) => {
		const problem = problemFrom(errorOf(error, {operation: 'ListBuckets', profile: 'p'}));
		expectOfMachine(problem, code, /./);
	});
});

function coded(code: string): Error {
	return Object.assign(new Error('it failed'), {code});
}

// STS API Reference, GetSessionToken and GetFederationToken, "Permissions": IAM takes these sessions not, or only with MFA.
describe('an access key that a service does not know', () => {
	const arn = (what: string) => `arn:aws:sts::111122223333:${what}`;
	test.each([
		['iam', undefined, false, 'unknown-access-key', /its access key is unknown/],
		['s3', undefined, true, 'unknown-access-key', /its access key is unknown/],
		['iam', 'arn:aws:iam::111122223333:user/ana', true, 'session-without-mfa', /only with MFA/],
		['iam', arn('federated-user/ana'), true, 'session-without-iam', /GetFederationToken/],
		['iam', arn('assumed-role/r/s'), true, 'unknown-access-key', /no longer known/],
		['iam', 'arn:aws:iam::111122223333:user/ana', false, 'unknown-access-key', /no longer known/],
	] as const)('of %s, caller %s, session %s: %s', (service, known, isSession, code, headline) => {
		const error = Object.assign(new Error('The security token included in the request is invalid'), {
			name: 'InvalidClientTokenId',
			$metadata: {httpStatusCode: 403},
		});
		const call = {operation: 'GetRole', profile: 'p', service, knownArn: () => known};
		const problem = problemFrom(errorOf(error, {...call, isSession: () => isSession}));
		expect(problem).toMatchObject({code, headline: expect.stringMatching(headline) as string});
	});
});
