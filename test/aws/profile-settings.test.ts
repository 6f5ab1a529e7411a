import {describe, expect, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import type {Connection} from '../../source/aws/ports.js';
import {problemFrom} from '../../source/domain/problem.js';
import {seeHosts, sharedFiles} from './support/seen-hosts.js';

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x';
const [plain, lab] = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];

// Each row of the files is a profile that the active one must not leak into, or out of.
const config = `[default]
use_fips_endpoint = true
${keys}
[profile plain]
${keys}
[profile fips]
use_fips_endpoint = TRUE
${keys}
[profile dual]
use_dualstack_endpoint = true
region = eu-west-1
${keys}
[profile lab]
endpoint_url = ${lab}
${keys}
[profile local]
services = here
${keys}
[services here]
s3 =
  endpoint_url = ${plain}
kms =
  endpoint_url = ${lab}
sqs =
  endpoint_url = http://127.0.0.1:3
cloudwatch =
  endpoint_url = http://127.0.0.1:4
s3_control =
  endpoint_url = http://127.0.0.1:5
[profile over-fips]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = plain
use_fips_endpoint = true
[profile over-plain]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = fips
`;

const aws = {
	s3: 's3.us-east-1.amazonaws.com',
	iam: 'iam.amazonaws.com',
	sts: 'sts.us-east-1.amazonaws.com',
	kms: 'kms.us-east-1.amazonaws.com',
	sqs: 'sqs.us-east-1.amazonaws.com',
	cloudwatch: 'monitoring.us-east-1.amazonaws.com',
	s3_control: '111122223333.s3-control.us-east-1.amazonaws.com',
};
const fips = {
	s3: 's3-fips.us-east-1.amazonaws.com',
	iam: 'iam-fips.amazonaws.com',
	sts: 'sts-fips.us-east-1.amazonaws.com',
	kms: 'kms-fips.us-east-1.amazonaws.com',
	sqs: 'sqs-fips.us-east-1.amazonaws.com',
	cloudwatch: 'monitoring-fips.us-east-1.amazonaws.com',
	s3_control: '111122223333.s3-control-fips.us-east-1.amazonaws.com',
};
const dual = {
	s3: 's3.dualstack.eu-west-1.amazonaws.com',
	iam: 'iam.global.api.aws',
	sts: 'sts.eu-west-1.api.aws',
	kms: 'kms.eu-west-1.api.aws',
	sqs: 'sqs.eu-west-1.api.aws',
	cloudwatch: 'monitoring.eu-west-1.api.aws',
	s3_control: '111122223333.s3-control.dualstack.eu-west-1.amazonaws.com',
};
const at = (place: string) => ({
	...{s3: place, iam: place, sts: place, kms: place},
	...{sqs: place, cloudwatch: place, s3_control: place},
});
const labHost = '127.0.0.1:2';

const query = {metric: 'OperationsFailedReplication', statistic: 'Sum', dimensions: {}} as const;
const calls: {
	readonly [Service in keyof typeof aws]: (connection: Connection) => Promise<unknown>;
} = {
	s3: async ({buckets}) => buckets.list(),
	iam: async ({roles}) => roles.get('r'),
	sts: async ({identity}) => identity.getCaller(),
	kms: async ({keys: ports, homeRegion}) => ports.listAliases(homeRegion),
	sqs: async ({queues, homeRegion}) => queues.find({name: 'q', region: homeRegion}),
	cloudwatch: async ({metrics, homeRegion}) =>
		metrics.read({region: homeRegion, queries: [query], from: 0, until: 60_000}),
	s3_control: async ({jobs, homeRegion}) => jobs.list({accountId: '111122223333', region: homeRegion}, []),
};

async function hostsOf(profile: string, environment: NodeJS.ProcessEnv) {
	const shared = await sharedFiles({config});
	const found = Object.entries(calls).map(async ([service, call]) => {
		const {hosts, handler} = seeHosts();
		const {retryStrategy} = noRetry;
		const transportOptions = {requestHandler: handler, retryStrategy};
		const connection = connect(profile, {config: shared, environment, transportOptions});
		await call(connection).catch(() => undefined);
		return [service, hosts[0]];
	});
	return Object.fromEntries(await Promise.all(found)) as unknown;
}

const noRetry = {
	retryStrategy: {
		acquireInitialRetryToken: async () => ({getRetryCount: () => 0, getRetryDelay: () => 0}),
		async refreshRetryTokenForRetry(): Promise<never> {
			throw new Error('once is enough');
		},
		recordSuccess: () => undefined,
	},
};

// AWS SDKs and Tools Reference Guide, "Dual-stack and FIPS endpoints" and "Service-specific endpoints".
describe('the named profile says where every service is called', () => {
	test.each<readonly [string, NodeJS.ProcessEnv, unknown]>([
		['plain', {}, aws],
		['plain', {AWS_PROFILE: 'fips'}, aws],
		['plain', {AWS_PROFILE: 'lab'}, aws],
		['fips', {AWS_PROFILE: 'plain'}, fips],
		['dual', {AWS_PROFILE: 'plain'}, dual],
		['lab', {AWS_PROFILE: 'plain'}, at(labHost)],
		['lab', {AWS_PROFILE: 'local'}, at(labHost)],
		[
			'local',
			{AWS_PROFILE: 'lab'},
			{
				...{...aws, s3: '127.0.0.1:1', kms: labHost},
				...{sqs: '127.0.0.1:3', cloudwatch: '127.0.0.1:4', s3_control: '127.0.0.1:5'},
			},
		],
		// Whatever calls, STS behind a role is called as the profile says that has the role.
		['over-fips', {AWS_PROFILE: 'plain'}, at(fips.sts)],
		['over-plain', {AWS_PROFILE: 'fips'}, at(aws.sts)],
		['plain', {AWS_USE_FIPS_ENDPOINT: 'True'}, fips],
		['fips', {AWS_USE_FIPS_ENDPOINT: 'false'}, aws],
		['plain', {AWS_USE_FIPS_ENDPOINT: '1'}, aws],
		['fips', {AWS_USE_FIPS_ENDPOINT: 'yes'}, aws],
		['plain', {AWS_ENDPOINT_URL_SQS: lab}, {...aws, sqs: labHost}],
		['plain', {AWS_ENDPOINT_URL_CLOUDWATCH: lab}, {...aws, cloudwatch: labHost}],
		['plain', {AWS_ENDPOINT_URL_S3_CONTROL: lab}, {...aws, s3_control: labHost}],
		['local', {AWS_ENDPOINT_URL: lab}, at(labHost)],
		['lab', {AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE'}, aws],
		['lab', {AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: '1'}, at(labHost)],
	])('%s with %j', async (profile, environment, expected) => {
		const {AWS_PROFILE} = process.env;
		// What the SDK would look at by itself.
		process.env.AWS_PROFILE = environment.AWS_PROFILE ?? '';
		try {
			expect(await hostsOf(profile, environment)).toEqual(expected);
		} finally {
			restore('AWS_PROFILE', AWS_PROFILE);
		}
	});
});

function restore(name: string, value: string | undefined): void {
	// Assigned, `undefined` would become a text.
	delete process.env[name];
	Object.assign(process.env, value === undefined ? {} : {[name]: value});
}

describe('how often a call is made', () => {
	const retries = `[default]\nmax_attempts = 5\n${keys}\n[profile two]\nmax_attempts = 2\n${keys}\n[profile none]\n${keys}\n`;
	test.each<readonly [string, NodeJS.ProcessEnv, number]>([
		['two', {AWS_PROFILE: 'none'}, 2],
		['none', {AWS_PROFILE: 'two'}, 3],
		['two', {AWS_MAX_ATTEMPTS: '1'}, 1],
	])('with profile %s and %j is %d times', async (profile, environment, expected) => {
		const {hosts, handler} = seeHosts(503);
		const {connection} = await bare(profile, retries, environment, handler);
		await connection.buckets.list().catch(() => undefined);
		expect(hosts).toHaveLength(expected);
	});
});

async function bare(
	profile: string,
	files: string,
	environment: NodeJS.ProcessEnv,
	handler = seeHosts().handler,
) {
	const shared = await sharedFiles({config: files});
	const options = {config: shared, environment};
	return {connection: connect(profile, {...options, transportOptions: {requestHandler: handler}})};
}

describe('a setting that is none', () => {
	test.each<readonly [string, NodeJS.ProcessEnv, string, string]>([
		['max_attempts = many', {}, 'profile-setting', 'max_attempts of the profile p'],
		['max_attempts = 0', {}, 'profile-setting', 'max_attempts of the profile p'],
		['', {AWS_MAX_ATTEMPTS: '-1'}, 'profile-setting', 'AWS_MAX_ATTEMPTS'],
		['retry_mode = often', {}, 'profile-setting', 'retry_mode of the profile p'],
		['defaults_mode = mine', {}, 'profile-setting', 'defaults_mode of the profile p'],
		['', {AWS_DEFAULTS_MODE: 'mine'}, 'profile-setting', 'AWS_DEFAULTS_MODE'],
		[`use_fips_endpoint = true\nendpoint_url = ${lab}`, {}, 'special-endpoint', 'use_fips_endpoint'],
		[
			'use_dualstack_endpoint = true',
			{AWS_ENDPOINT_URL_IAM: lab},
			'special-endpoint',
			'AWS_USE_DUALSTACK_ENDPOINT',
		],
	])('is a problem that says who named it: %s %j', async (setting, environment, code, origin) => {
		const problem = await bare('p', `[profile p]\n${setting}\n${keys}\n`, environment).then(
			() => undefined,
			problemFrom,
		);
		expect(problem).toMatchObject({code, kind: 'fixable'});
		expect(problem?.nextSteps[0]).toContain(origin);
	});
});
