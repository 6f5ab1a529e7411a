import {type S3Action} from './action.js';
import {deleteBucketOwnershipControls} from './actions/delete-bucket-ownership-controls.js';
import {deletePublicAccessBlock} from './actions/delete-public-access-block.js';
import {getBucketAcl} from './actions/get-bucket-acl.js';
import {getBucketOwnershipControls} from './actions/get-bucket-ownership-controls.js';
import {getBucketPolicyStatus} from './actions/get-bucket-policy-status.js';
import {getObjectAcl} from './actions/get-object-acl.js';
import {getObjectAttributes} from './actions/get-object-attributes.js';
import {getObjectLegalHold} from './actions/get-object-legal-hold.js';
import {getObjectLockConfiguration} from './actions/get-object-lock-configuration.js';
import {getObjectRetention} from './actions/get-object-retention.js';
import {getPublicAccessBlock} from './actions/get-public-access-block.js';
import {putBucketAcl} from './actions/put-bucket-acl.js';
import {putObjectAcl} from './actions/put-object-acl.js';
import {putBucketOwnershipControls} from './actions/put-bucket-ownership-controls.js';
import {putObjectLegalHold} from './actions/put-object-legal-hold.js';
import {putObjectLockConfiguration} from './actions/put-object-lock-configuration.js';
import {restoreObject} from './actions/restore-object.js';
import {putObjectRetention} from './actions/put-object-retention.js';
import {putPublicAccessBlock} from './actions/put-public-access-block.js';
import {actionsOfSetting} from './buckets/setting-actions.js';
import {inventoryActions} from './buckets/inventory.js';
import {settings} from './buckets/settings.js';
import {abortMultipartUpload} from './actions/abort-multipart-upload.js';
import {completeMultipartUpload} from './actions/complete-multipart-upload.js';
import {createMultipartUpload} from './actions/create-multipart-upload.js';
import {listMultipartUploads} from './actions/list-multipart-uploads.js';
import {listParts} from './actions/list-parts.js';
import {uploadPart} from './actions/upload-part.js';
import {uploadPartCopy} from './actions/upload-part-copy.js';
import {copyObject} from './actions/copy-object.js';
import {createBucket} from './actions/create-bucket.js';
import {deleteBucketPolicy} from './actions/delete-bucket-policy.js';
import {deleteBucketReplication} from './actions/delete-bucket-replication.js';
import {deleteBucket} from './actions/delete-bucket.js';
import {deleteObjectTagging} from './actions/delete-object-tagging.js';
import {deleteObject} from './actions/delete-object.js';
import {deleteObjects} from './actions/delete-objects.js';
import {getBucketLocation} from './actions/get-bucket-location.js';
import {getBucketPolicy} from './actions/get-bucket-policy.js';
import {getBucketReplication} from './actions/get-bucket-replication.js';
import {getBucketVersioning} from './actions/get-bucket-versioning.js';
import {getObjectTagging} from './actions/get-object-tagging.js';
import {getObject} from './actions/get-object.js';
import {headBucket} from './actions/head-bucket.js';
import {headObject} from './actions/head-object.js';
import {listBuckets} from './actions/list-buckets.js';
import {listObjectVersions} from './actions/list-object-versions.js';
import {listObjectsV2} from './actions/list-objects-v2.js';
import {listObjects} from './actions/list-objects.js';
import {putBucketPolicy} from './actions/put-bucket-policy.js';
import {putBucketReplication} from './actions/put-bucket-replication.js';
import {putBucketVersioning} from './actions/put-bucket-versioning.js';
import {putObjectTagging} from './actions/put-object-tagging.js';
import {putObject} from './actions/put-object.js';

const actions: readonly S3Action[] = [
	deleteBucketOwnershipControls,
	deletePublicAccessBlock,
	getBucketAcl,
	getBucketOwnershipControls,
	getBucketPolicyStatus,
	getObjectAcl,
	getObjectAttributes,
	getObjectLegalHold,
	getObjectLockConfiguration,
	getObjectRetention,
	getPublicAccessBlock,
	putBucketAcl,
	putObjectAcl,
	putBucketOwnershipControls,
	putObjectLegalHold,
	putObjectLockConfiguration,
	putObjectRetention,
	restoreObject,
	putPublicAccessBlock,
	...settings.flatMap(actionsOfSetting),
	...inventoryActions,
	abortMultipartUpload,
	completeMultipartUpload,
	createMultipartUpload,
	listMultipartUploads,
	listParts,
	uploadPart,
	uploadPartCopy,
	copyObject,
	createBucket,
	deleteBucket,
	deleteBucketPolicy,
	deleteBucketReplication,
	deleteObject,
	deleteObjectTagging,
	deleteObjects,
	getBucketLocation,
	getBucketPolicy,
	getBucketReplication,
	getBucketVersioning,
	getObject,
	getObjectTagging,
	headBucket,
	headObject,
	listBuckets,
	listObjectVersions,
	listObjects,
	listObjectsV2,
	putBucketPolicy,
	putBucketReplication,
	putBucketVersioning,
	putObject,
	putObjectTagging,
];

/** What the sandbox does of S3, by name; every other operation answers NotImplemented. */
export const s3Actions: ReadonlyMap<string, S3Action> = new Map(
	actions.map((action) => [action.name, action]),
);
