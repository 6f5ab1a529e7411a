import {
	HeadObjectCommand,
	PutBucketOwnershipControlsCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {destinationOf} from '../support/inhabited-world.js';
import type {ProgramResult} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {sampled} from '../support/sampled.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {until} from '../support/until.js';
import {createBuckets, toldBy} from './support/report-ground.js';

const cells = (['cross-region', 'cross-account'] as const).flatMap((mode) =>
	(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const).flatMap((ownership) =>
		[false, true].flatMap((isTwoWay) =>
			[false, true].flatMap((hasKeys) =>
				// One account has nobody to give them to: refused.
				(mode === 'cross-region' ? [false] : [false, true]).map((overrides) => ({
					...{mode, ownership, isTwoWay, hasKeys, overrides},
				})),
			),
		),
	),
);

const ownerCodes = ['replicas-of-source-account', 'replica-changes-stay'];
const warningsIn = (result: ProgramResult): readonly unknown[] => [
	...new Set(toldBy(result).flatMap(([, code]) => (ownerCodes.includes(String(code)) ? [code] : []))),
];

// Documented: S3 User Guide, "Changing the replica owner", "Controlling ownership of objects" and "What does Amazon S3 replicate?".
it.each(sampled('owners of replicas', cells, 0.4))(
	'tells beforehand who may read replicas and whether their changes come back: $mode $ownership, two-way $isTwoWay, keys $hasKeys, override $overrides',
	async ({mode, ownership, isTwoWay, hasKeys, overrides}) => {
		const world = await recordedWorld();
		const {one} = world;
		const {sourceBucket, destinationBucket: Bucket} = tutorialNames(mode);
		const there = destinationOf(one, mode);
		await createBuckets(world, mode);
		for (const [client, name] of [
			[one.source, sourceBucket],
			[there, Bucket],
		] as const) {
			const OwnershipControls = {Rules: [{ObjectOwnership: ownership}]};
			await client.send(new PutBucketOwnershipControlsCommand({Bucket: name, OwnershipControls}));
		}

		const profile = ({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode];
		const keys = hasKeys
			? ['--kms-key', await createKey(one.kms(profile, 'us-west-2'))].concat(
					isTwoWay ? ['--back-kms-key', await createKey(one.kms('source', 'us-east-1'))] : [],
				)
			: [];
		const wanted = [...(isTwoWay ? ['--two-way'] : []), ...keys];
		const isForeign = mode === 'cross-account' && ownership !== 'BucketOwnerEnforced' && !overrides;
		const warned = isForeign ? [isTwoWay ? 'replica-changes-stay' : 'replicas-of-source-account'] : [];

		const applied = await world.apply(
			mode,
			...['--files', '0', ...wanted, ...(overrides ? ['--owner-override'] : [])],
		);
		expect(applied.exitCode, applied.stdout + applied.stderr).toBe(0);
		expect(warningsIn(applied)).toEqual(warned);
		// A rule that is there already is judged as it is.
		expect(warningsIn(await world.run('plan', ...tutorialArgs(mode), ...wanted))).toEqual(warned);

		const Key = 'file';
		const encrypted = hasKeys ? {ServerSideEncryption: 'aws:kms' as const} : {};
		const copiesFrom = (name: string) =>
			one.sandbox.replications.filter(({bucket, key}) => bucket === name && key === Key);
		await one.source.send(new PutObjectCommand({Bucket: sourceBucket, Key, Body: 'x', ...encrypted}));
		await until(() => copiesFrom(sourceBucket)[0]);
		expect(copiesFrom(sourceBucket)).toMatchObject([{outcome: 'COMPLETED'}]);
		const seen = await there.send(new HeadObjectCommand({Bucket, Key})).then(
			({ReplicationStatus: status}) => status,
			(error: {$metadata: {httpStatusCode?: number}}) => error.$metadata.httpStatusCode,
		);
		expect(seen).toBe(isForeign ? 403 : 'REPLICA');
		if (!isTwoWay) return;
		const TagSet = [{Key: 'changed', Value: 'there'}];
		await there.send(new PutObjectTaggingCommand({Bucket, Key, Tagging: {TagSet}}));
		await until(() => copiesFrom(Bucket)[0]);
		expect(copiesFrom(Bucket)).toMatchObject([
			isForeign ? {outcome: 'FAILED', failureReason: 'SrcGetAclNotPermitted'} : {outcome: 'COMPLETED'},
		]);
	},
);
