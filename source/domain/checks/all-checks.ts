import {sides} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import {accountsCheck} from './accounts-check.js';
import {bucketCheck} from './bucket-check.js';
import {callerCheck} from './caller-check.js';
import {clockCheck} from './clock-check.js';
import type {CheckDefinition} from './define-check.js';
import {deniesCheck} from './denies-check.js';
import {encryptionCheck} from './encryption-check.js';
import {filterCheck} from './filter-check.js';
import {keyPolicyCheck} from './key-policy-check.js';
import {objectLockCheck} from './object-lock-check.js';
import {ownershipCheck} from './ownership-check.js';
import {
	bucketPermissionsCheck,
	filePermissionsCheck,
	keyPermissionsCheck,
	passRoleCheck,
	rolePermissionsCheck,
} from './permission-checks.js';
import {planCheck} from './plan-check.js';
import {bucketPolicySizeCheck, rolePolicySizeCheck} from './policy-size-checks.js';
import {publicAccessCheck} from './public-access-check.js';
import {requestPayerCheck} from './request-payer-check.js';
import {roleCheck} from './role-check.js';
import {rulesCheck} from './rules-check.js';
import {sessionCheck} from './session-check.js';
import {versioningCheck} from './versioning-check.js';

const all: readonly CheckDefinition[] = [
	...sides.map(callerCheck),
	accountsCheck,
	...sides.map(sessionCheck),
	clockCheck,
	...sides.flatMap((side) => [
		bucketCheck(side),
		versioningCheck(side),
		...(side === 'destination' ? [objectLockCheck, requestPayerCheck] : []),
		encryptionCheck(side),
		...(side === 'destination' ? [keyPolicyCheck] : []),
		ownershipCheck(side),
		...(side === 'destination' ? [publicAccessCheck] : []),
		deniesCheck(side),
		...(side === 'destination' ? [bucketPolicySizeCheck] : []),
		bucketPermissionsCheck(side),
		filePermissionsCheck(side),
		keyPermissionsCheck(side),
	]),
	roleCheck,
	rolePolicySizeCheck,
	rolePermissionsCheck,
	passRoleCheck,
	filterCheck,
	rulesCheck,
	planCheck,
];

/** The checks of a request, in the order they are shown in. */
export function checksFor(request: ReplicationRequest): readonly CheckDefinition[] {
	return all.filter(({isNeeded}) => isNeeded(request));
}
