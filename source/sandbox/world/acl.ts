/** What an ACL can let a grantee do with a bucket or an object (S3 User Guide, acl-overview). */
export type AclPermission = 'FULL_CONTROL' | 'READ' | 'READ_ACP' | 'WRITE' | 'WRITE_ACP';

/** Whom an ACL grants something: an account of the sandbox, one of AWS's own, or one of the groups that it knows. */
export type AclGrantee =
	| {readonly kind: 'account'; readonly accountId: string}
	| {readonly kind: 'aws'; readonly canonicalUserId: string}
	| {readonly kind: 'group'; readonly uri: string};

export type AclGrant = {readonly grantee: AclGrantee; readonly permission: AclPermission};

/** An ACL that says more than that the bucket's owner has it all, with full control. */
export type Acl = {
	/** The account that has the bucket or the object: of objects the one that wrote it, where the bucket lets writers keep what they write. */
	readonly ownerAccountId: string;
	readonly grants: readonly AclGrant[];
};

const groups = 'http://acs.amazonaws.com/groups';
export const allUsers = `${groups}/global/AllUsers`;
/** Everybody who signs with a key of any account (S3 User Guide, acl-overview). */
export const authenticatedUsers = `${groups}/global/AuthenticatedUsers`;
export const logDelivery = `${groups}/s3/LogDelivery`;

/** The account of EC2 that fetches bundles of machine images; `aws-exec-read` grants to it (third-party: as several recorded it of AWS). */
export const ec2BundleReader = '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c';

/** Gives the grant of all to an account. */
export function fullControlOf(accountId: string): AclGrant {
	return {grantee: {kind: 'account', accountId}, permission: 'FULL_CONTROL'};
}

/** Says whether a grant is one to everybody (S3 User Guide, access-control-block-public-access, "The meaning of public"). */
export function isPublicGrant({grantee}: AclGrant): boolean {
	return grantee.kind === 'group' && (grantee.uri === allUsers || grantee.uri === authenticatedUsers);
}

/** Says whether an account may do that by the ACL; grants to groups that hold every account count where they are asked for. */
export function doesGrant(
	{grants}: Acl,
	accountId: string,
	wanted: AclPermission,
	options: {readonly countsPublic: boolean},
): boolean {
	return grants.some(({grantee, permission}) => {
		if (permission !== wanted && permission !== 'FULL_CONTROL') return false;
		if (grantee.kind === 'account') return grantee.accountId === accountId;
		return options.countsPublic && grantee.kind === 'group' && grantee.uri === authenticatedUsers;
	});
}
