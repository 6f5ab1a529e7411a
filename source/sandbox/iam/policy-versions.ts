import {type ManagedPolicy, type PolicyVersion} from '../world/account.js';
import {iamError} from './errors.js';

/** Finds a version of a managed policy. Throws NoSuchEntity. */
export function findPolicyVersion(policy: ManagedPolicy, versionId: string | undefined): PolicyVersion {
	const version = policy.versions.find((other) => other.versionId === versionId);
	if (version !== undefined) return version;
	throw iamError(
		'NoSuchEntity',
		`Policy ${policy.arn} version ${versionId ?? ''} does not exist or is not attachable.`,
	);
}
