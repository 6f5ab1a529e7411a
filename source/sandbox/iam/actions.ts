import {byOperation} from '../wire/operation.js';
import {accountActions} from './account-actions.js';
import {groupActions} from './group-actions.js';
import {holderActions} from './holder-actions.js';
import {mfaDeviceActions} from './mfa-devices.js';
import {oidcActions} from './oidc-actions.js';
import {policyActions} from './policy-actions.js';
import {roleActions} from './role-actions.js';
import {simulationActions} from './simulation-actions.js';
import {userActions} from './user-actions.js';

/** What the sandbox does of IAM; every other operation answers NotImplemented. */
export const iamActions = byOperation([
	...accountActions,
	...groupActions,
	...holderActions,
	...mfaDeviceActions,
	...oidcActions,
	...policyActions,
	...roleActions,
	...simulationActions,
	...userActions,
]);
