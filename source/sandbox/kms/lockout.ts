import {kmsError} from './errors.js';

/** Takes what the caller would be refused with by the new policy, throws where it could not change it again (KMS API reference, PutKeyPolicy). */
export function checkLockout(refusal: string | undefined): void {
	if (refusal === undefined) return;
	throw kmsError(
		'MalformedPolicyDocumentException',
		'The new key policy will not allow you to update the key policy in the future.',
	);
}
