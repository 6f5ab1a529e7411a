import {type QueryAction} from '../iam/action.js';
import {byOperation} from '../wire/operation.js';
import {assumeRole} from './actions/assume-role.js';
import {getAccessKeyInfo} from './actions/get-access-key-info.js';
import {getCallerIdentity} from './actions/get-caller-identity.js';
import {getSessionToken} from './actions/get-session-token.js';

/** What the sandbox does of STS; every other operation answers NotImplemented. */
export const stsActions = byOperation<QueryAction>([
	assumeRole,
	getAccessKeyInfo,
	getSessionToken,
	getCallerIdentity,
]);
