import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Problem} from '../../source/domain/problem.js';
import {missingAnswers, requestFrom} from '../../source/domain/answers/request.js';

const complete: Answers = {
	mode: 'cross-account',
	sourceProfile: 'mine',
	destinationProfile: 'theirs',
	sourceBucket: 'from-here',
	destinationBucket: 'to-there',
};

function problemsOf(answers: Answers): readonly Problem[] {
	const result = requestFrom(answers);
	return 'problems' in result ? result.problems : [];
}

const centralArn = 'arn:aws:iam::111122223333:role/service-role/central';

describe('what is missing', () => {
	test.each<readonly [string, Answers, readonly string[]]>([
		['nothing given', {}, ['mode', 'sourceBucket', 'destinationBucket']],
		['a mode only', {mode: 'cross-region'}, ['sourceBucket', 'destinationBucket']],
		[
			'a mode that needs both profiles',
			{mode: 'cross-account'},
			['sourceBucket', 'destinationBucket', 'sourceProfile', 'destinationProfile'],
		],
		['everything given', complete, []],
	])('with %s', (_what, answers, missing) => {
		expect(missingAnswers(answers)).toEqual(missing);
	});

	test('is named all at once, by the flags that answer it', () => {
		expect(problemsOf({mode: 'cross-account'})).toEqual([
			expect.objectContaining({
				code: 'missing-answers',
				kind: 'fixable',
				headline: 'Cannot start: 4 options are missing',
				cause:
					'Missing without questions: --source-bucket, --destination-bucket, --source-profile, --destination-profile.',
			}),
		]);
		expect(problemsOf({...complete, destinationProfile: undefined})[0]?.headline).toBe(
			'Cannot start: --destination-profile is missing',
		);
	});

	test('leads to a hand-over where no profile of the destination’s account is named, and nowhere else', () => {
		const stepsWithout = (name: keyof Answers) =>
			problemsOf({...complete, [name]: undefined})[0]?.nextSteps ?? [];
		expect(stepsWithout('destinationProfile')).toContain(
			'No profile of the destination’s account? Hand over to its owner: s3-replicate export --for destination',
		);
		expect(stepsWithout('sourceProfile').join(' ')).not.toContain('export');
	});

	test('does not keep what is wrong from being named too', () => {
		const problems = problemsOf({sourceBucket: 'Wrong', destinationRegion: 'us-esat-1', ruleId: ''});
		expect(problems.map(({code}) => code)).toEqual([
			'missing-answers',
			'bucket-name',
			'unknown-region',
			'rule-name',
		]);
	});
});

describe('what is wrong', () => {
	test('is named all at once, each with a next step', () => {
		const problems = problemsOf({
			...complete,
			sourceBucket: 'Same',
			destinationBucket: 'Same',
			sourceRegion: 'mars-1',
			destinationRegion: 'us-esat-1',
			roleName: 'a role',
			ruleId: 'é',
		});
		expect(problems.map(({code}) => code)).toEqual([
			'bucket-name',
			'unknown-region',
			'bucket-name',
			'unknown-region',
			'role-name',
			'rule-name',
			'same-bucket',
		]);
		expect(problems.every(({nextSteps, kind}) => nextSteps.length > 0 && kind === 'fixable')).toBe(true);
		expect(problems[0]).toMatchObject({
			headline: 'Cannot use “Same” as the source bucket',
			cause: 'A bucket name has no capital letters.',
			nextSteps: ['Give another name with --source-bucket.'],
		});
	});

	test('are regions that no replication joins', () => {
		const problems = problemsOf({...complete, sourceRegion: 'us-east-1', destinationRegion: 'cn-north-1'});
		expect(problems).toMatchObject([
			{code: 'regions-of-two-partitions', cause: 'us-east-1 is in aws, cn-north-1 is in aws-cn.'},
		]);
	});

	test('in a bucket’s name is not said again of the role that would be named after it', () => {
		const problems = problemsOf({
			mode: 'cross-region',
			sourceBucket: 'my bucket',
			destinationBucket: 'to-there',
		});
		expect(problems.map(({code}) => code)).toEqual(['bucket-name']);
	});
});

describe('a request', () => {
	test('across regions has one profile, the default chain where none is given, and the tutorial’s names', () => {
		expect(requestFrom({mode: 'cross-region', sourceBucket: 'one', destinationBucket: 'two'})).toEqual({
			ok: true,
			request: {
				mode: 'cross-region',
				source: {profile: '(default chain)', bucket: 'one', region: undefined},
				destination: {profile: '(default chain)', bucket: 'two', region: undefined},
				roleName: 's3crr_role_for_one',
				isRoleChosen: false,
				ruleId: 'cross-region-rule',
				isRuleNameFree: true,
				rule: {},
			},
		});
	});

	test('keeps every answer given', () => {
		const answers: Answers = {
			...complete,
			sourceRegion: 'eu-west-1',
			destinationRegion: 'ap-south-1',
			roleName: 'my-role',
			rolePath: '/teams/',
			permissionsBoundary: 'arn:aws:iam::111122223333:policy/bound',
			keepsRole: true,
			ruleId: 'my-rule',
			prefix: 'logs/',
			tags: ['team=red', 'of=a=b'],
			storageClass: 'GLACIER_IR',
			metrics: true,
			priority: 7,
			ownerOverride: true,
		};
		expect(requestFrom(answers)).toEqual({
			ok: true,
			request: {
				mode: 'cross-account',
				source: {profile: 'mine', bucket: 'from-here', region: 'eu-west-1'},
				destination: {profile: 'theirs', bucket: 'to-there', region: 'ap-south-1'},
				roleName: 'my-role',
				isRoleChosen: true,
				rolePath: '/teams/',
				permissionsBoundary: 'arn:aws:iam::111122223333:policy/bound',
				keepsRole: true,
				ruleId: 'my-rule',
				isRuleNameFree: false,
				rule: {
					prefix: 'logs/',
					tags: ['team=red', 'of=a=b'],
					storageClass: 'GLACIER_IR',
					metrics: true,
					priority: 7,
					ownerOverride: true,
				},
			},
		});
	});

	test.each<readonly [Answers]>([
		[{rolePath: '/teams/'}],
		[{permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}],
		[{roleName: 's3-cross-account-rep'}],
	])('with %j has a role that a person chose', (answers) => {
		expect(requestFrom({...complete, ...answers})).toMatchObject({request: {isRoleChosen: true}});
	});

	test('with the ARN of a role has its name, and nothing that a role name would do', () => {
		expect(requestFrom({...complete, roleArn: centralArn, keepsRole: false})).toMatchObject({
			ok: true,
			request: {roleName: 'central', roleArn: centralArn, isRoleChosen: true},
		});
	});

	test.each<readonly [Answers, string]>([
		[{rolePath: 'teams'}, 'role-path'],
		[{permissionsBoundary: 'ReadOnlyAccess'}, 'permissions-boundary'],
		...[
			'central',
			'/service-role/central',
			'arn:aws:iam::111122223333:user/dana',
			'arn:aws:iam::111122223333:policy/central',
			'arn:aws:iam::111122223333:role/service-role/',
			'arn:aws:iam::111122223333:role',
			'arn:aws:iam::1111:role/central',
			'arn:aws:sts::111122223333:assumed-role/central/dana',
			'arn:aws:s3:::central',
			'arn:awz:iam::111122223333:role/central',
			'arn:aws:iam::111122223333:role/cen*tral',
			'arn:aws:iam::111122223333:role//central',
		].map((roleArn): [Answers, string] => [{roleArn}, 'role-arn']),
		...(
			[
				{roleName: 'central'},
				{rolePath: '/'},
				{permissionsBoundary: 'arn:aws:iam::aws:policy/B'},
				{keepsRole: true},
			] as const
		).map((other): [Answers, string] => [{...other, roleArn: centralArn}, 'role-arn-alone']),
		[{sourceRegion: 'cn-north-1', roleArn: centralArn}, 'role-of-another-partition'],
		[{prefix: 'x'.repeat(1025)}, 'rule-prefix'],
		[{tags: ['team']}, 'rule-tag'],
		[{tags: ['=red']}, 'rule-tag'],
		[{tags: ['aws:team=red']}, 'rule-tag'],
		[{tags: ['team=r\u0007d']}, 'rule-tag'],
		[{tags: ['team=red', 'team=blue']}, 'tag-key-twice'],
		[{tags: Array.from({length: 11}, (_, index) => `k${index}=v`)}, 'too-many-tags'],
		[{tags: ['team=red'], deleteMarkers: true}, 'delete-markers-with-tags'],
		[
			{mode: 'cross-region', destinationProfile: undefined, ownerOverride: true},
			'owner-override-in-one-account',
		],
	])('with %j is none, and says so: %s', (answers, code) => {
		expect(requestFrom({...complete, ...answers})).toMatchObject({ok: false, problems: [{code}]});
	});
});
