import {describe, expect, test} from 'vitest';
import {
	homeRegionFault,
	partitionOfRegion,
	regionFault,
	regions,
	regionsOfPartition,
} from '../../source/domain/region.js';

const all =
	'This version knows 48, which begin with af-, ap-, ca-, cn-, eu-, eusc-, il-, me-, mx-, sa-, us-.';

describe('a region', () => {
	test.each(regions.map(({name}) => name))('%s is one', (name) => {
		expect(regionFault(name)).toBeUndefined();
	});

	test.each([
		['us-esat-1', 'There is no region us-esat-1. Did you mean us-east-1?'],
		['us-west-3', 'There is no region us-west-3. Did you mean us-west-1?'],
		['eu-wst-1', 'There is no region eu-wst-1. Did you mean eu-west-1?'],
		[
			'us-northeast-77',
			'There is no region us-northeast-77. This version knows us-east-1, us-east-2, us-west-1, us-west-2, us-iso-east-1, us-iso-west-1, us-isob-east-1, us-isob-west-1, us-isof-east-1, us-isof-south-1, us-gov-east-1, us-gov-west-1.',
		],
		['cn-northsouth-1', 'There is no region cn-northsouth-1. This version knows cn-north-1, cn-northwest-1.'],
		['US-EAST-1', `There is no region US-EAST-1. ${all}`],
		['oregon', `There is no region oregon. ${all}`],
		['', `There is no region . ${all}`],
	])('%j is none', (name, fault) => {
		expect(regionFault(name)).toBe(fault);
	});

	test.each([
		'us-east-1',
		'aws-global',
		'aws-cn-global',
		'aws-iso-b-global',
		'fips-us-east-1',
		'us-west-2-fips',
	])('%s may be the region of a profile', (name) => {
		expect(homeRegionFault(name)).toBeUndefined();
	});

	test.each(['us-esat-1', 'fips-us-esat-1', 'global', ''])('%j may not', (name) => {
		expect(homeRegionFault(name)).toContain('There is no region');
	});

	test('is in the table once', () => {
		expect(new Set(regions.map(({name}) => name)).size).toBe(regions.length);
	});
});

describe('a partition', () => {
	test.each([
		['us-east-1', 'aws'],
		['mx-central-1', 'aws'],
		['cn-north-1', 'aws-cn'],
		['us-gov-west-1', 'aws-us-gov'],
		['eusc-de-east-1', 'aws-eusc'],
		['us-iso-west-1', 'aws-iso'],
		['us-isob-east-1', 'aws-iso-b'],
		['eu-isoe-west-1', 'aws-iso-e'],
		['us-isof-south-1', 'aws-iso-f'],
	])('of %s is %s', (region, partition) => {
		expect(partitionOfRegion(region)).toBe(partition);
	});

	test('has its regions and no others', () => {
		expect(regionsOfPartition('aws-cn').map(({name}) => name)).toEqual(['cn-north-1', 'cn-northwest-1']);
		expect(regionsOfPartition('aws-us-gov').map(({name}) => name)).toEqual([
			'us-gov-east-1',
			'us-gov-west-1',
		]);
		expect(regionsOfPartition('aws')).toHaveLength(36);
	});

	test('aws has 17 regions that are always on', () => {
		expect(regionsOfPartition('aws').filter(({isOptIn}) => !isOptIn)).toHaveLength(17);
	});
});
