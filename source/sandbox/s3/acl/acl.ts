import {
	type AclGrant,
	type AclGrantee,
	type AclPermission,
	allUsers,
	authenticatedUsers,
	ec2BundleReader,
	fullControlOf,
	isPublicGrant,
	logDelivery,
} from '../../world/acl.js';
import {type Bucket} from '../../world/bucket.js';
import {isBlocked} from '../../world/public-access-block.js';
import {type World} from '../../world/world.js';
import {type AclInput, checkNamedOnce, type GivenGrant, givenGrantsOf} from './acl-input.js';
import {invalidArgument, notImplemented, s3Error, type S3ErrorCode} from '../errors/errors.js';

/** Whose ACL it is, and where. */
type AclSubject = {
	readonly of: 'bucket' | 'object';
	readonly region: string;
	readonly bucketOwner: string;
	readonly owner: string;
	/** What is answered to a grant to everybody, where Block Public Access forbids it. */
	readonly publicRefusal: S3ErrorCode | undefined;
};

/** Gives whose ACL it is where the bucket is there. */
export function subjectIn(bucket: Bucket, of: AclSubject['of'], owner: string): AclSubject {
	return {
		of,
		region: bucket.region,
		bucketOwner: bucket.ownerAccountId,
		owner,
		publicRefusal: isBlocked(bucket, 'BlockPublicAcls') ? 'AccessDenied' : undefined,
	};
}

/** An ACL can have up to 100 grants (S3 User Guide, acl-overview; the error: guessed). */
const maxGrants = 100;

/**
 * Takes what a request says of an ACL, gives its grants, as they were written: an owner that is not among them has none
 * (third-party: s3-tests' ports, of AWS). Throws what S3 answers to public ones under BlockPublicAcls and to what is no
 * ACL (S3 User Guide, acl-overview, access-control-block-public-access), and NotImplemented for grants to AllUsers.
 */
export function grantsOf(world: World, subject: AclSubject, input: AclInput): readonly AclGrant[] {
	checkNamedOnce(input);
	if (input.ACL !== undefined) return cannedGrants(subject, input.ACL);
	const given = givenGrantsOf(input);
	if (given.length > maxGrants) throw s3Error('MalformedACLError');
	return given.map((grant) => ({
		grantee: granteeOf(world, subject, grant),
		permission: grant.permission as AclPermission,
	}));
}

/** Takes a grantee as it was written, gives whom it names; throws as grantsOf does. Email addresses are none any more (S3 API reference, PutObjectAcl). */
function granteeOf(
	world: World,
	{region, publicRefusal}: Pick<AclSubject, 'region' | 'publicRefusal'>,
	{kind, grantee, place}: Pick<GivenGrant, 'kind' | 'grantee' | 'place'>,
): AclGrantee {
	if (kind === 'emailaddress') throw emailRefusal(region);
	if (kind === 'uri') {
		if (grantee === allUsers) throw refusalOf('AllUsers', publicRefusal);
		if (grantee === authenticatedUsers) refusePublic(publicRefusal);
		else if (grantee !== logDelivery) throw invalidArgument('Invalid group uri', place, grantee);
		return {kind: 'group', uri: grantee};
	}
	if (grantee === ec2BundleReader) return {kind: 'aws', canonicalUserId: grantee};
	const account = [...world.accounts.values()].find(({canonicalUserId}) => canonicalUserId === grantee);
	if (account === undefined) throw invalidArgument('Invalid id', place, grantee);
	return {kind: 'account', accountId: account.accountId};
}

/** Where they could be granted to, and no longer are; elsewhere they never could (S3 API reference, PutObjectAcl, ErrorResponses). */
const emailRegions: ReadonlySet<string> = new Set([
	'us-east-1',
	'us-west-1',
	'us-west-2',
	'ap-southeast-1',
	'ap-southeast-2',
	'ap-northeast-1',
	'eu-west-1',
	'sa-east-1',
]);

function emailRefusal(region: string): Error {
	return emailRegions.has(region)
		? s3Error('MethodNotAllowed', {fields: {Method: 'PUT', ResourceType: 'ACL'}})
		: s3Error('UnsupportedArgument');
}

function refusePublic(refusal: S3ErrorCode | undefined): void {
	if (refusal !== undefined) throw s3Error(refusal);
}

/** The sandbox answers nobody who does not sign. */
function refusalOf(what: string, refusal: S3ErrorCode | undefined): Error {
	return refusal === undefined
		? notImplemented(`access control lists that grant to everybody (${what})`)
		: s3Error(refusal);
}

type Canned = {
	/** Undefined: of both. */
	readonly of?: AclSubject['of'];
	/** What is granted beside full control for the owner. */
	readonly grants: (subject: AclSubject) => readonly AclGrant[];
};

const toBucketOwner =
	(permission: AclPermission): Canned['grants'] =>
	({owner, bucketOwner}) =>
		owner === bucketOwner ? [] : [{grantee: {kind: 'account', accountId: bucketOwner}, permission}];

const toGroup =
	(uri: string, ...permissions: readonly AclPermission[]): Canned['grants'] =>
	() =>
		permissions.map((permission) => ({grantee: {kind: 'group', uri}, permission}));

/** S3 User Guide, acl-overview, "Canned ACL"; those for the bucket's owner say nothing of a bucket. */
const cannedAcls: ReadonlyMap<string, Canned> = new Map<string, Canned>([
	['private', {grants: () => []}],
	['bucket-owner-read', {grants: toBucketOwner('READ')}],
	['bucket-owner-full-control', {grants: toBucketOwner('FULL_CONTROL')}],
	['authenticated-read', {grants: toGroup(authenticatedUsers, 'READ')}],
	[
		'aws-exec-read',
		{grants: () => [{grantee: {kind: 'aws', canonicalUserId: ec2BundleReader}, permission: 'READ'}]},
	],
	['log-delivery-write', {of: 'bucket', grants: toGroup(logDelivery, 'WRITE', 'READ_ACP')}],
]);

const everybodysAcls: readonly string[] = ['public-read', 'public-read-write'];

function cannedGrants(subject: AclSubject, name: string): readonly AclGrant[] {
	if (everybodysAcls.includes(name)) throw refusalOf(name, subject.publicRefusal);
	const canned = cannedAcls.get(name);
	if (canned === undefined || (canned.of ?? subject.of) !== subject.of) {
		throw invalidArgument('', 'x-amz-acl', name);
	}
	const grants = canned.grants(subject);
	if (grants.some(isPublicGrant)) refusePublic(subject.publicRefusal);
	return [fullControlOf(subject.owner), ...grants];
}
