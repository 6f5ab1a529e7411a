import {sides} from '../answers/mode.js';
import {isOthers} from '../answers/others-profile.js';
import type {ReplicationRequest} from '../answers/request.js';
import {requestBack} from '../answers/way-back.js';
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
import {ofWayBack} from './way-back-checks.js';

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

/** What is looked at for each way of a two-way set-up; all others are about both ways at once, or about an end by itself. */
const ofEachWay: ReadonlySet<string> = new Set([
	'object-lock',
	'request-payer',
	...sides.flatMap((side) => [`${side}-encryption`, `${side}-ownership`, `${side}-denies`]),
	'destination-key-policy',
	'public-access',
	'bucket-policy-size',
	'role',
	'role-policy-size',
	'role-permissions',
	'pass-role',
	'rules',
]);

/** The checks of a request, in the order they are shown in: those of the way back of a two-way set-up after all others. */
export function checksByWay(request: ReplicationRequest): {
	readonly there: readonly CheckDefinition[];
	readonly back: readonly CheckDefinition[];
} {
	const wayBack = requestBack(request);
	return {
		there: all.filter((check) => check.isNeeded(request) && isOwn(check, request)),
		back: wayBack
			? all
					.filter((check) => ofEachWay.has(check.id) && check.isNeeded(wayBack) && isOwn(check, wayBack))
					.map(ofWayBack)
			: [],
	};
}

/** Whether a check is about what is to be seen from here: what is somebody else's is looked at by them. */
function isOwn({id, group}: CheckDefinition, request: ReplicationRequest): boolean {
	const others = sides.filter((side) => isOthers(request[side].profile));
	if (others.includes('source') && (group === 'role' || id === 'rules')) return false;
	return !others.some((side) => group === side || id.startsWith(`${side}-`));
}
