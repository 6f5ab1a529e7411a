import {partition} from '@aws-sdk/core/client';
import {describe, expect, test} from 'vitest';
import {partitions} from '../../source/domain/partitions.js';
import {
	dnsSuffixOf,
	globalRegionOf,
	partitionOfRegion,
	regions,
	regionsOfPartition,
} from '../../source/domain/region.js';
import {findPartition, partitionIds} from '../../source/sandbox/world/partition.js';
import {partitionsFile, sdkPartitions} from '../support/sdk-partitions.js';

describe('what the program knows of partitions', () => {
	test('is what the SDK knows', async () => {
		const {path, text} = await partitionsFile();

		await expect(text).toMatchFileSnapshot(path);
	});

	test('leaves out no region of the SDK, and adds none', async () => {
		const names = (await sdkPartitions()).flatMap((one) => Object.keys(one.regions));

		expect(regions.map(({name}) => name).sort()).toEqual(
			names.filter((name) => !name.endsWith('-global')).sort(),
		);
	});

	// The SDK's own answer, for each region it knows and for some that open later.
	test.each([
		...regions.map(({name}) => name),
		'eu-west-9',
		'cn-south-7',
		'us-gov-north-1',
		'eusc-de-west-2',
		'us-iso-north-1',
		'us-isob-north-1',
		'eu-isoe-north-1',
		'us-isof-north-1',
	])('%s has the partition and the host names that the SDK gives it', (name) => {
		const {name: id, dnsSuffix} = partition(name);

		expect(partitionOfRegion(name)).toBe(id);
		expect(dnsSuffixOf(id)).toBe(dnsSuffix);
		expect(partition(globalRegionOf(id)).name).toBe(id);
	});

	test('has a list to choose from in every partition', () => {
		expect(partitions.map(({id}) => regionsOfPartition(id).length)).not.toContain(0);
	});

	test.each(partitionIds)('is what the sandbox serves of the partition %s', (id) => {
		const {dnsSuffix, globalRegions, home, regions: served} = findPartition(id);
		const names = regionsOfPartition(id).map(({name}) => name);

		expect([...served].sort()).toEqual(names.sort());
		expect(dnsSuffix).toBe(dnsSuffixOf(id));
		expect(globalRegions).toContain(globalRegionOf(id));
		expect(names).toEqual(expect.arrayContaining([home.source, home.destination]));
	});
});
