import {type KeyState} from '@aws-sdk/client-kms';
import {type ServiceError} from '../wire/service-error.js';
import {type KmsKey} from '../world/kms-key.js';
import {kmsError} from './errors.js';

export function stateOf({isEnabled, deletion}: KmsKey): KeyState {
	if (deletion !== undefined) return 'PendingDeletion';
	return isEnabled ? 'Enabled' : 'Disabled';
}

/**
 * The error of who uses a key that is not enabled; undefined where it is (KMS Developer Guide, key-state; recorded:
 * test_s3_sse_validate_kms_key_state).
 */
export function stateProblem(key: KmsKey): ServiceError | undefined {
	if (key.deletion !== undefined) return pendingDeletion(key);
	return key.isEnabled ? undefined : kmsError('DisabledException', `${key.arn} is disabled.`);
}

/** Throws where the key is not enabled. */
export function requireEnabled(key: KmsKey): void {
	const problem = stateProblem(key);
	if (problem !== undefined) throw problem;
}

/** Throws where the key's deletion is scheduled; that it is disabled does not matter. */
export function refusePending(key: KmsKey): void {
	if (key.deletion !== undefined) throw pendingDeletion(key);
}

function pendingDeletion({arn}: KmsKey): ServiceError {
	return kmsError('KMSInvalidStateException', `${arn} is pending deletion.`);
}
