import {type ReplicationRule} from '@aws-sdk/client-s3';
import {invalidArgument, invalidRequest} from '../errors/errors.js';
import {type Bucket} from '../../world/bucket.js';
import {partitionIdIn} from '../../world/partition.js';
import {type World} from '../../world/world.js';

/** Takes a rule's destination ARN, gives the name of the bucket, or undefined where it is no bucket's ARN. */
export function bucketNameOf(arn: string | undefined): string | undefined {
	return /^arn:aws(?:-[a-z-]+)?:s3:::([a-z0-9.-]+)$/i.exec(arn ?? '')?.[1];
}

/** Throws what S3 answers to a rule whose destination cannot be one. */
export function checkDestination(world: World, source: Bucket, {Destination, Status}: ReplicationRule): void {
	const arn = Destination?.Bucket ?? '';
	const name = bucketNameOf(arn);
	if (name === undefined) throw invalidArgument('Invalid bucket ARN', 'Bucket', arn);
	if (name === source.name) {
		throw invalidRequest('Destination bucket cannot be the same as the source bucket.');
	}
	// Guessed (docs/aws-facts.md, 5.6): S3 looks only at destinations that it would write to. No source says so, nor that it looks at all of them.
	if (Status === 'Disabled') return;
	// That another partition's buckets are none here follows from partitions (IAM User Guide, reference-arns).
	const destination = partitionIdIn(arn) === world.partition.id ? world.buckets.get(name) : undefined;
	if (destination === undefined) throw invalidRequest('Destination bucket must exist.');
	if (destination.versioning.inEffect(world.clock.now()) !== 'Enabled') {
		throw invalidRequest('Destination bucket must have versioning enabled.');
	}
	const account = Destination?.Account;
	if (account !== undefined && account !== destination.ownerAccountId) {
		// S3 API reference, ErrorResponses, lists the case; its text is not known.
		throw invalidArgument('Account must be the owner of the destination bucket', 'Account', account);
	}
}
