import {decideAccess} from '../../access/decide-access.js';
import {environmentOf} from '../../access/request-context.js';
import {explainDenial} from '../../../policy/explain.js';
import {type WireRequest} from '../../http/wire-request.js';
import {type ServiceError} from '../../wire/service-error.js';
import {type Bucket} from '../../world/bucket.js';
import {type Identity} from '../../world/credential.js';
import {type World} from '../../world/world.js';
import {type Access, type Permission} from '../action.js';
import {aclAccess} from './acl-access.js';
import {aclHeaders} from '../acl/acl-input.js';
import {resourceContextOf} from './resource-context.js';
import {policyFor} from '../bucket-policy/policy-for.js';
import {s3Error} from '../errors/errors.js';

/**
 * Makes the two questions about a bucket, or about the account where there is none, for one request. The rich text names the
 * missing permission; callers of other accounts get a plain one (S3 User Guide, troubleshoot-403-errors).
 */
export function makeAccess(
	world: World,
	identity: Identity | undefined,
	request: WireRequest,
	region: string,
	bucket: Bucket | undefined,
): Access {
	const headers: Record<string, string> = bucket === undefined ? {} : {'x-amz-bucket-region': bucket.region};
	/** Gives the error that a caller without the permission gets, or undefined where it is allowed. */
	const check = ({
		action,
		resource,
		accountId,
		context,
		versionId = request.query.get('versionId'),
	}: Permission): ServiceError | undefined => {
		const isOnBucket = bucket !== undefined && action.startsWith('s3:');
		const access = isOnBucket
			? aclAccess(
					bucket,
					{
						action,
						resource,
						accountId: identity?.accountId,
						versionId,
						isOnAcl: request.query.has('acl'),
						uploadId: request.query.get('uploadId'),
					},
					policyFor(world, bucket, identity?.accountId),
				)
			: undefined;
		const resourceAccountId =
			access?.ownerAccountId ?? accountId ?? bucket?.ownerAccountId ?? identity?.accountId ?? '';
		const {request: asked, decision} = decideAccess(
			world,
			identity,
			{
				action,
				resource,
				resourceAccountId,
				context: () => ({
					...contextOf(world, request, region),
					...resourceContextOf(bucket, request, action, resource, versionId),
					...(versionId === undefined ? {} : {'s3:VersionId': versionId}),
					...context,
				}),
			},
			access?.policy,
		);
		if (decision.isAllowed) return undefined;
		const isOwn = identity !== undefined && identity.accountId === resourceAccountId;
		return s3Error('AccessDenied', {
			message: isOwn ? explainDenial(asked, decision) : undefined,
			headers,
		});
	};
	return {
		may: (permission) => check(permission) === undefined,
		require: (permission) => {
			const error = check(permission);
			if (error !== undefined) throw error;
		},
	};
}

/** The parameters that are condition keys of the same name with `s3:` (Service Authorization Reference, Amazon S3). */
const queryKeys: readonly (readonly [parameter: string, key: string])[] = [
	['prefix', 's3:prefix'],
	['delimiter', 's3:delimiter'],
	['max-keys', 's3:max-keys'],
];

const headerKeys: readonly string[] = [
	...aclHeaders,
	'x-amz-content-sha256',
	'x-amz-copy-source',
	'x-amz-metadata-directive',
	'x-amz-server-side-encryption',
	'x-amz-server-side-encryption-aws-kms-key-id',
	'x-amz-storage-class',
];

function contextOf(
	world: World,
	{query, headers}: WireRequest,
	region: string,
): Readonly<Record<string, string>> {
	const context: Record<string, string> = {
		...environmentOf(world, region),
		'aws:SourceIp': '127.0.0.1',
		's3:authType': headers['authorization'] === undefined ? 'REST-QUERY-STRING' : 'REST-HEADER',
		's3:signatureversion': 'AWS4-HMAC-SHA256',
	};
	for (const [parameter, key] of queryKeys) {
		const value = query.get(parameter);
		if (value !== undefined) context[key] = value;
	}
	for (const header of headerKeys) {
		const value = headers[header];
		if (value !== undefined) context[`s3:${header}`] = value;
	}
	const userAgent = headers['user-agent'];
	if (userAgent !== undefined) context['aws:UserAgent'] = userAgent;
	const referer = headers['referer'];
	if (referer !== undefined) context['aws:Referer'] = referer;
	return context;
}
