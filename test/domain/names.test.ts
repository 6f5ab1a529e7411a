import {describe, expect, test} from 'vitest';
import {
	boundaryFault,
	defaultRoleName,
	defaultRuleId,
	roleNameFault,
	rolePathFault,
	ruleIdFault,
} from '../../source/domain/answers/role-name.js';
import {rolePolicyName} from '../../source/domain/role/role-policy-name.js';
import {stableName} from '../../source/domain/stable-name.js';

describe('the name of a role', () => {
	test.each(['r', 'a'.repeat(64), 's3-cross-account-rep', 'With_All+Of=These,And.@-1'])(
		'may be %s',
		(name) => {
			expect(roleNameFault(name)).toBeUndefined();
		},
	);

	test.each([
		['', /needs a name/],
		['a'.repeat(65), /at most 64 characters; this has 65/],
		['my role', /this has “ ”/],
		['service-role/mine', /this has “\/”/],
		['rôle', /this has “ô”/],
		['role😀', /this has “😀”/],
	])('is not %j', (name, fault) => {
		expect(roleNameFault(name)).toMatch(fault);
	});
});

describe('the path of a role', () => {
	test.each(['/', '/service-role/', '/a/b-c/d.e/', `/${'a'.repeat(510)}/`])('may be %s', (path) => {
		expect(rolePathFault(path)).toBeUndefined();
	});

	test.each([
		['', /begins and ends with a slash/],
		['service-role/', /begins and ends/],
		['/service-role', /begins and ends/],
		['//', /Between two slashes/],
		['/my roles/', /this has “ ”/],
		['/rôles/', /this has “ô”/],
		[`/${'a'.repeat(511)}/`, /at most 512 characters; this has 513/],
	])('is not %j', (path, fault) => {
		expect(rolePathFault(path)).toMatch(fault);
	});
});

describe('the ARN of a permissions boundary', () => {
	test.each([
		'arn:aws:iam::111122223333:policy/bound',
		'arn:aws-cn:iam::111122223333:policy/teams/bound',
		'arn:aws:iam::aws:policy/AdministratorAccess',
	])('may be %s', (arn) => {
		expect(boundaryFault(arn)).toBeUndefined();
	});

	test.each(['', 'bound', 'arn:aws:iam::111122223333:role/bound', 'arn:aws:iam::1:policy/bound'])(
		'is not %j',
		(arn) => {
			expect(boundaryFault(arn)).toMatch(/is a managed policy/);
		},
	);
});

describe('the name of a rule', () => {
	test.each(['r', 'a'.repeat(255), 'Everything, to Oregon (~all)'])('may be %s', (id) => {
		expect(ruleIdFault(id)).toBeUndefined();
	});

	test.each([
		['', /needs a name/],
		['a'.repeat(256), /at most 255 characters; this has 256/],
		['règle', /only ASCII/],
		['two\nlines', /only ASCII/],
	])('is not %j', (id, fault) => {
		expect(ruleIdFault(id)).toMatch(fault);
	});
});

describe('the default names', () => {
	test('are the tutorials’ own', () => {
		expect(defaultRoleName('cross-region', 'my-us-east-1')).toBe('s3crr_role_for_my-us-east-1');
		expect(defaultRoleName('cross-account', 'my-source-account')).toBe('s3-cross-account-rep');
		expect(defaultRuleId('cross-region')).toBe('cross-region-rule');
		expect(defaultRuleId('cross-account')).toBe('cross-account-rule');
	});

	test('of a role fit into IAM’s 64 characters for every length of bucket name', () => {
		const names = Array.from({length: 61}, (_, index) =>
			defaultRoleName('cross-region', 'b'.repeat(index + 3)),
		);
		expect(names.map(roleNameFault).filter(Boolean)).toEqual([]);
		expect(new Set(names).size).toBe(61);
		expect(names[46]).toBe(`s3crr_role_for_${'b'.repeat(49)}`);
		expect(names[47]).toHaveLength(64);
		expect(names[47]).toMatch(/^s3crr_role_for_b{40}-[0-9a-f]{8}$/);
	});
});

describe('a stable name', () => {
	test('is the name itself up to the limit', () => {
		expect(stableName('a'.repeat(64), 64)).toBe('a'.repeat(64));
	});

	test('is the same every time', () => {
		// Written down from another FNV-1a, because a role made by one version has to be found by the next.
		expect(stableName('s3crr_role_for_'.padEnd(78, 'x'), 64)).toBe(
			's3crr_role_for_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-152fd5b2',
		);
	});

	test('differs where names differ behind the cut only', () => {
		const names = Array.from({length: 5000}, (_, index) => stableName(`${'x'.repeat(60)}${index}`, 40));
		expect(new Set(names).size).toBe(5000);
		expect(new Set(names.map(({length}) => length))).toEqual(new Set([40]));
	});
});

describe('the name of a role’s policy', () => {
	const part = (length: number, end: string): string => 'b'.repeat(length - 1) + end;
	const lengths = [3, 40, 57, 58, 62, 63];

	test('tells the program and the pair', () => {
		expect(rolePolicyName('my-us-east-1', 'my-us-west-2')).toBe('s3-replicate+my-us-east-1+my-us-west-2');
	});

	test('is never the same for two pairs, and within IAM’s 128 characters', () => {
		const buckets = lengths.flatMap((length) => [part(length, '1'), part(length, '2')]);
		const names = buckets.flatMap((left) => buckets.map((right) => rolePolicyName(left, right)));
		expect(new Set(names).size).toBe(buckets.length ** 2);
		expect(Math.max(...names.map(({length}) => length))).toBeLessThanOrEqual(128);
		expect(names.filter((name) => !/^[\w+=,.@-]+$/.test(name))).toEqual([]);
	});

	test('has both bucket names in full, so that nothing can make two alike', () => {
		const [source, destination] = [part(63, '1'), part(63, '2')];
		expect(rolePolicyName(source, destination)).toBe(`${source}+${destination}`);
	});

	test('tells a pair from its mirror', () => {
		expect(rolePolicyName('one', 'two')).not.toBe(rolePolicyName('two', 'one'));
	});
});
