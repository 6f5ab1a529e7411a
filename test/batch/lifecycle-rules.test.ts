import {expect, it} from 'vitest';
import {lifecycleRulesOn} from '../../source/domain/batch/lifecycle-rules.js';

// Documented: S3 API Reference, LifecycleRule and LifecycleRuleFilter; the older form has the prefix beside the filter.
it.each([
	['every object', {Status: 'Enabled', Filter: {Prefix: ''}}, [''], 1],
	['no filter at all', {Status: 'Enabled'}, ['logs/'], 1],
	['a prefix within', {Status: 'Enabled', Filter: {Prefix: 'logs/old/'}}, ['logs/'], 1],
	['a prefix around', {Status: 'Enabled', Prefix: 'l'}, ['logs/'], 1],
	['a prefix with tags', {Status: 'Enabled', Filter: {And: {Prefix: 'logs/'}}}, ['tmp/', 'logs/'], 1],
	['other keys', {Status: 'Enabled', Filter: {Prefix: 'tmp/'}}, ['logs/'], 0],
	['other keys, older form', {Status: 'Enabled', Prefix: 'tmp/'}, ['logs/'], 0],
	['a rule that is off', {Status: 'Disabled', Filter: {Prefix: ''}}, ['logs/'], 0],
	['nothing that a job takes', {Status: 'Enabled', Filter: {Prefix: ''}}, [], 0],
] as const)('%s', (_name, rule, prefixes, count) => {
	const filters = prefixes.map((prefix) => ({prefix}));
	expect(lifecycleRulesOn([rule], filters)).toHaveLength(count);
});
