import {describe, expect, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {signInAdvice} from '../../source/aws/transport/sign-in-advice.js';
import {problemFrom} from '../../source/domain/problem.js';
import {seeHosts, sharedFiles} from './support/seen-hosts.js';

const config = `[sso-session work]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
[profile sso]
sso_session = work
sso_account_id = 111122223333
sso_role_name = r
[profile legacy]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = r
[profile login]
login_session = arn:aws:iam::111122223333:user/nobody
region = eu-west-1
[profile role]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = legacy
[profile far]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = role
[profile itself]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = itself
[profile container]
role_arn = arn:aws:iam::111122223333:role/r
credential_source = EcsContainer
[profile process]
credential_process = false
[profile web]
role_arn = arn:aws:iam::111122223333:role/r
web_identity_token_file = /nowhere/token
[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = x
[profile session]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = x
aws_session_token = y
[profile bare]
region = eu-west-1
`;

const inHand = {AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'};

// AWS CLI User Guide, "IAM Identity Center authentication": --sso-session names the section; `aws login` from 2.32 on.
describe('how somebody signs in fits the kind of the profile', () => {
	test.each<readonly [string, NodeJS.ProcessEnv, string | undefined, RegExp]>([
		['sso', {}, 'aws sso login --sso-session work', /^Sign in: aws sso login --sso-session work$/],
		['legacy', {}, 'aws sso login --profile legacy', /^Sign in: /],
		['login', {}, 'aws login --profile login', /2\.32/],
		['role', {}, 'aws sso login --profile legacy', /^Its role needs profile legacy first\. Sign in: /],
		['far', {}, 'aws sso login --profile legacy', /profile role first\. Its role needs profile legacy first/],
		['itself', {}, undefined, /Run this where/],
		['container', {}, undefined, /where EcsContainer gives credentials \(line 27 of \S+config\)/],
		['process', {}, undefined, /credential_process[\s\S]*export-credentials --profile process$/],
		['web', {}, undefined, /web_identity_token_file names \(line 32 of \S+config\)/],
		['keys', {}, undefined, /^Check aws_access_key_id and aws_secret_access_key in line 33 of/],
		['session', {}, undefined, /^Open a new session, and write its keys into line 36/],
		['bare', {}, undefined, /^Give it credentials in line 40/],
		['bare', {...inHand, AWS_PROFILE: 'bare'}, undefined, /^Set new keys: AWS_ACCESS_KEY_ID/],
		['nowhere', inHand, undefined, /^Set new keys: AWS_ACCESS_KEY_ID/],
		['nowhere', {...inHand, AWS_PROFILE: 'nowhere'}, undefined, /^Correct AWS_PROFILE, or take it away/],
		['nowhere', {}, undefined, /aws configure sso/],
	])('%s %j: %s', async (profile, environment, command, step) => {
		const advice = signInAdvice({profile, config: await sharedFiles({config}), environment});
		expect(advice.command?.join(' ')).toBe(command);
		expect(advice.step).toMatch(step);
	});

	test.each([
		['sso', 'aws sso login --sso-session work'],
		['legacy', 'aws sso login --profile legacy'],
		['login', 'aws login --profile login'],
		['role', 'aws sso login --profile legacy'],
		['bare', undefined],
	])('a call of %s that finds no credentials is told with it', async (profile, command) => {
		const shared = await sharedFiles({config});
		const {handler} = seeHosts();
		const problem = await connect(profile, {
			...{config: shared, environment: {}},
			transportOptions: {requestHandler: handler},
		})
			.identity.getCaller()
			.then(() => expect.unreachable(), problemFrom);
		expect(problem.signIn?.command?.join(' ')).toBe(command);
		expect(problem.nextSteps.join('\n').includes('sso login')).toBe(command?.includes('sso') ?? false);
	});
});
