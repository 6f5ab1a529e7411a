import {type AccessControlPolicy, type Grant, type PutObjectAclRequest} from '@aws-sdk/client-s3';
import {invalidArgument, invalidRequest, s3Error} from '../errors/errors.js';

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

/** A grant as it was written, not looked at yet; `place` is what an error calls the grantee. */
export type GivenGrant = {
	readonly kind: 'id' | 'uri' | 'emailaddress';
	readonly grantee: string;
	readonly permission: string;
	readonly place: string;
};

const grantHeaders = [
	['FULL_CONTROL', 'GrantFullControl', 'x-amz-grant-full-control'],
	['READ', 'GrantRead', 'x-amz-grant-read'],
	['READ_ACP', 'GrantReadACP', 'x-amz-grant-read-acp'],
	['WRITE', 'GrantWrite', 'x-amz-grant-write'],
	['WRITE_ACP', 'GrantWriteACP', 'x-amz-grant-write-acp'],
] as const;

/** The headers that name an ACL; policies see each as a condition key of the same name. */
export const aclHeaders: readonly string[] = ['x-amz-acl', ...grantHeaders.map(([, , header]) => header)];

/** Says whether a request names an ACL at all. */
export function namesAcl(input: AclInput): boolean {
	return input.ACL !== undefined || input.AccessControlPolicy !== undefined || hasGrantHeaders(input);
}

function hasGrantHeaders(input: AclInput): boolean {
	return grantHeaders.some(([, member]) => (input[member] ?? '').trim() !== '');
}

/** Throws where a request to put an ACL names none (third-party: LocalStack). */
export function checkNamesAcl(input: AclInput): void {
	if (!namesAcl(input)) throw s3Error('MissingSecurityHeader', {fields: {MissingHeaderName: 'x-amz-acl'}});
}

/** Throws where a request names its ACL in two ways (third-party: LocalStack). */
export function checkNamedOnce(input: AclInput): void {
	if (input.ACL !== undefined && hasGrantHeaders(input)) {
		throw invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed');
	}
	if (input.AccessControlPolicy !== undefined && (input.ACL !== undefined || hasGrantHeaders(input))) {
		throw s3Error('UnexpectedContent');
	}
}

/** Gives the grants of body or headers, in their order. Throws where they are none (words: third-party, LocalStack). */
export function givenGrantsOf(input: AclInput): readonly GivenGrant[] {
	const {AccessControlPolicy: policy} = input;
	return policy === undefined ? headerGrantsOf(input) : writtenGrants(policy);
}

/** `id="…", uri="…"`, as S3 API reference, PutObjectAcl, shows them, and its examples for the AWS CLI without quotation marks. */
function headerGrantsOf(input: AclInput): readonly GivenGrant[] {
	return grantHeaders.flatMap(([permission, member, header]) => {
		const text = (input[member] ?? '').trim();
		if (text === '') return [];
		return text.split(',').map((part) => {
			const [, kind, quoted, bare] =
				/^(id|uri|emailaddress)\s*=\s*(?:"([^"]*)"|([^"\s]*))$/i.exec(part.trim()) ?? [];
			if (kind === undefined) throw invalidArgument('Argument format not recognized', header, part.trim());
			const name = kind.toLowerCase() as GivenGrant['kind'];
			return {kind: name, grantee: quoted ?? bare ?? '', permission, place: name};
		});
	});
}

const kinds: Readonly<Record<string, readonly [GivenGrant['kind'], 'ID' | 'URI' | 'EmailAddress', string]>> =
	{
		CanonicalUser: ['id', 'ID', 'CanonicalUser/ID'],
		Group: ['uri', 'URI', 'Group/URI'],
		AmazonCustomerByEmail: ['emailaddress', 'EmailAddress', 'AmazonCustomerByEmail/EmailAddress'],
	};

function writtenGrants({Grants: grants, Owner: owner}: AccessControlPolicy): readonly GivenGrant[] {
	if (grants === undefined || owner?.ID === undefined) throw s3Error('MalformedACLError');
	return grants.map(writtenGrant);
}

/** Takes a grant as XML says it. Throws MalformedACLError where its grantee is of no kind, or of one that it does not name. */
function writtenGrant({Grantee, Permission}: Grant): GivenGrant {
	const [kind, member, place] = kinds[Grantee?.Type ?? ''] ?? [];
	const grantee = member === undefined ? undefined : Grantee?.[member];
	if (kind === undefined || grantee === undefined || Permission === undefined) {
		throw s3Error('MalformedACLError');
	}
	return {kind, grantee, permission: Permission, place: place ?? ''};
}
