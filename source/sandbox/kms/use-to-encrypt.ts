import {type KmsKey} from '../world/kms-key.js';
import {type KmsCall} from './action.js';
import {type EncryptionContext} from './decide-key.js';
import {kmsError, notImplemented} from './errors.js';
import {stateProblem} from './key-state.js';

/** What the operations that use a key's material have in common. */
export type UseInput = {
	readonly EncryptionContext?: EncryptionContext | undefined;
	readonly GrantTokens?: readonly string[] | undefined;
	readonly DryRun?: boolean | undefined;
	readonly Recipient?: object | undefined;
};

/**
 * Finds the key for a use of its material, by any of its names and of any account, and throws unless the caller may use it
 * so, the key is enabled, and the use is not only to be tried (KMS API reference, GenerateDataKey, Encrypt, Decrypt).
 */
export function keyToUse(call: KmsCall<UseInput>, keyId: string | undefined, action: string): KmsKey {
	const {EncryptionContext: encryptionContext = {}} = call.input;
	refuseUnperformed(call.input);
	const key = call.keyFor(keyId, {action, encryptionContext}, {takesAliases: true, takesForeign: true});
	requireEnabled(key);
	return key;
}

/** Throws where what the caller would do is only to be tried, and would be done. */
export function refuseDryRun({DryRun}: UseInput): void {
	if (DryRun === true) throw kmsError('DryRunOperationException');
}

/** Throws NotImplemented for what the sandbox would have to pretend. */
export function refuseUnperformed({GrantTokens, Recipient}: UseInput): void {
	if (GrantTokens !== undefined && GrantTokens.length > 0) throw notImplemented('grants');
	if (Recipient !== undefined) throw notImplemented('attested recipients (Nitro Enclaves)');
}

export function requireEnabled(key: KmsKey): void {
	const problem = stateProblem(key);
	if (problem !== undefined) throw problem;
}

/** Throws for an algorithm that symmetric keys do not have (KMS API reference, Encrypt; the words: guessed). */
export function checkAlgorithm(algorithm: string | undefined, {arn}: KmsKey): void {
	if (algorithm === undefined || algorithm === 'SYMMETRIC_DEFAULT') return;
	throw kmsError('InvalidKeyUsageException', `The algorithm ${algorithm} is not valid for ${arn}.`);
}
