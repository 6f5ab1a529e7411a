import {byOperation} from '../wire/operation.js';
import {type S3Action} from './action.js';
import {aclActions} from './actions/acls.js';
import {bucketActions} from './actions/buckets.js';
import {bucketConfigurationActions} from './actions/bucket-configuration.js';
import {bucketPolicyActions} from './actions/bucket-policy.js';
import {completeMultipartUpload} from './actions/complete-multipart-upload.js';
import {copyObject} from './actions/copy-object.js';
import {createBucket} from './actions/create-bucket.js';
import {createMultipartUpload} from './actions/create-multipart-upload.js';
import {deleteObject} from './actions/delete-object.js';
import {deleteObjects} from './actions/delete-objects.js';
import {getObjectAttributes} from './actions/get-object-attributes.js';
import {listObjectsActions} from './actions/list-objects.js';
import {listObjectVersions} from './actions/list-object-versions.js';
import {multipartActions} from './actions/multipart-uploads.js';
import {objectLockActions} from './actions/object-lock.js';
import {objectTaggingActions} from './actions/object-tagging.js';
import {readObjectActions} from './actions/read-object.js';
import {putObject} from './actions/put-object.js';
import {restoreObject} from './actions/restore-object.js';
import {uploadPart} from './actions/upload-part.js';
import {uploadPartCopy} from './actions/upload-part-copy.js';
import {inventoryActions} from './buckets/inventory.js';
import {actionsOfSetting} from './buckets/setting-actions.js';
import {settings} from './buckets/settings.js';

/** What the sandbox does of S3, by name; every other operation answers NotImplemented. */
export const s3Actions = byOperation<S3Action>([
	...aclActions,
	...bucketActions,
	...bucketConfigurationActions,
	...bucketPolicyActions,
	...inventoryActions,
	...listObjectsActions,
	...multipartActions,
	...objectLockActions,
	...objectTaggingActions,
	...readObjectActions,
	...settings.flatMap(actionsOfSetting),
	completeMultipartUpload,
	copyObject,
	createBucket,
	createMultipartUpload,
	deleteObject,
	deleteObjects,
	getObjectAttributes,
	listObjectVersions,
	putObject,
	restoreObject,
	uploadPart,
	uploadPartCopy,
]);
