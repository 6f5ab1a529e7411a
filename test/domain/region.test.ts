import {describe, expect, test} from 'vitest';
import {partitionOfRegion, regionFault, regions, regionsOfPartition} from '../../source/domain/region.js';

describe('a region', () => {
	test.each(regions.map(({name}) => name))('%s is one', (name) => {
		expect(regionFault(name)).toBeUndefined();
	});

	test.each([
		['us-esat-1', 'There is no region us-esat-1. Did you mean us-east-1?'],
		['us-west-3', 'There is no region us-west-3. Did you mean us-west-1?'],
		['eu-wst-1', 'There is no region eu-wst-1. Did you mean eu-west-1?'],
		['US-EAST-1', 'There is no region US-EAST-1.'],
		['oregon', 'There is no region oregon.'],
		['', 'There is no region .'],
	])('%j is none', (name, fault) => {
		expect(regionFault(name)).toBe(fault);
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
	])('of %s is %s', (region, partition) => {
		expect(partitionOfRegion(region)).toBe(partition);
	});

	test('has its regions and no others', () => {
		expect(regionsOfPartition('aws-cn').map(({name}) => name)).toEqual(['cn-north-1', 'cn-northwest-1']);
		expect(regionsOfPartition('aws-us-gov').map(({name}) => name)).toEqual([
			'us-gov-east-1',
			'us-gov-west-1',
		]);
		expect(regionsOfPartition('aws')).toHaveLength(34);
	});

	test('aws has 17 regions that are always on', () => {
		expect(regionsOfPartition('aws').filter(({isOptIn}) => !isOptIn)).toHaveLength(17);
	});
});
