import {type AccessControlPolicy, type Grant, type PutObjectAclRequest} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {type AclPermission, type ObjectAcl} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {invalidArgument, notImplemented, s3Error} from './errors.js';

/** The ways in which a request names an ACL: a canned one, grants in headers, or the whole of it as the body. */
export type AclInput = Pick<
	PutObjectAclRequest,
	| 'ACL'
	| 'AccessControlPolicy'
	| 'GrantFullControl'
	| 'GrantRead'
	| 'GrantReadACP'
	| 'GrantWrite'
	| 'GrantWriteACP'
>;

type Grants = ObjectAcl['grants'];
type Owners = {readonly bucketOwner: string; readonly owner: string};

/** Says whether a request names an ACL at all. */
export function namesAcl(input: AclInput): boolean {
	return (
		input.ACL !== undefined || input.AccessControlPolicy !== undefined || headerGrantsOf(input).length > 0
	);
}

/** Says whether the grants of headers or body are full control for the account of that canonical id, and nothing else. */
export function grantsOwnerAlone(input: AclInput, ownerId: string): boolean {
	const given = givenGrantsOf(input);
	return (
		given.length > 0 &&
		given.every(
			({kind, grantee, permission}) => kind === 'id' && grantee === ownerId && permission === 'FULL_CONTROL',
		)
	);
}

/** Throws where a request to put an ACL names none (third-party: LocalStack). */
export function checkNamedOnce(input: AclInput): void {
	if (!namesAcl(input)) throw s3Error('MissingSecurityHeader', {fields: {MissingHeaderName: 'x-amz-acl'}});
}

/** What a write needs beside its own permissions where it names an ACL (S3 API reference, PutObject). */
export function aclPermissions(input: AclInput): readonly string[] {
	return namesAcl(input) ? ['s3:PutObjectAcl'] : [];
}

/**
 * Takes what a request says of an ACL, gives its grants. Throws what S3 answers to public ones under BlockPublicAcls and
 * to what is no ACL (S3 User Guide, acl-overview, access-control-block-public-access), and NotImplemented for grants to
 * others than the bucket's and the object's owner: nobody else could use them here.
 */
export function grantsOf(world: World, bucket: Bucket, owners: Owners, input: AclInput): Grants {
	const fromHeaders = headerGrantsOf(input);
	if (input.ACL !== undefined && fromHeaders.length > 0) {
		// Third-party (LocalStack).
		throw s3Error('InvalidRequest', {
			message: 'Specifying both Canned ACLs and Header Grants is not allowed',
		});
	}
	if (input.ACL !== undefined) return cannedGrants(bucket, owners, input.ACL);
	return givenGrantsOf(input).map((grant) => readGrant(world, bucket, owners, grant));
}

const canned: ReadonlyMap<string, (owners: Owners) => Grants> = new Map([
	['private', ({owner}: Owners): Grants => [full(owner)]],
	[
		'bucket-owner-read',
		({owner, bucketOwner}: Owners): Grants => [
			full(owner),
			...(owner === bucketOwner ? [] : [{accountId: bucketOwner, permission: 'READ' as const}]),
		],
	],
	[
		'bucket-owner-full-control',
		({owner, bucketOwner}: Owners): Grants => [
			full(owner),
			...(owner === bucketOwner ? [] : [full(bucketOwner)]),
		],
	],
]);
const publicAcls: readonly string[] = ['public-read', 'public-read-write', 'authenticated-read'];
const otherAcls: readonly string[] = ['aws-exec-read', 'log-delivery-write'];
const publicGroups: readonly string[] = ['AllUsers', 'AuthenticatedUsers'];

/** Says whether a canned ACL lets everybody in. */
export function isPublicAcl(acl: string): boolean {
	return publicAcls.includes(acl);
}

function full(accountId: string): Grants[number] {
	return {accountId, permission: 'FULL_CONTROL'};
}

function cannedGrants(bucket: Bucket, owners: Owners, acl: string): Grants {
	const grants = canned.get(acl);
	if (grants !== undefined) return grants(owners);
	if (isPublicAcl(acl)) refusePublic(bucket);
	if (isPublicAcl(acl) || otherAcls.includes(acl)) throw toOthers();
	throw invalidArgument('', 'x-amz-acl', acl);
}

function refusePublic({publicAccessBlock}: Bucket): void {
	if (publicAccessBlock?.BlockPublicAcls === true) throw s3Error('AccessDenied');
}

function toOthers(): Error {
	return notImplemented('access control lists that grant to others than the owners');
}

type GivenGrant = {readonly kind: string; readonly grantee: string; readonly permission: string};

/** `id="…", uri="…"`, as S3 API reference, PutObjectAcl, shows them. */
function headerGrantsOf(input: AclInput): readonly GivenGrant[] {
	const headers: readonly (readonly [string, string | undefined])[] = [
		['FULL_CONTROL', input.GrantFullControl],
		['READ', input.GrantRead],
		['READ_ACP', input.GrantReadACP],
		['WRITE', input.GrantWrite],
		['WRITE_ACP', input.GrantWriteACP],
	];
	return headers.flatMap(([permission, header]) =>
		[...(header?.matchAll(/(\w+)\s*=\s*"?([^",]*)"?/g) ?? [])].map(([, kind = '', grantee = '']) => ({
			kind,
			grantee,
			permission,
		})),
	);
}

function givenGrantsOf(input: AclInput): readonly GivenGrant[] {
	const {AccessControlPolicy} = input;
	return AccessControlPolicy === undefined ? headerGrantsOf(input) : writtenGrants(AccessControlPolicy);
}

function writtenGrants({Grants: grants}: AccessControlPolicy): readonly GivenGrant[] {
	return (grants ?? []).map(({Grantee, Permission}: Grant) => ({
		kind: Grantee?.URI === undefined ? (Grantee?.ID === undefined ? 'emailAddress' : 'id') : 'uri',
		grantee: Grantee?.URI ?? Grantee?.ID ?? '',
		permission: Permission ?? '',
	}));
}

function readGrant(world: World, bucket: Bucket, owners: Owners, given: GivenGrant): Grants[number] {
	if (given.kind === 'uri' && publicGroups.some((group) => given.grantee.endsWith(`/${group}`))) {
		refusePublic(bucket);
	}
	if (given.kind !== 'id') throw toOthers();
	const account = [...world.accounts.values()].find(({canonicalUserId}) => canonicalUserId === given.grantee);
	if (account === undefined) throw invalidArgument('Invalid id', 'CanonicalUser/ID', given.grantee);
	const {accountId} = account;
	if (accountId !== owners.owner && accountId !== owners.bucketOwner) throw toOthers();
	return {accountId, permission: given.permission as AclPermission};
}
