import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {describe, expect, test} from 'vitest';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {bucketOfArn, rolePathOf, shortIdentity} from '../../source/domain/arn.js';
import {applyCommand, undoCommandOf} from '../../source/domain/answers/command-line.js';
import {asciiLine} from '../../source/domain/text/ascii-text.js';
import {quoted} from '../../source/domain/text/shell-word.js';
import {durationText, sizeText} from '../../source/domain/text/duration-text.js';
import {replicationTitle} from '../../source/domain/answers/mode.js';
import {cancelled, fixable, ProblemError, problemFrom} from '../../source/domain/problem.js';
import {testFileBody, testFileFolder, testFileKey} from '../../source/domain/watch/test-file.js';

test.each([
	[0, '0 ms'],
	[340.4, '340 ms'],
	[999, '999 ms'],
	[999.6, '1.0 s'],
	[1000, '1.0 s'],
	[4250, '4.2 s'],
	[59_999, '59.9 s'],
	[60_000, '1:00'],
	[65_000, '1:05'],
	[3_599_999, '59:59'],
	[3_600_000, '1:00:00'],
	[7_389_000, '2:03:09'],
])('%d ms are written %s', (durationMs, text) => {
	expect(durationText(durationMs)).toBe(text);
});

test.each([
	[0, '0 B'],
	[1023, '1023 B'],
	[1024, '1.0 KB'],
	[1536, '1.5 KB'],
	[1_048_575, '1.0 MB'],
	[4 * 1024 ** 2, '4.0 MB'],
	[5 * 1024 ** 4, '5.0 TB'],
	[5000 * 1024 ** 4, '5000.0 TB'],
])('%d bytes are written %s', (sizeBytes, text) => {
	expect(sizeText(sizeBytes)).toBe(text);
});

test.each([
	['  ✓ a → b – “c” · d…', '  ok a -> b - "c" * d...'],
	['  ↻ Creating bucket', '  r Creating bucket'],
	['ok', 'ok'],
	['naïve ü', 'na?ve ?'],
	['{"key":"ü → 😀"}', String.raw`{"key":"\u00fc \u2192 \ud83d\ude00"}`],
])('%s is shown as %s where the locale has ASCII only', (line, shown) => {
	expect(asciiLine(line)).toBe(shown);
});

describe('a word for a shell', () => {
	test.each([
		['my-bucket', 'my-bucket'],
		['http://127.0.0.1:4566', 'http://127.0.0.1:4566'],
		['two words', "'two words'"],
		["it's", String.raw`'it'\''s'`],
		['$HOME', "'$HOME'"],
		['a;b', "'a;b'"],
		['*', "'*'"],
		['', "''"],
		['~', "'~'"],
		['\u001B[2Jevil', String.raw`$'\033[2Jevil'`],
		['two\nlines', String.raw`$'two\012lines'`],
		["a\r'b\\c!", String.raw`$'a\015\'b\\c\041'`],
		['\u202Egnp', String.raw`$'\342\200\256gnp'`],
		['\u001B7', String.raw`$'\0337'`],
		['é 😀', "'é 😀'"],
	])('%j is quoted as %s', (word, text) => {
		expect(quoted(word)).toBe(text);
	});
});

describe('the command that does the same', () => {
	test('names every answer and nothing that has its default', () => {
		expect(
			applyCommand(
				{
					environment: 'aws',
					mode: 'cross-account',
					sourceProfile: 'my profile',
					destinationProfile: 'theirs',
					sourceBucket: 'from-here',
					sourceRegion: 'us-east-1',
					destinationBucket: 'to-there',
					destinationRegion: 'us-west-2',
					roleName: 'role',
					ruleId: "Dana's rule",
					testFileCount: 3,
					testFileSizeBytes: 1024,
				},
				null,
			),
		).toBe(
			String.raw`s3-replicate apply --mode cross-account --source-profile 'my profile' --destination-profile theirs --source-bucket from-here --source-region us-east-1 --destination-bucket to-there --destination-region us-west-2 --role-name role --rule-id 'Dana'\''s rule' --files 3 --yes`,
		);
	});

	test.each([
		['cross-region', 's3crr_role_for_from-here', 'cross-region-rule'],
		['cross-account', 's3-cross-account-rep', 'cross-account-rule'],
	] as const)('is short: the role and the rule of %s go by their defaults', (mode, roleName, ruleId) => {
		const answers = {mode, sourceBucket: 'from-here', roleName, ruleId};
		const short = `s3-replicate apply --mode ${mode} --source-bucket from-here --yes`;
		expect(applyCommand(answers, null)).toBe(short);
		expect(applyCommand({...answers, sourceBucket: 'from-here', ruleId: 'mine'}, null)).toContain(
			'--rule-id mine',
		);
		expect(applyCommand({...answers, roleName: 'mine'}, null)).toContain('--role-name mine');
	});

	test('names what was chosen for the role', () => {
		const answers = {rolePath: '/teams/', permissionsBoundary: 'arn:aws:iam::aws:policy/B', keepsRole: true};
		expect(applyCommand(answers, null)).toBe(
			's3-replicate apply --role-path /teams/ --permissions-boundary arn:aws:iam::aws:policy/B --keep-role --yes',
		);
		expect(applyCommand({keepsRole: false}, null)).toBe('s3-replicate apply --yes');
	});

	test('names the sandbox, and then no endpoint', () => {
		expect(applyCommand({environment: 'sandbox'}, 'http://127.0.0.1:1')).toBe(
			's3-replicate apply --sandbox --yes',
		);
	});

	test.each(['cross-region', 'cross-account'] as const)(
		'leaves out what the sandbox proposes (%s)',
		(mode) => {
			const profiles = {cross: {'cross-region': 'source', 'cross-account': 'destination'}[mode]};
			const answers = {
				environment: 'sandbox',
				mode,
				sourceProfile: 'source',
				destinationProfile: profiles.cross,
				...tutorialNames(mode),
				testFileCount: 5,
			} as const;
			const words = {'cross-region': '', 'cross-account': ' --mode cross-account'}[mode];
			expect(applyCommand(answers, null)).toBe(`s3-replicate apply --sandbox${words} --yes`);
			expect(applyCommand({...answers, sourceBucket: 'mine'}, null)).toContain('--source-bucket mine');
		},
	);

	test('names the endpoint where it is not AWS', () => {
		expect(applyCommand({environment: 'aws'}, 'http://127.0.0.1:1')).toBe(
			's3-replicate apply --endpoint-url http://127.0.0.1:1 --yes',
		);
	});

	test('leaves out the default chain, which is what no profile means', () => {
		expect(applyCommand({sourceProfile: defaultChain, destinationProfile: defaultChain}, null)).toBe(
			's3-replicate apply --yes',
		);
	});

	test('names the destination’s profile across regions only where it is another', () => {
		expect(applyCommand({mode: 'cross-region', sourceProfile: 'a', destinationProfile: 'a'}, null)).toBe(
			's3-replicate apply --mode cross-region --source-profile a --yes',
		);
		expect(applyCommand({mode: 'cross-region', sourceProfile: 'a', destinationProfile: 'b'}, null)).toBe(
			's3-replicate apply --mode cross-region --source-profile a --destination-profile b --yes',
		);
	});

	test('names the size of the test files where it is another', () => {
		expect(applyCommand({testFileCount: 1, testFileSizeBytes: 9}, null)).toBe(
			's3-replicate apply --files 1 --file-size 9 --yes',
		);
	});

	test('ties a value that looks like an option to its own', () => {
		expect(applyCommand({ruleId: '--all'}, null)).toBe('s3-replicate apply --rule-id=--all --yes');
		expect(applyCommand({ruleId: '-a b'}, null)).toBe("s3-replicate apply --rule-id='-a b' --yes");
	});

	test('offers what would steer a terminal in a form that is harmless and the same', () => {
		expect(applyCommand({ruleId: '-\u001B[2J'}, null)).toBe(
			String.raw`s3-replicate apply --rule-id=$'-\033[2J' --yes`,
		);
		expect(undoCommandOf('run\u0007', 'http://a/\u009B')).toBe(
			String.raw`s3-replicate undo $'run\007' --endpoint-url $'http://a/\302\233'`,
		);
	});
});

test.each([
	['cross-region', 'us-east-1', 'us-west-2', 'Cross-Region Replication'],
	['cross-region', 'us-east-1', 'us-east-1', 'Same-Region Replication'],
	['cross-region', undefined, undefined, 'Cross-Region Replication'],
	['cross-account', 'us-east-1', 'us-east-1', 'Cross-Account Replication'],
] as const)('%s from %s to %s is called %s', (mode, source, destination, title) => {
	expect(replicationTitle(mode, source, destination)).toBe(title);
});

test.each([
	['arn:aws:iam::111122223333:user/dana', 'user/dana'],
	['arn:aws:sts::111122223333:assumed-role/Admin/dana', 'Admin/dana'],
	['arn:aws:iam::111122223333:root', 'root'],
	['arn:aws:sts::111122223333:federated-user/a:b', 'federated-user/a:b'],
])('the caller %s is shown as %s', (arn, text) => {
	expect(shortIdentity(arn)).toBe(text);
});

test.each([
	['arn:aws:iam::111122223333:role/mine', '/'],
	['arn:aws:iam::111122223333:role/service-role/mine', '/service-role/'],
	['arn:aws-cn:iam::111122223333:role/a/b/mine', '/a/b/'],
])('the role %s has the path %s', (arn, path) => {
	expect(rolePathOf(arn)).toBe(path);
});

test('a bucket’s name is read from its ARN in every partition', () => {
	expect(bucketOfArn('arn:aws:s3:::one')).toBe('one');
	expect(bucketOfArn('arn:aws-us-gov:s3:::two.three')).toBe('two.three');
});

describe('a test file', () => {
	test('has its run and number in its key', () => {
		expect(testFileKey(testFileFolder('run-1'), 7)).toBe('s3-replicate-test/run-1/00007.txt');
		expect(testFileKey(testFileFolder('run-1'), 123_456)).toBe('s3-replicate-test/run-1/123456.txt');
	});

	test('is where a rule takes it that has a prefix', () => {
		expect(testFileFolder('run-1', 'logs/')).toBe('logs/s3-replicate-test/run-1/');
	});

	test.each([0, 1, 60, 1024, 5000])('of %i bytes has exactly so many', (sizeBytes) => {
		expect(testFileBody('s3-replicate-test/run-1/', sizeBytes).byteLength).toBe(sizeBytes);
	});
});

describe('whatever is thrown', () => {
	const problem = fixable('code', 'Cannot', 'because', ['step']);

	test('comes out as the problem it carries', () => {
		expect(problemFrom(new ProblemError(problem))).toBe(problem);
	});

	test('comes out as a cancellation where it was stopped', () => {
		expect(problemFrom(new DOMException('stopped', 'AbortError'))).toBe(cancelled);
	});

	test.each([
		[new TypeError('x is not a function'), 'TypeError: x is not a function'],
		['text', 'text'],
		[undefined, 'undefined'],
	])('comes out as a bug of ours otherwise: %s', (thrown, cause) => {
		expect(problemFrom(thrown)).toMatchObject({code: 'unexpected', kind: 'bug', cause});
	});
});
