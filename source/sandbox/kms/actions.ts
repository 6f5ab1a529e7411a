import {byOperation} from '../wire/operation.js';
import {aliasActions} from './alias-actions.js';
import {encryptionActions} from './encryption-actions.js';
import {keyActions} from './key-actions.js';
import {policyActions} from './policy-actions.js';
import {tagActions} from './tags.js';

/** What the sandbox does of KMS; every other operation answers NotImplemented. */
export const kmsActions = byOperation([
	...aliasActions,
	...encryptionActions,
	...keyActions,
	...policyActions,
	...tagActions,
]);
