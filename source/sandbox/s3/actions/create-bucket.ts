import {type CreateBucketOutput, type CreateBucketRequest} from '@aws-sdk/client-s3';
import {ObjectVersions} from '../../world/object-versions.js';
import {Propagating} from '../../world/propagating.js';
import {regions} from '../../world/regions.js';
import {type AccountAction, bucketArn} from '../action.js';
import {isBucketName} from '../bucket-name.js';
import {notImplemented, s3Error} from '../errors.js';

const homeRegion = 'us-east-1';

export const createBucket: AccountAction<CreateBucketRequest, CreateBucketOutput> = {
	target: 'account',
	run({world, identity, region, input, require}) {
		const name = input.Bucket ?? '';
		if (!isBucketName(name)) throw s3Error('InvalidBucketName', {fields: {BucketName: name}});
		require({action: 's3:CreateBucket', resource: bucketArn(name)});
		if (identity === undefined) throw s3Error('AccessDenied');
		refuseUnknown(input);
		const constraint = input.CreateBucketConfiguration?.LocationConstraint;
		const bucketRegion = regionFor(region, constraint);
		const existing = world.buckets.get(name);
		if (existing !== undefined) {
			if (existing.ownerAccountId !== identity.accountId) {
				throw s3Error('BucketAlreadyExists', {fields: {BucketName: name}});
			}
			// There, and only there, asking again is no error (S3 API reference, CreateBucket).
			if (existing.region !== homeRegion || bucketRegion !== homeRegion) {
				throw s3Error('BucketAlreadyOwnedByYou', {fields: {BucketName: name}});
			}
		} else {
			world.buckets.set(name, {
				name,
				ownerAccountId: identity.accountId,
				region: bucketRegion,
				locationConstraint: constraint,
				createdMs: world.clock.now(),
				versioning: new Propagating(undefined),
				policy: undefined,
				replication: undefined,
				versions: new ObjectVersions(),
				uploads: new Map(),
			});
		}
		return {
			output: {
				Location: bucketRegion === homeRegion ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
				BucketArn: bucketArn(name),
			},
		};
	},
};

/** The location rules, as recorded of AWS in test_s3.snapshot.json and told in the facts file's section 6.2. */
function regionFor(endpointRegion: string, constraint: string | undefined): string {
	if (endpointRegion === homeRegion) {
		if (constraint === undefined) return homeRegion;
		const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
		if (wanted !== homeRegion && regions.has(wanted)) return wanted;
		throw s3Error('InvalidLocationConstraint', {fields: {LocationConstraint: constraint}});
	}
	if (constraint === endpointRegion || (constraint === 'EU' && endpointRegion === 'eu-west-1'))
		return endpointRegion;
	throw s3Error('IllegalLocationConstraintException', {
		message: `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
	});
}

function refuseUnknown(input: CreateBucketRequest): void {
	if (input.ObjectLockEnabledForBucket) throw notImplemented('Object Lock');
	if (input.ObjectOwnership !== undefined && input.ObjectOwnership !== 'BucketOwnerEnforced') {
		throw notImplemented('buckets with ACLs');
	}
	if (input.ACL !== undefined && input.ACL !== 'private') throw notImplemented('buckets with ACLs');
	if (input.CreateBucketConfiguration?.Tags?.length) throw notImplemented('bucket tags');
	if (input.CreateBucketConfiguration?.Bucket ?? input.CreateBucketConfiguration?.Location) {
		throw notImplemented('directory buckets');
	}
}
