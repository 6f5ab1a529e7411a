import {type JobManifestGeneratorFilter, type ObjectEncryptionFilter} from '@aws-sdk/client-s3-control';
import {matchRules} from '../replication/match-rules.js';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion, replicationStatusOf} from '../world/object-version.js';

/** Says of a version whether the manifest takes it (S3 Control API reference, JobManifestGeneratorFilter). */
type Takes = (version: ObjectVersion) => boolean;

/** Takes a generator's filter, gives what it takes of a bucket. */
export function filterOf(bucket: Bucket, filter: JobManifestGeneratorFilter = {}): Takes {
	const tests = testsOf(bucket, filter);
	return (version) => tests.every((test) => test(version));
}

function testsOf(bucket: Bucket, filter: JobManifestGeneratorFilter): readonly Takes[] {
	const {ObjectReplicationStatuses: statuses, MatchAnyStorageClass: classes} = filter;
	const {CreatedAfter: after, CreatedBefore: before, MatchAnyObjectEncryption: encryptions} = filter;
	const {ObjectSizeGreaterThanBytes: above, ObjectSizeLessThanBytes: below} = filter;
	const tests: Takes[] = [];
	if (filter.EligibleForReplication !== undefined) {
		const isWanted = filter.EligibleForReplication;
		tests.push((version) => isEligible(bucket, version) === isWanted);
	}
	if (statuses?.length) {
		const wanted: ReadonlySet<string> = new Set(statuses);
		tests.push((version) => wanted.has(replicationStatusOf(version) ?? 'NONE'));
	}
	if (after !== undefined) tests.push(({lastModifiedMs}) => lastModifiedMs > after.getTime());
	if (before !== undefined) tests.push(({lastModifiedMs}) => lastModifiedMs < before.getTime());
	if (above !== undefined) tests.push((version) => sizeOf(version) > above);
	if (below !== undefined) tests.push((version) => sizeOf(version) < below);
	if (classes?.length) {
		const wanted: ReadonlySet<string> = new Set(classes);
		tests.push(({data}) => data !== undefined && wanted.has(data.storageClass));
	}
	if (encryptions?.length) {
		tests.push((version) => encryptions.some((wanted) => isEncryptedAs(version, wanted)));
	}
	return [...tests, ...keyTestsOf(filter)];
}

/** Each list takes a key where any of its texts fits, and all lists must. */
function keyTestsOf({KeyNameConstraint: names}: JobManifestGeneratorFilter): readonly Takes[] {
	const {MatchAnyPrefix: prefixes, MatchAnySuffix: suffixes, MatchAnySubstring: parts} = names ?? {};
	return [
		...(prefixes?.length ? [({key}: ObjectVersion) => prefixes.some((text) => key.startsWith(text))] : []),
		...(suffixes?.length ? [({key}: ObjectVersion) => suffixes.some((text) => key.endsWith(text))] : []),
		...(parts?.length ? [({key}: ObjectVersion) => parts.some((text) => key.includes(text))] : []),
	];
}

function isEligible({replication}: Bucket, version: ObjectVersion): boolean {
	return replication !== undefined && matchRules(replication, version).length > 0;
}

function sizeOf({data}: ObjectVersion): number {
	return data?.body.sizeBytes ?? 0;
}

/** Nothing here is without encryption, and nothing has a key of the customer's (S3 User Guide, default-encryption-faq). */
function isEncryptedAs({data}: ObjectVersion, wanted: ObjectEncryptionFilter): boolean {
	if (data === undefined) return false;
	const {encryption} = data;
	if (wanted.SSES3 !== undefined) return encryption === undefined;
	const ofKms = wanted.SSEKMS ?? wanted.DSSEKMS;
	if (ofKms === undefined || encryption === undefined) return false;
	const algorithm = wanted.SSEKMS === undefined ? 'aws:kms:dsse' : 'aws:kms';
	const bucketKey = wanted.SSEKMS?.BucketKeyEnabled;
	return (
		encryption.algorithm === algorithm &&
		(ofKms.KmsKeyArn === undefined || ofKms.KmsKeyArn === encryption.keyArn) &&
		(bucketKey === undefined || bucketKey === encryption.usesBucketKey)
	);
}
