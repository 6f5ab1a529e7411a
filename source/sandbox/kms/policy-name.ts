import {kmsError} from './errors.js';

/** The one name that a key policy can have (KMS API reference, PutKeyPolicy). */
export const policyName = 'default';

export function checkPolicyName(name: string | undefined): void {
	if (name === undefined || name === policyName) return;
	throw kmsError('NotFoundException', 'No such policy exists');
}
