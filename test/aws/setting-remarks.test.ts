import {describe, expect, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {sharedFiles} from './support/seen-hosts.js';

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x';
const inHand = {
	...{AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'},
	...{AWS_SESSION_TOKEN: 'y', AWS_ACCOUNT_ID: '444455556666'},
};

async function connected(profile: string, environment: NodeJS.ProcessEnv, more = '') {
	const config = await sharedFiles({
		config: `[profile own]\n${keys}\n${more}\n[profile bare]\nregion = eu-west-1\n`,
	});
	return connect(profile, {config, environment});
}

// botocore, utils.ensure_boolean: `true` in any case is true, everything else false.
describe('an odd boolean', () => {
	test.each<readonly [string, NodeJS.ProcessEnv, string, RegExp]>([
		['use_fips_endpoint = 1', {}, 'use_fips_endpoint “1” counts as false', /line 4 of \S+config/],
		['use_dualstack_endpoint = yes', {}, 'use_dualstack_endpoint “yes” counts as false', /line 4/],
		[
			'',
			{AWS_USE_FIPS_ENDPOINT: 'on'},
			'AWS_USE_FIPS_ENDPOINT “on” counts as false',
			/variable AWS_USE_FIPS/,
		],
		[
			'',
			{AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'T'},
			'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS “T” counts as false',
			/./,
		],
	])('is named: %s %j', async (more, environment, headline, cause) => {
		const {settingRemarks} = await connected('own', environment, more);
		expect(settingRemarks).toMatchObject([{code: 'odd-boolean', headline}]);
		expect(settingRemarks[0]?.cause).toMatch(cause);
	});

	test.each<readonly [string, NodeJS.ProcessEnv]>([
		['use_fips_endpoint = TRUE', {}],
		['use_fips_endpoint = False', {}],
		['', {AWS_USE_FIPS_ENDPOINT: ''}],
		['', {AWS_PROFILE: 'own'}],
	])('is none of these: %s %j', async (more, environment) => {
		expect((await connected('own', environment, more)).settingRemarks).toEqual([]);
	});
});

// Measured with the SDK 3.1169 and the AWS CLI 1.45: docs/aws-facts.md, 12.3.
describe('keys in the environment beside AWS_PROFILE', () => {
	test.each<readonly [string, NodeJS.ProcessEnv, readonly string[]]>([
		['own', {...inHand, AWS_PROFILE: 'own'}, ['keys-beside-profile']],
		[defaultChain, {...inHand, AWS_PROFILE: 'own'}, ['keys-beside-profile']],
		['bare', {...inHand, AWS_PROFILE: 'bare'}, ['keys-of-environment']],
		[defaultChain, {...inHand, AWS_PROFILE: 'bare'}, ['keys-of-environment']],
		['own', inHand, []],
		['own', {...inHand, AWS_PROFILE: 'bare'}, []],
		[defaultChain, inHand, []],
		['own', {AWS_PROFILE: 'own'}, []],
	])('%s %j: %j', async (profile, environment, codes) => {
		const {settingRemarks} = await connected(profile, environment);
		expect(settingRemarks.map(({code}) => code)).toEqual(codes);
	});

	test.each(['bare', defaultChain])('are used where the profile has none: %s', async (profile) => {
		const {identity, homeRegion} = await connected(profile, {...inHand, AWS_PROFILE: 'bare'});
		expect(await identity.knownAccountId()).toBe('444455556666');
		expect(await identity.getSession()).toEqual({isTemporary: true, expiresAt: undefined});
		expect(homeRegion).toBe('eu-west-1');
	});

	test('are not used for a profile that is named otherwise, nor where it has its own', async () => {
		const other = await connected('bare', inHand);
		await expect(other.identity.getSession()).rejects.toThrow('no credentials');
		const own = await connected('own', {...inHand, AWS_PROFILE: 'own'});
		expect(await own.identity.getSession()).toMatchObject({isTemporary: false});
	});
});
