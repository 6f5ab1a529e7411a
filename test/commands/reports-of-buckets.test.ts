import {CreateBucketCommand} from '@aws-sdk/client-s3';
import {describe, expect} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {destinationOf} from '../support/inhabited-world.js';
import type {RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {changesOf, report, toldBy} from './support/report-ground.js';

const mode = 'cross-region';
const {sourceBucket, destinationBucket} = tutorialNames(mode);

/** The tutorial between other buckets, with a test file. */
const applyTo = async (world: RecordedWorld, here: string, there: string) =>
	world.run(
		...['apply', '--yes', '--files', '1'],
		...tutorialArgs(mode).map((word) => word.replace(sourceBucket, here).replace(destinationBucket, there)),
	);

describe('buckets', () => {
	report(
		{
			from: 'https://github.com/aws-controllers-k8s/community/issues/1885',
			happened: 'a source with Object Lock was replicated to a bucket without',
			expected: 'refused before the first write; a new destination gets Object Lock, and a file arrives',
		},
		async (world) => {
			await world.one.source.send(
				new CreateBucketCommand({Bucket: sourceBucket, ObjectLockEnabledForBucket: true}),
			);
			await destinationOf(world.one, mode).send(
				new CreateBucketCommand({
					Bucket: destinationBucket,
					CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
				}),
			);
			const refused = await world.run('plan', ...tutorialArgs(mode));
			expect(toldBy(refused)).toContainEqual(['problem', 'destination-not-locked']);

			const applied = await applyTo(world, sourceBucket, 'new-and-locked');
			expect(changesOf(applied)).toMatchObject({'create-bucket:destination': 'create'});
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
		},
	);

	report(
		{
			from: 'https://github.com/ansible-collections/amazon.aws/issues/2935',
			happened: 'a bucket of an account’s own namespace was created without its header, and S3 refused it',
			expected: 'both are created, and a file arrives',
		},
		async (world) => {
			const [here, there] = ['data-111122223333-us-east-1-an', 'copy-111122223333-us-west-2-an'];
			const applied = await applyTo(world, here, there);
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
		},
	);
});
