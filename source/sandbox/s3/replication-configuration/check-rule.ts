import {type ReplicationRule} from '@aws-sdk/client-s3';
import {invalidArgument, invalidRequest, s3Error} from '../errors/errors.js';
import {type ServiceError} from '../../wire/service-error.js';
import {isSchemaV2, prefixOf, tagsOf} from './rule-schema.js';

const schemaHint =
	'for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.';
const maxIdLength = 255;
const maxPrefixLength = 1024;
const maxPriority = 2_147_483_647;
const replicationTimeMinutes = 15;

type Check = (rule: ReplicationRule) => ServiceError | undefined;

/** Throws what S3 answers to a rule that is wrong by itself. */
export function checkRule(rule: ReplicationRule): void {
	for (const check of checks) {
		const error = check(rule);
		if (error !== undefined) throw error;
	}
}

const checks: readonly Check[] = [
	({ID}) =>
		ID !== undefined && ID.length > maxIdLength
			? invalidArgument('Rule Id cannot be greater than 255', 'ID', ID)
			: undefined,
	({ID}) =>
		// ErrorResponses in the S3 API reference: rule ids are ASCII.
		ID !== undefined && [...ID].some((character) => character.charCodeAt(0) > 127)
			? invalidArgument('Rule Id can only contain ASCII characters', 'ID', ID)
			: undefined,
	(rule) => (rule.ExistingObjectReplication === undefined ? undefined : s3Error('MalformedXML')),
	(rule) => (isSchemaV2(rule) && rule.Prefix !== undefined ? s3Error('MalformedXML') : undefined),
	(rule) => (!isSchemaV2(rule) && rule.Prefix === undefined ? s3Error('MalformedXML') : undefined),
	(rule) => (prefixOf(rule).length > maxPrefixLength ? s3Error('InvalidRequest') : undefined),
	checkFilter,
	(rule) =>
		isSchemaV2(rule) && rule.DeleteMarkerReplication?.Status === undefined
			? invalidRequest(`DeleteMarkerReplication must be specified ${schemaHint}`)
			: undefined,
	(rule) =>
		!isSchemaV2(rule) && rule.DeleteMarkerReplication !== undefined
			? invalidRequest(`DeleteMarkerReplication cannot be used ${schemaHint}`)
			: undefined,
	(rule) =>
		!isSchemaV2(rule) && rule.Priority !== undefined
			? invalidRequest(`Priority cannot be used ${schemaHint}`)
			: undefined,
	(rule) =>
		isSchemaV2(rule) && rule.Priority === undefined
			? invalidRequest(`Priority must be specified ${schemaHint}`)
			: undefined,
	({Priority}) =>
		Priority !== undefined && (Priority < 0 || Priority > maxPriority)
			? invalidRequest('Priority must be between 0 and 2147483647.')
			: undefined,
	(rule) =>
		tagsOf(rule).length > 0 && rule.DeleteMarkerReplication?.Status === 'Enabled'
			? invalidRequest(
					'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
				)
			: undefined,
	(rule) =>
		new Set(tagsOf(rule).map(({Key}) => Key)).size < tagsOf(rule).length
			? invalidRequest('Duplicate Tag Keys are not allowed.')
			: undefined,
	// V1 has none of it (S3 User Guide, replication-for-metadata-changes; the words: guessed after those of Priority).
	(rule) =>
		!isSchemaV2(rule) && rule.SourceSelectionCriteria?.ReplicaModifications !== undefined
			? invalidRequest(`ReplicaModifications cannot be used ${schemaHint}`)
			: undefined,
	checkSelection,
	checkTime,
	({Destination}) =>
		Destination?.AccessControlTranslation !== undefined && !Destination.Account
			? invalidRequest('Account must be specified if the Owner in AccessControlTranslation has a value')
			: undefined,
];

function checkFilter({Filter}: ReplicationRule): ServiceError | undefined {
	if (Filter === undefined) return undefined;
	const predicates = [Filter.Prefix, Filter.Tag, Filter.And].filter((predicate) => predicate !== undefined);
	if (predicates.length > 1) return s3Error('MalformedXML');
	if (Filter.And === undefined) return undefined;
	const count = (Filter.And.Tags?.length ?? 0) + (Filter.And.Prefix === undefined ? 0 : 1);
	return count < 2 ? s3Error('MalformedXML') : undefined;
}

function checkSelection({SourceSelectionCriteria, Destination}: ReplicationRule): ServiceError | undefined {
	const kms = SourceSelectionCriteria?.SseKmsEncryptedObjects;
	if (SourceSelectionCriteria !== undefined && !kms && !SourceSelectionCriteria.ReplicaModifications) {
		return invalidRequest('SourceSelectionCriteria cannot be empty');
	}
	if (kms?.Status === 'Enabled' && !Destination?.EncryptionConfiguration?.ReplicaKmsKeyID) {
		return invalidRequest('ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.');
	}
	return Destination?.EncryptionConfiguration !== undefined && kms === undefined
		? invalidRequest('SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.')
		: undefined;
}

function checkTime({Destination}: ReplicationRule): ServiceError | undefined {
	const {ReplicationTime, Metrics} = Destination ?? {};
	// Reports of what AWS said: crossplane-contrib/provider-aws#1117 and #1129, pulumi/pulumi-aws#5806.
	const isOff = ReplicationTime === undefined || ReplicationTime.Status === 'Disabled';
	if (isOff && Metrics?.Status !== ReplicationTime?.Status) {
		return Metrics?.EventThreshold === undefined
			? undefined
			: s3Error('InvalidArgument', {
					message:
						'Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled',
				});
	}
	if (ReplicationTime === undefined) return undefined;
	if (Metrics === undefined || Metrics.Status !== ReplicationTime.Status) {
		return invalidRequest(
			'Replication destination must contain both ReplicationTime and Metrics or neither.',
		);
	}
	if (Metrics.EventThreshold === undefined) {
		return invalidRequest('ReplicationMetrics must contain an event threshold');
	}
	return [ReplicationTime.Time?.Minutes, Metrics.EventThreshold.Minutes].every(
		(minutes) => minutes === replicationTimeMinutes,
	)
		? undefined
		: s3Error('InvalidArgument', {message: 'Replication time must be 15 minutes'});
}
