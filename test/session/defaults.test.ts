import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Profile} from '../../source/domain/profile.js';
import {bucketNameFault} from '../../source/domain/answers/bucket-name.js';
import {completedAnswers, defaultsOf} from '../../source/session/state/defaults.js';
import type {SessionState} from '../../source/session/state/session-state.js';
import {newSession} from './support/new-session.js';

const sandboxProfiles: readonly Profile[] = [
	{name: 'source', kind: 'keys', region: 'us-east-1', accountId: '111122223333'},
	{name: 'destination', kind: 'keys', region: 'us-west-2', accountId: '444455556666'},
];

function stateOf(
	answers: Answers,
	profiles = sandboxProfiles,
	known: SessionState['identities'] = {},
): SessionState {
	return {
		...newSession(answers).getState(),
		profiles: {state: 'ready', value: profiles},
		identities: known,
	};
}

function caller(accountId: string, partition = 'aws'): SessionState['identities'][string] {
	return {state: 'ready', value: {accountId, arn: `arn:${partition}:iam::${accountId}:root`, partition}};
}

describe('in the sandbox the defaults are the tutorials’ own', () => {
	test('for Cross-Region Replication', () => {
		expect(defaultsOf(stateOf({environment: 'sandbox'}))).toMatchObject({
			mode: 'cross-region',
			sourceProfile: 'source',
			destinationProfile: 'source',
			sourceRegion: 'us-east-1',
			destinationRegion: 'us-west-2',
			sourceBucket: 'my-us-east-1',
			destinationBucket: 'my-us-west-2',
			roleName: 's3crr_role_for_my-us-east-1',
			ruleId: 'cross-region-rule',
			testFileCount: 5,
			testFileSizeBytes: 1024,
		});
	});

	test('for Cross-Account Replication', () => {
		expect(defaultsOf(stateOf({environment: 'sandbox', mode: 'cross-account'}))).toMatchObject({
			sourceProfile: 'source',
			destinationProfile: 'destination',
			sourceRegion: 'us-east-1',
			destinationRegion: 'us-west-2',
			sourceBucket: 'my-source-account',
			destinationBucket: 'my-destination-account',
			roleName: 's3-cross-account-rep',
			ruleId: 'cross-account-rule',
		});
	});
});

describe('on AWS names are made unique', () => {
	test('by the account’s id, each by its own', () => {
		const known = {source: caller('111122223333'), destination: caller('444455556666')};
		expect(
			defaultsOf(stateOf({environment: 'aws', mode: 'cross-account'}, sandboxProfiles, known)),
		).toMatchObject({
			sourceBucket: 'my-source-account-111122223333',
			destinationBucket: 'my-destination-account-444455556666',
		});
	});

	test('by a few random letters where the account is not known yet', () => {
		expect(defaultsOf(stateOf({environment: 'aws'}))).toMatchObject({
			sourceBucket: 'my-us-east-1-x7k2',
			destinationBucket: 'my-us-west-2-x7k2',
			roleName: 's3crr_role_for_my-us-east-1-x7k2',
		});
	});

	test('and keep every naming rule in every region', () => {
		const known = {source: caller('111122223333')};
		const {sourceBucket, destinationBucket} = defaultsOf(
			stateOf(
				{environment: 'aws', sourceRegion: 'ap-southeast-1', destinationRegion: 'ap-southeast-1'},
				sandboxProfiles,
				known,
			),
		);
		expect([bucketNameFault(sourceBucket), bucketNameFault(destinationBucket)]).toEqual([
			undefined,
			undefined,
		]);
	});
});

describe('two buckets', () => {
	test('of one region have two names', () => {
		const answers: Answers = {
			environment: 'sandbox',
			sourceRegion: 'eu-west-1',
			destinationRegion: 'eu-west-1',
		};
		expect(defaultsOf(stateOf(answers))).toMatchObject({
			sourceBucket: 'my-eu-west-1',
			destinationBucket: 'my-eu-west-1-replica',
		});
	});

	test('have two names where the source was given the one of the destination', () => {
		expect(
			defaultsOf(stateOf({environment: 'sandbox', sourceBucket: 'my-us-west-2'})).destinationBucket,
		).toBe('my-us-west-2-replica');
	});

	test('of a source in us-west-2 are still in two regions', () => {
		const {sourceRegion, destinationRegion} = completedAnswers(
			stateOf({environment: 'sandbox', sourceRegion: 'us-west-2'}),
		);
		expect([sourceRegion, destinationRegion]).toEqual(['us-west-2', 'us-east-1']);
	});

	test('are both in the caller’s partition', () => {
		const profiles: readonly Profile[] = [{name: 'gov', kind: 'keys'}];
		const state = stateOf({environment: 'aws'}, profiles, {gov: caller('111122223333', 'aws-us-gov')});
		expect(defaultsOf(state)).toMatchObject({
			sourceRegion: 'us-gov-east-1',
			destinationRegion: 'us-gov-west-1',
		});
	});
});

describe('the answers with a default in every gap', () => {
	test('are what was answered, and defaults that follow from it', () => {
		expect(
			completedAnswers(
				stateOf({environment: 'sandbox', sourceBucket: 'mine', ruleId: 'all', roleName: undefined}),
			),
		).toMatchObject({
			sourceBucket: 'mine',
			ruleId: 'all',
			roleName: 's3crr_role_for_mine',
			destinationBucket: 'my-us-west-2',
		});
	});

	test('have AWS preselected where there is a profile, else the sandbox', () => {
		const state = stateOf({});
		expect(defaultsOf(state).environment).toBe('sandbox');
		expect(defaultsOf({...state, awsProfiles: {state: 'ready', value: sandboxProfiles}}).environment).toBe(
			'aws',
		);
		expect(defaultsOf({...state, awsProfiles: {state: 'ready', value: []}}).environment).toBe('sandbox');
	});
});

describe('profiles called source and destination', () => {
	test('are proposed for what they are called, whatever their order', () => {
		const answers: Answers = {environment: 'aws', mode: 'cross-account'};

		expect(defaultsOf(stateOf(answers, [...sandboxProfiles].reverse()))).toMatchObject({
			sourceProfile: 'source',
			destinationProfile: 'destination',
		});
	});
});
