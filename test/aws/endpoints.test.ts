import {describe, expect, test} from 'vitest';
import {connect, homeRegionOf} from '../../source/aws/connect.js';
import {endpointOf} from '../../source/aws/transport/endpoints.js';
import type {SharedConfig} from '../../source/aws/transport/shared-config.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {type Problem, problemFrom} from '../../source/domain/problem.js';

const location = {configFile: '/nowhere/config', credentialsFile: '/nowhere/credentials'};

function configOf(profiles: SharedConfig['profiles'], services: SharedConfig['services'] = {}): SharedConfig {
	return {location, profiles, services};
}

const config = configOf(
	{one: {services: 'local', endpoint_url: 'http://profile'}, two: {endpoint_url: 'http://two'}, three: {}},
	{local: {'s3.endpoint_url': 'http://services-s3'}},
);

function thrownBy(act: () => unknown): Problem {
	try {
		act();
	} catch (error) {
		return problemFrom(error);
	}

	throw new Error('It was expected to be refused');
}

// AWS SDKs and Tools Reference Guide, "Service-specific endpoints" (docs/aws-facts.md, 12.3): from the strongest to the weakest.
describe('where a service’s calls go', () => {
	const all = {AWS_ENDPOINT_URL_S3: 'http://env-s3', AWS_ENDPOINT_URL: 'http://env'};

	test('is first what the option says, even where what is configured shall be ignored', () => {
		expect(endpointOf('s3', {profile: 'one', config, environment: all}, 'http://option')).toBe(
			'http://option',
		);
		const ignoring = {...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true'};
		expect(endpointOf('s3', {profile: 'one', config, environment: ignoring}, 'http://option')).toBe(
			'http://option',
		);
	});

	test('then the environment’s of the service', () => {
		expect(endpointOf('s3', {profile: 'one', config, environment: all}, undefined)).toBe('http://env-s3');
		expect(
			endpointOf(
				'sts',
				{profile: 'one', config, environment: {AWS_ENDPOINT_URL_STS: 'http://env-sts'}},
				undefined,
			),
		).toBe('http://env-sts');
	});

	test('then the environment’s of all services', () => {
		expect(endpointOf('iam', {profile: 'one', config, environment: all}, undefined)).toBe('http://env');
	});

	test('then that of the profile’s services section', () => {
		expect(endpointOf('s3', {profile: 'one', config, environment: {}}, undefined)).toBe('http://services-s3');
	});

	test('then the profile’s own', () => {
		expect(endpointOf('iam', {profile: 'one', config, environment: {}}, undefined)).toBe('http://profile');
		expect(endpointOf('s3', {profile: 'two', config, environment: {AWS_ENDPOINT_URL: ''}}, undefined)).toBe(
			'http://two',
		);
	});

	test('else AWS itself', () => {
		expect(endpointOf('s3', {profile: 'three', config, environment: {}}, undefined)).toBeUndefined();
		expect(endpointOf('s3', {profile: 'nobody', config, environment: {}}, undefined)).toBeUndefined();
	});

	test('is AWS itself where what is configured shall be ignored', () => {
		const ignoring = {...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true'};
		expect(endpointOf('s3', {profile: 'one', config, environment: ignoring}, undefined)).toBeUndefined();
		const asked = configOf({one: {endpoint_url: 'http://profile', ignore_configured_endpoint_urls: 'true'}});
		expect(endpointOf('s3', {profile: 'one', config: asked, environment: {}}, undefined)).toBeUndefined();
	});

	test.each(['garbage', 'http://127.0.0.1:99999', 'http://', 'ftp://files', 'http://a b'])(
		'is a problem where it is no URL of a server: %s',
		(url) => {
			const problem = thrownBy(() => connect('two', {config, environment: {AWS_ENDPOINT_URL_IAM: url}}));
			expect(problem).toMatchObject({
				code: 'endpoint-url',
				headline: `Cannot use the endpoint “${url}” for IAM`,
				nextSteps: [expect.stringContaining('AWS_ENDPOINT_URL_IAM'), expect.anything(), expect.anything()],
			});
		},
	);

	const secret = 'http://bob:s3cr3t@127.0.0.1:9';
	test.each<readonly [string, {profiles?: object; services?: object}, NodeJS.ProcessEnv, string | undefined]>(
		[
			['--endpoint-url', {}, {}, secret],
			['the environment variable AWS_ENDPOINT_URL', {}, {AWS_ENDPOINT_URL: secret}, undefined],
			['the environment variable AWS_ENDPOINT_URL_S3', {}, {AWS_ENDPOINT_URL_S3: secret}, undefined],
			['the environment variable AWS_ENDPOINT_URL_IAM', {}, {AWS_ENDPOINT_URL_IAM: secret}, undefined],
			['the environment variable AWS_ENDPOINT_URL_STS', {}, {AWS_ENDPOINT_URL_STS: secret}, undefined],
			['endpoint_url of the profile p', {profiles: {p: {endpoint_url: secret}}}, {}, undefined],
			...['s3', 'iam', 'sts'].map(
				(service) =>
					[
						`endpoint_url of ${service} in the section [services local]`,
						{profiles: {p: {services: 'local'}}, services: {local: {[`${service}.endpoint_url`]: secret}}},
						{},
						undefined,
					] as const,
			),
		],
	)(
		'with a name and password in %s is refused and not repeated',
		(origin, files, environment, endpointUrl) => {
			const {profiles = {p: {}}, services = {}} = files;
			const given = configOf(profiles as SharedConfig['profiles'], services as SharedConfig['services']);
			const problem = thrownBy(() => connect('p', {config: given, environment, endpointUrl}));
			expect(problem).toMatchObject({
				code: 'endpoint-url',
				nextSteps: [`Correct ${origin}.`, expect.anything(), expect.anything()],
			});
			expect(JSON.stringify(problem)).not.toMatch(/bob|s3cr3t/);
		},
	);

	test('is for the default chain that of the profile that AWS_PROFILE names', () => {
		const at = (environment: NodeJS.ProcessEnv): string | undefined =>
			connect(defaultChain, {config, environment}).endpointUrl;
		expect(at({AWS_PROFILE: 'two'})).toBe('http://two');
		expect(at({AWS_PROFILE: ''})).toBeUndefined();
	});
});

describe('the region of calls that belong to no bucket', () => {
	const profiles = configOf({one: {region: 'eu-west-1'}, none: {}, default: {region: 'sa-east-1'}});
	const both = {AWS_REGION: 'ap-south-1', AWS_DEFAULT_REGION: 'ca-central-1'};

	test.each<readonly [string, NodeJS.ProcessEnv, string]>([
		['one', both, 'eu-west-1'],
		['none', both, 'ap-south-1'],
		['none', {AWS_DEFAULT_REGION: 'ca-central-1'}, 'ca-central-1'],
		['none', {}, 'us-east-1'],
		['none', {AWS_REGION: '', AWS_DEFAULT_REGION: ''}, 'us-east-1'],
		[defaultChain, both, 'ap-south-1'],
		[defaultChain, {AWS_PROFILE: 'one'}, 'eu-west-1'],
		[defaultChain, {}, 'sa-east-1'],
		[defaultChain, {AWS_PROFILE: '', AWS_REGION: ''}, 'sa-east-1'],
		[defaultChain, {AWS_PROFILE: 'none'}, 'us-east-1'],
	])('with profile %s and %j is %s', (profile, environment, region) => {
		expect(homeRegionOf(profile, {config: profiles, environment})).toBe(region);
	});

	test.each<readonly [string, NodeJS.ProcessEnv, string]>([
		['slip', {}, 'Cannot use the region “us-esat-1” of the profile slip'],
		[defaultChain, {AWS_REGION: 'mars-1'}, 'Cannot use the region “mars-1” of the default chain'],
	])('of %s and %j is refused before anything is asked', (profile, environment, headline) => {
		const slips = configOf({slip: {region: 'us-esat-1'}, default: {}});
		const problem = thrownBy(() => connect(profile, {config: slips, environment}));

		expect(problem).toMatchObject({code: 'unknown-region', headline});
		expect(problem.cause).toMatch(/Did you mean us-east-1|This version knows/);
	});

	test('may have any name where the endpoint is given', () => {
		const slips = configOf({slip: {region: 'garage'}});

		expect(
			connect('slip', {config: slips, environment: {}, endpointUrl: 'http://127.0.0.1:1'}).homeRegion,
		).toBe('garage');
	});
});

describe('a profile that does not exist', () => {
	const problemOf = (profiles: SharedConfig['profiles']): Problem =>
		thrownBy(() => connect('nobody', {config: configOf(profiles), environment: {}}));

	test('is a problem that names where it was looked for, and those there are', () => {
		expect(problemOf({one: {}, two: {}})).toMatchObject({
			code: 'unknown-profile',
			kind: 'fixable',
			headline: 'Cannot find the profile nobody',
			cause: 'Looked in /nowhere/config (absent) and /nowhere/credentials (absent).',
			nextSteps: ['Choose one of these: one, two.', expect.stringContaining('--sandbox')],
		});
	});

	test('is answered without a list as long as the file', () => {
		const many = Object.fromEntries(Array.from({length: 20}, (_, index) => [`p${index}`, {}]));
		expect(problemOf(many).nextSteps[0]).toMatch(/p7, …\.$/);
	});

	test('is answered with how to make one where there is none', () => {
		expect(problemOf({}).nextSteps[0]).toContain('aws configure');
	});
});
