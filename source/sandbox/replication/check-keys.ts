import {serviceSession} from '../access/service-role.js';
import {type ServiceUse, useForService} from '../kms/use-for-service.js';
import {contextOf, viaS3} from '../s3/objects/encryption.js';
import {type Role} from '../world/account.js';
import {type Bucket} from '../world/bucket.js';
import {type World} from '../world/world.js';
import {type CopyAttempt} from './copy-attempt.js';
import {replicaKeyIdOf, usesBucketKeyAt} from './replica-encryption.js';

/** The name of the session that S3 opens of the role. */
export const sessionName = 's3-replication';

type Ask = (bucket: Bucket, keyId: string, action: string, usesBucketKey: boolean) => ServiceUse;

/**
 * Gives the reason why the role cannot decrypt the source, or undefined where it can, or has nothing to decrypt (S3 User Guide,
 * replication-metrics-events; a key that is gone has no reason of its own: guessed).
 */
export function sourceKeyFailure(world: World, role: Role, attempt: CopyAttempt): string | undefined {
	const {source, version, stage} = attempt;
	const encryption = version.data?.encryption;
	if (encryption === undefined || stage === 'change') return undefined;
	const used = asker(world, role, attempt)(
		source,
		encryption.keyArn,
		'kms:Decrypt',
		encryption.usesBucketKey,
	);
	if (used.ok) return undefined;
	return used.problem === 'not-permitted' ? 'SrcGetObjectNotPermitted' : 'SrcKmsKeyInvalidState';
}

/**
 * Gives the reason why the replica cannot be encrypted with the rule's key, or undefined where it can. It takes kms:Encrypt, and
 * with a bucket key kms:Decrypt, too (S3 User Guide, replication-config-for-kms-objects, replication-troubleshoot).
 */
export function replicaKeyFailure(
	world: World,
	role: Role,
	attempt: CopyAttempt,
	destination: Bucket,
	notPermitted: string,
): string | undefined {
	const encryption = attempt.version.data?.encryption;
	if (encryption === undefined || attempt.stage === 'change') return undefined;
	const usesBucketKey = usesBucketKeyAt(destination, encryption);
	const ask = asker(world, role, attempt);
	const reasons = {
		'not-found': 'DstKmsKeyNotFound',
		'not-permitted': notPermitted,
		'invalid-state': 'DstKmsKeyInvalidState',
	};
	for (const action of ['kms:Encrypt', ...(usesBucketKey ? ['kms:Decrypt'] : [])]) {
		const used = ask(destination, replicaKeyIdOf(attempt.rule), action, usesBucketKey);
		if (!used.ok) return reasons[used.problem];
	}
	return undefined;
}

/** A key that is named without an account would be one of the role's (guessed: rules name ARNs). */
function asker(world: World, role: Role, {version}: CopyAttempt): Ask {
	const identity = serviceSession(role, sessionName);
	return (bucket, keyId, action, usesBucketKey) => {
		const context = version.data?.encryption?.context ?? {};
		const place = {accountId: role.accountId, region: bucket.region};
		return useForService(world, identity, keyId, place, {
			action,
			viaService: viaS3(bucket.region),
			encryptionContext: contextOf(bucket, version.key, {usesBucketKey, context}),
		});
	};
}
