import {type ReplicationConfiguration, type ReplicationRule} from '@aws-sdk/client-s3';
import {invalidArgument, invalidRequest, s3Error} from '../errors/errors.js';
import {type Bucket} from '../../world/bucket.js';
import {type World} from '../../world/world.js';
import {checkRule} from './check-rule.js';
import {checkDestination} from './check-destination.js';
import {isSchemaV2} from './rule-schema.js';

const maxRules = 1000;

/**
 * Checks what was given to PutBucketReplication as S3 does, and gives the configuration that is kept: each rule has an
 * id. `requirePassRole` throws where the caller may not pass the role. That the role exists is not checked, nor is it
 * by S3. Sources: docs/aws-facts.md, 5.3 to 5.7.
 */
export function checkReplicationConfiguration(
	world: World,
	bucket: Bucket,
	configuration: ReplicationConfiguration | undefined,
	requirePassRole: () => void,
): ReplicationConfiguration {
	const rules = configuration?.Rules ?? [];
	if (configuration === undefined || rules.length === 0) throw s3Error('MalformedXML');
	if (rules.length > maxRules) {
		throw invalidRequest('The number of replication rules must not exceed the allowed limit of 1000 rules.');
	}
	checkRole(configuration.Role ?? '', bucket);
	requirePassRole();
	if (bucket.versioning.inEffect(world.clock.now()) !== 'Enabled') {
		throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
	}
	for (const rule of rules) checkRule(rule);
	checkTogether(rules);
	for (const rule of rules) checkDestination(world, bucket, rule);
	return {...configuration, Rules: rules.map((rule) => ({...rule, ID: rule.ID ?? world.ids.uuid()}))};
}

function checkRole(role: string, bucket: Bucket): void {
	const [arn, partition, service, region, accountId, ...relative] = role.split(':');
	if (
		arn !== 'arn' ||
		partition === undefined ||
		service !== 'iam' ||
		region !== '' ||
		!/^\d{12}$/.test(accountId ?? '')
	) {
		throw invalidArgument('Invalid Role specified in replication configuration', 'Role', role);
	}
	if (!relative.join(':').startsWith('role/')) {
		throw invalidArgument('The relative id should start with role', 'Role', role);
	}
	if (accountId !== bucket.ownerAccountId) throw s3Error('AccessDenied');
}

function checkTogether(rules: readonly ReplicationRule[]): void {
	const versions = new Set(rules.map(isSchemaV2));
	if (versions.size > 1) throw s3Error('MalformedXML');
	const destinations = new Set(rules.map(({Destination}) => Destination?.Bucket));
	if (versions.has(false) && destinations.size > 1) {
		throw invalidRequest('Number of distinct destination bucket ARNs cannot exceed 1');
	}
	const ids = rules.flatMap(({ID}) => (ID === undefined ? [] : [ID]));
	if (new Set(ids).size < ids.length)
		throw invalidArgument('Rule Id must be unique', 'ID', firstRepeated(ids));
	const priorities = rules.flatMap(({Priority}) => (Priority === undefined ? [] : [String(Priority)]));
	if (new Set(priorities).size < priorities.length) {
		throw invalidRequest(`Found duplicate priority ${firstRepeated(priorities)}.`);
	}
}

function firstRepeated(values: readonly string[]): string {
	return values.find((value, index) => values.indexOf(value) !== index) ?? '';
}
