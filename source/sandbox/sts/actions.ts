import {queryActions} from '../iam/action.js';
import {assumeRole} from './actions/assume-role.js';
import {getAccessKeyInfo} from './actions/get-access-key-info.js';
import {getSessionToken} from './actions/get-session-token.js';
import {getCallerIdentity} from './actions/get-caller-identity.js';

/** What the sandbox does of STS; every other operation answers NotImplemented. */
export const stsActions = queryActions(assumeRole, getAccessKeyInfo, getSessionToken, getCallerIdentity);
