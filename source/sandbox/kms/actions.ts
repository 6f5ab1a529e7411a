import {kmsActionsOf} from './action.js';
import {cancelKeyDeletion} from './actions/cancel-key-deletion.js';
import {createAlias} from './actions/create-alias.js';
import {createKey} from './actions/create-key.js';
import {decrypt} from './actions/decrypt.js';
import {deleteAlias} from './actions/delete-alias.js';
import {describeKey} from './actions/describe-key.js';
import {disableKey} from './actions/disable-key.js';
import {disableKeyRotation} from './actions/disable-key-rotation.js';
import {enableKey} from './actions/enable-key.js';
import {enableKeyRotation} from './actions/enable-key-rotation.js';
import {encrypt} from './actions/encrypt.js';
import {generateDataKey} from './actions/generate-data-key.js';
import {generateDataKeyWithoutPlaintext} from './actions/generate-data-key-without-plaintext.js';
import {getKeyPolicy} from './actions/get-key-policy.js';
import {getKeyRotationStatus} from './actions/get-key-rotation-status.js';
import {listAliases} from './actions/list-aliases.js';
import {listKeyPolicies} from './actions/list-key-policies.js';
import {listKeys} from './actions/list-keys.js';
import {listResourceTags} from './actions/list-resource-tags.js';
import {putKeyPolicy} from './actions/put-key-policy.js';
import {reEncrypt} from './actions/re-encrypt.js';
import {scheduleKeyDeletion} from './actions/schedule-key-deletion.js';
import {tagResource} from './actions/tag-resource.js';
import {untagResource} from './actions/untag-resource.js';
import {updateAlias} from './actions/update-alias.js';
import {updateKeyDescription} from './actions/update-key-description.js';

/** What the sandbox does of KMS; every other operation answers NotImplemented. */
export const kmsActions = kmsActionsOf(
	cancelKeyDeletion,
	createAlias,
	createKey,
	decrypt,
	deleteAlias,
	describeKey,
	disableKey,
	disableKeyRotation,
	enableKey,
	enableKeyRotation,
	encrypt,
	generateDataKey,
	generateDataKeyWithoutPlaintext,
	getKeyPolicy,
	getKeyRotationStatus,
	listAliases,
	listKeyPolicies,
	listKeys,
	listResourceTags,
	putKeyPolicy,
	reEncrypt,
	scheduleKeyDeletion,
	tagResource,
	untagResource,
	updateAlias,
	updateKeyDescription,
);
