import {type Bucket} from '../../world/bucket.js';
import {type World} from '../../world/world.js';
import {type Location} from '../requests/locate.js';
import {s3Error} from '../errors/errors.js';
import {partitionOfRegion} from '../../world/partition.js';

/** Operations that another region's endpoint answers as well (S3 API reference, GetBucketLocation). */
const regionlessAtHome: ReadonlySet<string> = new Set(['GetBucketLocation']);
const homeRegion = 'us-east-1';

/**
 * Finds the bucket a request is about. Throws NoSuchBucket, and where another region was asked what AWS answers there:
 * PermanentRedirect to a path-style address, AuthorizationHeaderMalformed where the bucket's own host name was called
 * with a signature for another region (S3 API reference, ErrorResponses; S3 User Guide, Redirects).
 */
export function findBucket(world: World, location: Location, operation: string, region: string): Bucket {
	const name = location.bucket ?? '';
	const bucket = world.buckets.get(name);
	if (bucket === undefined) throw s3Error('NoSuchBucket', {fields: {BucketName: name}});
	if (bucket.region === region || (region === homeRegion && regionlessAtHome.has(operation))) return bucket;
	const headers = {'x-amz-bucket-region': bucket.region};
	if (location.isVirtualHosted) {
		throw s3Error('AuthorizationHeaderMalformed', {
			message: `The authorization header is malformed; the region '${region}' is wrong; expecting '${bucket.region}'`,
			fields: {Region: bucket.region},
			headers,
		});
	}
	throw s3Error('PermanentRedirect', {
		fields: {Endpoint: `s3.${bucket.region}.${partitionOfRegion(bucket.region).dnsSuffix}`, Bucket: name},
		headers,
	});
}
