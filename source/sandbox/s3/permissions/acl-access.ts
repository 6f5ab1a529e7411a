import {type Statement, statementsOf} from '../../../policy/document.js';
import {type NamedPolicy} from '../../../policy/decide.js';
import {type Acl, type AclPermission, doesGrant} from '../../world/acl.js';
import {type Bucket} from '../../world/bucket.js';
import {isBlocked} from '../../world/public-access-block.js';
import {hasAcls, ownerOf} from '../acl/object-owner.js';
import {keyOf, versionMeant} from './resource-context.js';
import {partitionIdIn} from '../../world/partition.js';

/** What is asked, as far as ACLs are concerned. */
type AclQuestion = {
	readonly action: string;
	readonly resource: string;
	/** The account that asks; nobody's where the request is not signed. */
	readonly accountId: string | undefined;
	/** The version that the action is about, where it is not the current one. */
	readonly versionId: string | undefined;
	/** The request is about an ACL alone; else s3:PutObjectAcl belongs to a write. */
	readonly isOnAcl: boolean;
	readonly uploadId: string | undefined;
};

/** What the ACLs make of the bucket's policy: it is another's resource, or more is allowed than the policy says. */
type AclAccess = {readonly ownerAccountId?: string; readonly policy: NamedPolicy | undefined};

/** The actions that each ACL speaks of (S3 User Guide, acl-overview, "Mapping of ACL permissions and access policy permissions"). */
const bucketPermissions: Readonly<Record<string, AclPermission>> = {
	's3:ListBucket': 'READ',
	's3:ListBucketVersions': 'READ',
	's3:ListBucketMultipartUploads': 'READ',
	's3:GetBucketAcl': 'READ_ACP',
	's3:PutBucketAcl': 'WRITE_ACP',
};

const objectPermissions: Readonly<Record<string, AclPermission>> = {
	's3:GetObject': 'READ',
	's3:GetObjectVersion': 'READ',
	's3:GetObjectAcl': 'READ_ACP',
	's3:GetObjectVersionAcl': 'READ_ACP',
	's3:PutObjectAcl': 'WRITE_ACP',
	's3:PutObjectVersionAcl': 'WRITE_ACP',
};

const uploadActions: ReadonlySet<string> = new Set([
	's3:AbortMultipartUpload',
	's3:ListMultipartUploadParts',
]);

/**
 * Takes a question and the bucket's policy, gives the account that has the resource, where it is not the bucket's owner,
 * and the policy with what the ACLs allow the account that asks; that account's own policies must allow it too. Of an
 * object of another account the bucket's policy counts only as far as it denies (S3 User Guide, how-s3-evaluates-access-control,
 * access-control-auth-workflow-object-operation).
 */
export function aclAccess(bucket: Bucket, question: AclQuestion, policy: NamedPolicy | undefined): AclAccess {
	if (!hasAcls(bucket)) return {policy};
	const key = keyOf(bucket, question.resource);
	if (key === undefined) {
		const wanted = bucketPermissions[question.action];
		return {policy: withGrant(policy, question, isGranted(bucket, bucket.acl, question, wanted))};
	}
	const {action, isOnAcl} = question;
	const wanted = objectPermissions[action];
	if (wanted === undefined || (action === 's3:PutObjectAcl' && !isOnAcl)) {
		return {policy: withGrant(policy, question, mayWrite(bucket, key, question))};
	}
	const version = versionMeant(bucket, question.resource, question.versionId);
	if (version === undefined) {
		// Who may list the bucket learns that there is no such key (third-party: as everybody sees it of public buckets).
		const isReader = wanted === 'READ' && isGranted(bucket, bucket.acl, question, 'READ');
		return {policy: withGrant(policy, question, isReader)};
	}
	const granted = isGranted(bucket, version.acl, question, wanted);
	const ownerAccountId = ownerOf(bucket, version);
	if (ownerAccountId === bucket.ownerAccountId) return {policy: withGrant(policy, question, granted)};
	return {ownerAccountId, policy: withGrant(denialsOf(policy), question, granted)};
}

/** WRITE lets new objects be written, and the grantee's own be overwritten and deleted (S3 User Guide, acl-overview). */
function mayWrite(bucket: Bucket, key: string, question: AclQuestion): boolean {
	const {action, accountId, uploadId} = question;
	if (uploadActions.has(action)) {
		// Who began an upload may end it (S3 User Guide, mpuoverview; that WRITE is enough for it: guessed).
		const initiator = bucket.uploads.get(uploadId ?? '')?.initiator ?? '';
		return initiator.split(':')[4] === accountId && isGranted(bucket, bucket.acl, question, 'WRITE');
	}
	if (!['s3:PutObject', 's3:PutObjectAcl', 's3:DeleteObject'].includes(action)) return false;
	const current = bucket.versions.current(key);
	const isOwn = current?.data === undefined || ownerOf(bucket, current) === accountId;
	return isOwn && isGranted(bucket, bucket.acl, question, 'WRITE');
}

/** Says whether the ACL lets the account do that; public grants may be ignored (access-control-block-public-access). */
function isGranted(
	bucket: Bucket,
	acl: Acl | undefined,
	{accountId}: Pick<AclQuestion, 'accountId'>,
	wanted: AclPermission | undefined,
): boolean {
	if (acl === undefined || accountId === undefined || wanted === undefined) return false;
	return doesGrant(acl, accountId, wanted, {
		countsPublic: !isBlocked(bucket, 'IgnorePublicAcls'),
	});
}

/** What an ACL grants, it grants to accounts: they hand it on by their own policies (S3 User Guide, acl-overview). */
function withGrant(
	policy: NamedPolicy | undefined,
	{action, resource, accountId}: AclQuestion,
	granted: boolean,
): NamedPolicy | undefined {
	if (!granted) return policy;
	const allow: Statement = {
		Effect: 'Allow',
		Principal: {AWS: `arn:${partitionIdIn(resource)}:iam::${accountId ?? ''}:root`},
		Action: action,
		Resource: '*',
	};
	const statements = policy === undefined ? [] : statementsOf(policy.document);
	return {
		name: policy?.name ?? 'acl',
		document: {Version: '2012-10-17', ...policy?.document, Statement: [...statements, allow]},
	};
}

function denialsOf(policy: NamedPolicy | undefined): NamedPolicy | undefined {
	if (policy === undefined) return undefined;
	const denials = statementsOf(policy.document).filter(({Effect}) => Effect === 'Deny');
	return {name: policy.name, document: {...policy.document, Statement: denials}};
}
