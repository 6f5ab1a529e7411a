import type {Side} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import {fixable} from '../problem.js';
import {ruleInForce} from '../role/role-duties.js';
import {optionsIn} from '../rule/rule-options.js';
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
		needs: [`${side}Encryption`, 'observed'],
		decide: ({request}, {[`${side}Encryption` as const]: encryption, observed}) =>
			whenRead([encryption], (found) => {
				if (found === undefined) return ok('SSE-S3, as every new bucket');
				const {algorithm, keyId = 'aws/s3'} = found;
				if (!algorithm.startsWith('aws:kms')) return ok('SSE-S3');
				const {bucket} = request[side];
				const name = algorithm === 'aws:kms' ? 'SSE-KMS' : 'DSSE-KMS';
				const evidence = `${name} with the key ${keyId}`;
				const kmsKey = replicaKey(request, observed.isRead ? observed.value : undefined);
				if (side === 'destination') {
					return warning(
						evidence,
						fixable(
							'destination-encrypted-with-kms',
							`Replicas will not use the KMS key of ${bucket}`,
							`A replica of an object with SSE-S3 keeps SSE-S3, whatever the destination's default. ${kmsKey === undefined ? 'Objects with SSE-KMS are replicated where --kms-key names a key for them.' : `Replicas of objects with SSE-KMS are encrypted with ${kmsKey}.`}`,
							['Go on if SSE-S3 is enough for these replicas.', 'Choose another destination bucket.'],
						),
					);
				}

				if (kmsKey !== undefined) return ok(`${evidence}; replicas get ${kmsKey}`);
				return stop(
					evidence,
					fixable(
						'source-encrypted-with-kms',
						`Cannot replicate KMS objects of ${bucket} without --kms-key`,
						`New objects get ${name} there by default. A rule without its part for KMS leaves them.`,
						[
							"Name a key of the destination's region: --kms-key ARN, or --kms-key alias/NAME.",
							`Set the default encryption of ${bucket} to SSE-S3, if that is enough.`,
							'Choose another source bucket.',
						],
					),
				);
			}),
	});
}

/** The key that the rule names or will name: that of a rule which is kept, too. */
function replicaKey(request: ReplicationRequest, observed: Observed | undefined): string | undefined {
	const asked = request.rule?.kmsKey;
	if (!observed) return asked;
	return optionsIn(ruleInForce(request, observed)).kmsKey ?? asked;
}
