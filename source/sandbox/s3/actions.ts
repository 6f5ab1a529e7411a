import {type S3Action} from './action.js';
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

/** What the sandbox does of S3; every other operation answers NotImplemented. */
export const s3Actions: ReadonlyMap<string, S3Action> = new Map<string, S3Action>([
	['AbortMultipartUpload', abortMultipartUpload],
	['CompleteMultipartUpload', completeMultipartUpload],
	['CreateMultipartUpload', createMultipartUpload],
	['ListMultipartUploads', listMultipartUploads],
	['ListParts', listParts],
	['UploadPart', uploadPart],
	['UploadPartCopy', uploadPartCopy],
	['CopyObject', copyObject],
	['CreateBucket', createBucket],
	['DeleteBucket', deleteBucket],
	['DeleteBucketPolicy', deleteBucketPolicy],
	['DeleteBucketReplication', deleteBucketReplication],
	['DeleteObject', deleteObject],
	['DeleteObjectTagging', deleteObjectTagging],
	['DeleteObjects', deleteObjects],
	['GetBucketLocation', getBucketLocation],
	['GetBucketPolicy', getBucketPolicy],
	['GetBucketReplication', getBucketReplication],
	['GetBucketVersioning', getBucketVersioning],
	['GetObject', getObject],
	['GetObjectTagging', getObjectTagging],
	['HeadBucket', headBucket],
	['HeadObject', headObject],
	['ListBuckets', listBuckets],
	['ListObjectVersions', listObjectVersions],
	['ListObjects', listObjects],
	['ListObjectsV2', listObjectsV2],
	['PutBucketPolicy', putBucketPolicy],
	['PutBucketReplication', putBucketReplication],
	['PutBucketVersioning', putBucketVersioning],
	['PutObject', putObject],
	['PutObjectTagging', putObjectTagging],
]);
