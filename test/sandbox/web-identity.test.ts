import {createHmac} from 'node:crypto';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	CreateOpenIDConnectProviderCommand,
	CreateRoleCommand,
	PutRolePolicyCommand,
	UpdateOpenIDConnectProviderThumbprintCommand,
} from '@aws-sdk/client-iam';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {
	AssumeRoleWithWebIdentityCommand,
	type AssumeRoleWithWebIdentityCommandInput,
	STSClient,
} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {readSharedConfig} from '../../source/aws/transport/shared-config.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {
	type Credentials,
	errorOf,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from './support/open-sandbox.js';
import {openOidcIssuer, type OidcIssuer} from './support/oidc-issuer.js';
import {sendRaw} from './support/raw-request.js';
import {policyOf} from './support/replicated-pair.js';

const audience = 'sts.amazonaws.com';

let open: OpenSandbox;
let issuer: OidcIssuer;
let sts: STSClient;
beforeAll(async () => {
	open = await openSandbox();
	issuer = await openOidcIssuer();
	await addProvider(issuer);
	// Nobody's keys: the token is all that the call needs.
	sts = new STSClient({region: 'us-east-1', endpoint: open.sandbox.endpointUrl, maxAttempts: 1});
});
afterAll(async () => {
	sts.destroy();
	await issuer.close();
	await open.close();
});

async function addProvider({url}: OidcIssuer, ThumbprintList: string[] = []): Promise<string> {
	const {OpenIDConnectProviderArn} = await open.iam.send(
		new CreateOpenIDConnectProviderCommand({Url: url, ClientIDList: [audience, 'other'], ThumbprintList}),
	);
	return OpenIDConnectProviderArn ?? '';
}

const hostOf = ({url}: OidcIssuer): string => new URL(url).host;
const providerOf = (of: OidcIssuer): string => `arn:aws:iam::${sourceAccountId}:oidc-provider/${hostOf(of)}`;

/** A role that trusts the issuer, which may list buckets. */
async function roleTrusting(
	Condition: Readonly<Record<string, unknown>> | undefined = undefined,
	Action: string | string[] = 'sts:AssumeRoleWithWebIdentity',
	of = issuer,
): Promise<string> {
	const RoleName = open.name('role');
	const {Role} = await open.iam.send(
		new CreateRoleCommand({
			RoleName,
			AssumeRolePolicyDocument: policyOf([
				{Effect: 'Allow', Principal: {Federated: providerOf(of)}, Action, ...(Condition && {Condition})},
			]),
		}),
	);
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName,
			PolicyName: 'list',
			PolicyDocument: policyOf([{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}]),
		}),
	);
	return Role?.Arn ?? '';
}

const assume = async (RoleArn: string, changes: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) =>
	sts.send(
		new AssumeRoleWithWebIdentityCommand({
			RoleArn,
			RoleSessionName: 'build',
			WebIdentityToken: issuer.token(),
			...changes,
		}),
	);

function keysIn({Credentials: given}: Awaited<ReturnType<typeof assume>>): Credentials {
	return {
		accessKeyId: given?.AccessKeyId ?? '',
		secretAccessKey: given?.SecretAccessKey ?? '',
		sessionToken: given?.SessionToken ?? '',
	};
}

const canList = async (who: Credentials): Promise<boolean> =>
	open
		.s3(who, 'us-east-1')
		.send(new ListBucketsCommand({}))
		.then(
			() => true,
			() => false,
		);

describe('a token of a known provider', () => {
	// Documented: STS API reference, AssumeRoleWithWebIdentity; the provider as an ARN: third-party (spiffe/spiffe.io#110).
	it('opens a session without any signature, and says whose it is', async () => {
		const RoleArn = await roleTrusting();
		const answer = await assume(RoleArn);
		const roleName = RoleArn.split('/')[1] ?? '';
		expect(answer).toMatchObject({
			SubjectFromWebIdentityToken: 'job',
			Audience: audience,
			Provider: providerOf(issuer),
			AssumedRoleUser: {
				AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{16}:build$/) as string,
				Arn: `arn:aws:sts::${sourceAccountId}:assumed-role/${roleName}/build`,
			},
		});
		const lifeMs = (answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now();
		expect(Math.round(lifeMs / 60_000)).toBe(60);
		expect(await canList(keysIn(answer))).toBe(true);
	});

	it.each(['POST', 'GET'])('is taken with a plain %s', async (method) => {
		const query: [string, string][] = [
			['Action', 'AssumeRoleWithWebIdentity'],
			['Version', '2011-06-15'],
			['RoleArn', await roleTrusting()],
			['RoleSessionName', 'plain'],
			['WebIdentityToken', issuer.token()],
		];
		const isPost = method === 'POST';
		const answer = await sendRaw(open.sandbox.endpointUrl, undefined, {
			method,
			path: '/',
			...(isPost
				? {
						headers: {'content-type': 'application/x-www-form-urlencoded'},
						body: new URLSearchParams(query).toString(),
					}
				: {query}),
		});
		expect(answer.status).toBe(200);
		expect(answer.body).toContain('<SubjectFromWebIdentityToken>job</SubjectFromWebIdentityToken>');
	});

	// Documented: IAM User Guide, id_roles_providers_create_oidc, "Signing algorithms".
	it('may be signed on an elliptic curve', async () => {
		const other = await openOidcIssuer({algorithm: 'ES256'});
		await addProvider(other);
		const answer = await assume(await roleTrusting(undefined, undefined, other), {
			WebIdentityToken: other.token({aud: ['nobody', 'other']}),
		});
		await other.close();
		expect(answer).toMatchObject({Audience: 'other', Provider: providerOf(other)});
	});

	// Documented: IAM User Guide, id_roles_providers_create_oidc_verify-thumbprint; the words: third-party.
	it('comes over HTTPS where a thumbprint of the provider fits, and else does not', async () => {
		const other = await openOidcIssuer({scheme: 'https'});
		const OpenIDConnectProviderArn = await addProvider(other, ['0'.repeat(40)]);
		const RoleArn = await roleTrusting(undefined, undefined, other);
		const tried = {WebIdentityToken: other.token()};
		expect(await errorOf(assume(RoleArn, tried))).toMatchObject({
			code: 'InvalidIdentityToken',
			message: "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
		});
		expect(other.asked()).toBe(0);
		await open.iam.send(
			new UpdateOpenIDConnectProviderThumbprintCommand({
				OpenIDConnectProviderArn,
				ThumbprintList: [other.thumbprint.toUpperCase()],
			}),
		);
		const answer = await assume(RoleArn, tried);
		await other.close();
		expect(answer).toMatchObject({Audience: audience});
	});

	// Documented: STS API reference, AssumeRoleWithWebIdentity, "Policy", "DurationSeconds".
	it('opens a session that a policy caps, for as long as was asked', async () => {
		const RoleArn = await roleTrusting();
		const Policy = policyOf([{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}]);
		const answer = await assume(RoleArn, {Policy, DurationSeconds: 900});
		expect(await canList(keysIn(answer))).toBe(false);
		const lifeMs = (answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now();
		expect(Math.round(lifeMs / 60_000)).toBe(15);
		const PolicyArns = [{arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'}];
		expect(await canList(keysIn(await assume(RoleArn, {PolicyArns})))).toBe(true);
	});

	// Documented: IAM User Guide, id_session-tags, reference_policies_iam-condition-keys.
	it('gives its session tags, and keys that policies of the session see', async () => {
		const tagged = {
			sub: 'project:7',
			'https://aws.amazon.com/tags': {principal_tags: {team: ['blue']}, transitive_tag_keys: ['team']},
		};
		const WebIdentityToken = issuer.token(tagged);
		expect(await errorOf(assume(await roleTrusting(), {WebIdentityToken}))).toMatchObject({
			code: 'AccessDenied',
		});
		const RoleArn = await roleTrusting(undefined, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']);
		const capped = async (key: string, value: string) =>
			canList(
				keysIn(
					await assume(RoleArn, {
						WebIdentityToken,
						Policy: policyOf([
							{
								Effect: 'Allow',
								Action: 's3:ListAllMyBuckets',
								Resource: '*',
								Condition: {StringEquals: {[key]: value}},
							},
						]),
					}),
				),
			);
		expect(await capped('aws:PrincipalTag/team', 'blue')).toBe(true);
		expect(await capped('aws:PrincipalTag/team', 'red')).toBe(false);
		expect(await capped(`${hostOf(issuer)}:sub`, 'project:7')).toBe(true);
		expect(await capped(`${hostOf(issuer)}:sub`, 'project:8')).toBe(false);
	});
});

// Documented: IAM User Guide, reference_policies_iam-condition-keys; the words: third-party (what clients of AWS show).
describe('the trust policy', () => {
	const refusal = {
		code: 'AccessDenied',
		message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
		status: 403,
	};
	const key = (name: string): string => `${hostOf(issuer)}:${name}`;
	type Case = {
		readonly what: string;
		readonly condition: () => Readonly<Record<string, unknown>>;
		readonly claims?: Readonly<Record<string, unknown>>;
	};

	it.each<Case>([
		{what: 'the audience', condition: () => ({StringEquals: {[key('aud')]: audience}})},
		{what: 'the subject', condition: () => ({StringEquals: {[key('sub')]: 'job'}})},
		{what: 'a pattern of the subject', condition: () => ({StringLike: {[key('sub')]: 'j*'}})},
		{
			what: 'how somebody signed in',
			condition: () => ({'ForAnyValue:StringEquals': {[key('amr')]: ['mfa']}}),
			claims: {amr: ['pwd', 'mfa']},
		},
		{what: 'the name of the session', condition: () => ({StringEquals: {'sts:RoleSessionName': 'build'}})},
	])('can ask for $what', async ({condition, claims}) => {
		const answer = await assume(await roleTrusting(condition()), {WebIdentityToken: issuer.token(claims)});
		expect(answer.Audience).toBe(audience);
	});

	it.each<Case>([
		{what: 'another audience', condition: () => ({StringEquals: {[key('aud')]: 'other'}})},
		{what: 'another subject', condition: () => ({StringEquals: {[key('sub')]: 'jobs'}})},
		{
			what: 'another way to sign in',
			condition: () => ({'ForAnyValue:StringEquals': {[key('amr')]: ['mfa']}}),
			claims: {amr: ['pwd']},
		},
		{
			what: 'a claim that no key is made of',
			condition: () => ({StringEquals: {[key('email')]: 'a@b'}}),
			claims: {email: 'a@b'},
		},
	])('refuses where it asks for $what', async ({condition, claims}) => {
		const RoleArn = await roleTrusting(condition());
		const tried = assume(RoleArn, {WebIdentityToken: issuer.token(claims)});
		expect(await errorOf(tried)).toMatchObject(refusal);
	});

	it('refuses another provider, another action, accounts and everybody but the federated, and roles that are not there', async () => {
		const trusting = async (statement: object): Promise<string> => {
			const {Role} = await open.iam.send(
				new CreateRoleCommand({
					RoleName: open.name('role'),
					AssumeRolePolicyDocument: policyOf([{Effect: 'Allow', ...statement}]),
				}),
			);
			return Role?.Arn ?? '';
		};
		const Action = 'sts:AssumeRoleWithWebIdentity';
		const arns = [
			await trusting({Principal: {Federated: `${providerOf(issuer)}/other`}, Action}),
			await trusting({Principal: {Federated: providerOf(issuer)}, Action: 'sts:AssumeRole'}),
			await trusting({Principal: {AWS: sourceAccountId}, Action}),
			`arn:aws:iam::${sourceAccountId}:role/nowhere`,
		];
		const errors = await Promise.all(arns.map(async (arn) => errorOf(assume(arn))));
		expect(errors).toEqual(arns.map(() => expect.objectContaining(refusal) as object));
	});
});

describe('a token that is not to be believed', () => {
	type Case = {
		readonly what: string;
		readonly token: () => string;
		readonly code?: string;
		readonly message: string | RegExp;
	};
	const seconds = (): number => Math.floor(Date.now() / 1000);
	const unsigned = (header: object, signature = ''): string => {
		const [, claims] = issuer.token().split('.');
		return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}.${signature}`;
	};

	// Codes: documented (STS API reference). Words of the first five: third-party (what clients of AWS show); others: guessed.
	it.each<Case>([
		{
			what: 'no token at all',
			token: () => 'plain text',
			message:
				'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
		},
		{
			what: 'one of an unknown provider',
			token: () => issuer.token({iss: 'https://nobody.example'}),
			message: 'No OpenIDConnect provider found in your account for https://nobody.example',
		},
		{
			what: 'one for another audience',
			token: () => issuer.token({aud: 'somebody else'}),
			message: 'Incorrect token audience',
		},
		{
			what: 'one that has expired',
			token: () => issuer.token({exp: seconds() - 1}),
			code: 'ExpiredTokenException',
			message: /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
		},
		{
			what: 'one of a scheme that the provider does not have',
			token: () => issuer.token({iss: issuer.url.replace('http:', 'https:')}),
			message: /^No OpenIDConnect provider found in your account for https:/,
		},
		{what: 'one without an end', token: () => issuer.token({exp: undefined}), message: /claim: exp$/},
		{what: 'one about nobody', token: () => issuer.token({sub: undefined}), message: /claim: sub$/},
		{
			what: 'one from the future',
			token: () => issuer.token({nbf: seconds() + 600}),
			message: 'Token is not valid yet',
		},
		{
			what: 'one that somebody else signed',
			token: () => issuer.token({}, {}, issuer.strangersKey),
			message: 'Invalid token signature',
		},
		{
			what: 'one of a key that is not published',
			token: () => issuer.token({}, {kid: 'second'}),
			message: 'Invalid token signature',
		},
		{
			what: 'one that was changed',
			token: () => {
				const [header, , signature] = issuer.token().split('.');
				return `${header}.${issuer.token({sub: 'root'}).split('.')[1]}.${signature}`;
			},
			message: 'Invalid token signature',
		},
		{
			what: 'one without a signature',
			token: () => unsigned({alg: 'none'}),
			message: 'Invalid token signature',
		},
		{
			what: 'one whose secret is the public key',
			token: () => {
				const text = unsigned({alg: 'HS256'}).slice(0, -1);
				const signature = createHmac('sha256', issuer.publicPem).update(text).digest('base64url');
				return `${text}.${signature}`;
			},
			message: 'Invalid token signature',
		},
		{
			what: 'one of an algorithm that objects inherit',
			token: () => issuer.token({}, {alg: 'constructor'}),
			message: 'Invalid token signature',
		},
	])('is refused: $what', async ({token, code = 'InvalidIdentityToken', message}) => {
		const error = await errorOf(assume(await roleTrusting(), {WebIdentityToken: token()}));
		expect(error).toMatchObject({code, status: 400});
		expect(error.message).toMatch(message);
	});

	const noKeys = /^Couldn't retrieve verification key from your identity provider/;

	it.each(['no JSON', '[]', '{"keys": 1}', 'null', 'x'.repeat(300_000)])(
		'is refused where the keys are none: %.20s',
		async (text) => {
			issuer.answerKeys(text);
			const tried = assume(await roleTrusting()).finally(() => {
				issuer.answerKeys(undefined);
			});
			const error = await errorOf(tried);
			expect(error.code).toBe('InvalidIdentityToken');
			expect(error.message).toMatch(noKeys);
		},
	);

	it('is refused where its provider is gone, or not on this machine', async () => {
		const gone = await openOidcIssuer();
		await addProvider(gone);
		await gone.close();
		const ofGone = await errorOf(assume(await roleTrusting(), {WebIdentityToken: gone.token()}));
		expect(ofGone.message).toMatch(noKeys);
		const far = {url: 'https://token.example.com'};
		await open.iam.send(new CreateOpenIDConnectProviderCommand({Url: far.url, ClientIDList: [audience]}));
		const ofFar = await errorOf(
			assume(await roleTrusting(), {WebIdentityToken: issuer.token({iss: far.url})}),
		);
		expect(ofFar.message).toContain('the sandbox asks only providers on this machine');
	});

	// The session's limits: as recorded for AssumeRole (TestSTSIntegrations::test_sts_invalid_parameters).
	it.each<[string, Partial<AssumeRoleWithWebIdentityCommandInput>, string, RegExp]>([
		['a short session', {DurationSeconds: 899}, 'ValidationError', /greater than or equal to 900$/],
		['a longer one than the role has', {DurationSeconds: 7200}, 'ValidationError', /MaxSessionDuration/],
		['a name that is none', {RoleSessionName: 'a b'}, 'ValidationError', /regular expression pattern/],
		['no role', {RoleArn: 'role'}, 'ValidationError', /^role is invalid$/],
		['a policy that is none', {Policy: '{'}, 'MalformedPolicyDocument', /./],
		['an access token', {ProviderId: 'www.amazon.com'}, 'NotImplemented', /access tokens/],
	])('is of no use for %s', async (_what, changes, code, message) => {
		const error = await errorOf(assume(await roleTrusting(), changes));
		expect(error.code).toBe(code);
		expect(error.message).toMatch(message);
	});
});

describe('a client with a token in a file', () => {
	let folder: string;
	let token: string;
	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-token-'));
		token = path.join(folder, 'token');
		await writeFile(token, issuer.token());
	});
	afterAll(() => rm(folder, {recursive: true}));

	it('works with a profile that names it', async () => {
		const roleArn = await roleTrusting();
		const configFile = path.join(folder, 'config');
		const lines = [
			'[profile job]',
			'region = us-east-1',
			`role_arn = ${roleArn}`,
			`web_identity_token_file = ${token}`,
			'role_session_name = from-a-file',
			`endpoint_url = ${open.sandbox.endpointUrl}`,
		];
		await writeFile(configFile, lines.join('\n'));
		const config = await readSharedConfig({configFile, credentialsFile: path.join(folder, 'none')});
		const {identity, buckets} = connect('job', {config, environment: {}});
		expect((await identity.getCaller()).arn).toBe(
			`arn:aws:sts::${sourceAccountId}:assumed-role/${roleArn.split('/')[1]}/from-a-file`,
		);
		expect(await buckets.list()).toBeInstanceOf(Array);
	});

	// As clusters and forges set it for their jobs (AWS SDKs and Tools Reference Guide, assume role with web identity).
	it('works without a profile where the environment names it', async () => {
		const roleArn = await roleTrusting();
		const configFile = path.join(folder, 'empty');
		await writeFile(configFile, '');
		vi.stubEnv('AWS_PROFILE', undefined);
		vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
		vi.stubEnv('AWS_CONFIG_FILE', configFile);
		vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', configFile);
		vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
		vi.stubEnv('AWS_ROLE_ARN', roleArn);
		vi.stubEnv('AWS_ROLE_SESSION_NAME', 'from-the-environment');
		const config = await readSharedConfig({configFile, credentialsFile: configFile});
		const environment = {AWS_ENDPOINT_URL: open.sandbox.endpointUrl, AWS_REGION: 'us-east-1'};
		const {identity} = connect(defaultChain, {config, environment});
		const {arn} = await identity.getCaller().finally(() => vi.unstubAllEnvs());
		expect(arn).toBe(
			`arn:aws:sts::${sourceAccountId}:assumed-role/${roleArn.split('/')[1]}/from-the-environment`,
		);
	});
});
