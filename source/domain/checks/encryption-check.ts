import type {Side} from '../answers/mode.js';
import {fixable} from '../problem.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, stop, warning, whenRead} from './verdict.js';

/**
 * Whether new objects are encrypted with a key of KMS: a rule without its own part for KMS leaves such objects behind.
 * Source: S3 User Guide, "Replicating encrypted objects".
 */
export function encryptionCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-encryption`,
		title: 'Encryption',
		group: side,
		needs: [`${side}Encryption`],
		decide: ({request}, {[`${side}Encryption` as const]: encryption}) =>
			whenRead([encryption], (found) => {
				if (found === undefined) return ok('SSE-S3, as every new bucket');
				const {algorithm, keyId = 'aws/s3', usesBucketKey} = found;
				if (!algorithm.startsWith('aws:kms')) return ok('SSE-S3');
				const {bucket} = request[side];
				const name = algorithm === 'aws:kms' ? 'SSE-KMS' : 'DSSE-KMS';
				const evidence = `${name} with the key ${keyId}`;
				const takes =
					side === 'source'
						? `It would take SourceSelectionCriteria.SseKmsEncryptedObjects and a ReplicaKmsKeyID in the rule, kms:Decrypt on ${keyId} for the role (encryption context ${usesBucketKey ? 'the bucket' : 'each object'}), and kms:Encrypt with kms:GenerateDataKey on a key in the destination's region.`
						: `It would take this key as ReplicaKmsKeyID in the rule, kms:Encrypt with kms:GenerateDataKey on it for the role, and the same in the key's policy where it is another account's.`;
				if (side === 'destination') {
					return warning(
						evidence,
						fixable(
							'destination-encrypted-with-kms',
							`Replicas will not use the KMS key of ${bucket}`,
							`A replica of an object with SSE-S3 keeps SSE-S3, whatever the destination's default. Replication with KMS is not covered yet. ${takes}`,
							['Go on if SSE-S3 is enough for replicas.', 'Choose another destination bucket.'],
						),
					);
				}

				return stop(
					evidence,
					fixable(
						'source-encrypted-with-kms',
						`Cannot replicate what ${bucket} encrypts with KMS`,
						`New objects get ${name} there by default, and a rule without its part for KMS leaves them where they are. Replication with KMS is not covered yet. ${takes}`,
						[
							`Set the default encryption of ${bucket} to SSE-S3, if that is enough.`,
							'Choose another source bucket.',
						],
					),
				);
			}),
	});
}
