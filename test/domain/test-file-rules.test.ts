import {describe, expect, test} from 'vitest';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {leftOut, testFileRules} from '../../source/domain/rule/test-file-rules.js';

function rule(
	bucket: string,
	Filter: ReplicationRule['Filter'] = {},
	changes: Partial<ReplicationRule> = {},
): ReplicationRule {
	return {Status: 'Enabled', Filter, Destination: {Bucket: `arn:aws:s3:::${bucket}`}, ...changes};
}

const tag = (Key: string, Value: string) => ({Tag: {Key, Value}});

describe('test files are named and tagged as the rules take them', () => {
	test.each<readonly [string, readonly ReplicationRule[], object | undefined]>([
		['nothing for no rule', [], undefined],
		['nothing for rules that are off', [rule('d', {}, {Status: 'Disabled'})], undefined],
		['nothing special for a whole bucket', [rule('d')], {rulePrefix: '', tags: {}, destinations: ['d']}],
		['a prefix', [rule('d', {Prefix: 'logs/'})], {rulePrefix: 'logs/', tags: {}, destinations: ['d']}],
		[
			'a prefix of the old schema',
			[{Status: 'Enabled', Prefix: 'logs/', Destination: {Bucket: 'arn:aws:s3:::d'}}],
			{rulePrefix: 'logs/', tags: {}, destinations: ['d']},
		],
		['a tag', [rule('d', tag('team', 'a'))], {rulePrefix: '', tags: {team: 'a'}, destinations: ['d']}],
		[
			'a tag with a name that objects of JavaScript have by themselves',
			[rule('d', tag('constructor', 'a'))],
			{rulePrefix: '', tags: {constructor: 'a'}, destinations: ['d']},
		],
		[
			'a prefix and tags',
			[
				rule('d', {
					And: {
						Prefix: 'x/',
						Tags: [
							{Key: 'a', Value: '1'},
							{Key: 'b', Value: '2'},
						],
					},
				}),
			],
			{rulePrefix: 'x/', tags: {a: '1', b: '2'}, destinations: ['d']},
		],
		[
			'the longer of two prefixes, if it meets both rules',
			[rule('d', {Prefix: 'logs/'}), rule('e', {Prefix: 'logs/2026/'})],
			{rulePrefix: 'logs/2026/', tags: {}, destinations: ['d', 'e']},
		],
		[
			'the tags of several rules',
			[rule('d', tag('a', '1')), rule('e'), rule('f', tag('b', '2'))],
			{rulePrefix: '', tags: {a: '1', b: '2'}, destinations: ['e', 'd', 'f']},
		],
		[
			'the first of two values of one tag',
			[rule('d', tag('a', '1')), rule('e', tag('a', '2'))],
			{rulePrefix: '', tags: {a: '1'}, destinations: ['d']},
		],
		[
			'the prefix with which most are met',
			[rule('d', {Prefix: 'a/'}), rule('e', {Prefix: 'b/'}), rule('f', {Prefix: 'b/c/'})],
			{rulePrefix: 'b/c/', tags: {}, destinations: ['e', 'f']},
		],
		[
			'each destination once',
			[rule('d'), rule('d', {Prefix: 'x/'})],
			{rulePrefix: '', tags: {}, destinations: ['d']},
		],
	])('%s', (_what, rules, expected) => {
		expect(testFileRules(rules)).toEqual(expected);
	});

	test.each<readonly [string, string, readonly ReplicationRule[], object]>([
		[
			'another prefix than that which most rules take',
			'a',
			[rule('d', {Prefix: 'a/'}, {ID: 'a'}), rule('e', {Prefix: 'b/'}), rule('f', {Prefix: 'b/c/'})],
			{rulePrefix: 'a/', tags: {}, destinations: ['d']},
		],
		[
			'the other of two values of one tag',
			'two',
			[rule('d', tag('a', '1'), {ID: 'one'}), rule('e', tag('a', '2'), {ID: 'two'}), rule('f')],
			{rulePrefix: '', tags: {a: '2'}, destinations: ['e', 'f']},
		],
		[
			'others beside it',
			'short',
			[rule('d', {Prefix: 'logs/'}, {ID: 'short'}), rule('e', {Prefix: 'logs/2026/'})],
			{rulePrefix: 'logs/2026/', tags: {}, destinations: ['d', 'e']},
		],
		[
			'what most take where the rule is off',
			'off',
			[rule('d', {Prefix: 'x/'}, {ID: 'off', Status: 'Disabled'}), rule('e')],
			{rulePrefix: '', tags: {}, destinations: ['e']},
		],
	])('where somebody wants a rule: %s', (_what, wanted, rules, expected) => {
		expect(testFileRules(rules, wanted)).toEqual(expected);
	});

	test('and what they do not reach is known', () => {
		const rules = [rule('d', tag('a', '1')), rule('e', tag('a', '2')), rule('f', {}, {Status: 'Disabled'})];
		const taken = testFileRules(rules);
		expect(taken && leftOut(rules, taken)).toEqual(['e']);
	});
});
