import {type StreamedBody} from '../http/exchange.js';
import {type WireRequest} from '../http/wire-request.js';
import {type Bucket} from '../world/bucket.js';
import {type Identity} from '../world/credential.js';
import {type Checksum, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type ReceivedBody} from './requests/received-body.js';
import {partitionOfRegion} from '../world/partition.js';

/** Hears of every version that a client wrote or deleted, so that it can be replicated. */
export type VersionWritten = (bucket: Bucket, version: ObjectVersion) => void;

/** What of a version was changed after it was written. */
export type MetadataChange = 'acl' | 'tags' | 'retention' | 'legal-hold';

/** Hears of every change to a version that is there. */
export type MetadataChanged = (bucket: Bucket, version: ObjectVersion, change: MetadataChange) => void;

/** Hears of every version that a client removed for good; without an id where the bucket never had versioning. */
export type VersionRemoved = (bucket: Bucket, key: string, versionId: string | undefined) => void;

/** The body of a request, decoded and checked. */
export type RequestBody = {
	/** Empty where the body is an object's. */
	readonly bytes: Buffer;
	/** The object's bytes, for the action to take over. */
	readonly received: ReceivedBody | undefined;
	readonly checksum: Checksum | undefined;
};

export type AccountCall<Input> = {
	readonly world: World;
	readonly identity: Identity | undefined;
	/** The region of the endpoint that was called: the one the signature names. */
	readonly region: string;
	readonly request: WireRequest;
	readonly body: RequestBody;
	readonly input: Input;
	readonly versionWritten: VersionWritten;
	readonly versionRemoved: VersionRemoved;
	readonly metadataChanged: MetadataChanged;
	/** The same two questions about another bucket. */
	readonly from: (bucket: Bucket) => Access;
} & Access;

export type Access = {
	/** Says whether the caller may do that; for rules that go beyond the permissions of the action. */
	readonly may: (permission: Permission) => boolean;
	/** Throws AccessDenied, with AWS's reason, unless the caller may. */
	readonly require: (permission: Permission) => void;
};

export type BucketCall<Input> = AccountCall<Input> & {
	readonly bucket: Bucket;
	/** Empty where the action is on the bucket. */
	readonly key: string;
};

/** An action of the policy language on one resource. */
export type Permission = {
	readonly action: string;
	readonly resource: string;
	/** The account that has the resource, where it is not the bucket's owner or the caller's own. */
	readonly accountId?: string;
	/** The version it is about, where the URL does not say it. */
	readonly versionId?: string | undefined;
	/** Condition keys of this action alone. */
	readonly context?: Readonly<Record<string, string>>;
};

export type S3Reply<Output> = {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly output?: Output;
	readonly body?: Buffer | StreamedBody;
};

type Answer<Output> = S3Reply<Output> | Promise<S3Reply<Output>>;

/** An action on an account: there is no bucket yet. */
export type AccountAction<Input, Output> = {
	/** The operation's. */
	readonly name: string;
	readonly target: 'account';
	readonly run: (call: AccountCall<Input>) => Answer<Output>;
};

/** An action on a bucket or an object in it. */
export type BucketAction<Input, Output> = {
	/** The operation's. */
	readonly name: string;
	readonly target: 'bucket' | 'object';
	/** The actions of the policy language it needs, on the bucket or the object. */
	readonly permissions: readonly string[] | ((call: BucketCall<Input>) => readonly string[]);
	readonly run: (call: BucketCall<Input>) => Answer<Output>;
};

export type S3Action = AccountAction<never, object> | BucketAction<never, object>;

type Permissions<Input> = BucketAction<Input, object>['permissions'];

/** Makes an action on a bucket, which takes the permission of its own name unless others are told. */
export function onBucket<Input, Output extends object = object>(
	name: string,
	run: BucketAction<Input, Output>['run'],
	permissions: Permissions<Input> = [`s3:${name}`],
): S3Action {
	const action: BucketAction<Input, Output> = {name, target: 'bucket', permissions, run};
	return action;
}

/** Makes an action on an object, which takes the permission of its own name unless others are told. */
export function onObject<Input, Output extends object = object>(
	name: string,
	run: BucketAction<Input, Output>['run'],
	permissions: Permissions<Input> = [`s3:${name}`],
): S3Action {
	const action: BucketAction<Input, Output> = {name, target: 'object', permissions, run};
	return action;
}

/** The permission on an object, which is another where a version is named: `s3:GetObjectAcl`, `s3:GetObjectVersionAcl`. */
export function permissionOnVersion(
	start: string,
	end = '',
): (call: {readonly input: {readonly VersionId?: string | undefined}}) => readonly string[] {
	return ({input}) => [`${start}${input.VersionId === undefined ? '' : 'Version'}${end}`];
}

type NamedBucket = Pick<Bucket, 'name' | 'region'>;

export function bucketArn({name, region}: NamedBucket): string {
	return `arn:${partitionOfRegion(region).id}:s3:::${name}`;
}

export function objectArn(bucket: NamedBucket, key: string): string {
	return `${bucketArn(bucket)}/${key}`;
}
