import type {PolicyDocument} from '../../policy/document.js';
import type {NamedPolicy} from '../../policy/decision.js';
import {bucketOfArn, roleNameOf} from '../arn.js';
import type {ObservedRole} from '../observed/observed.js';
import type {KeyDescription} from '../observed/observed-key.js';
import type {ObservedReplication, SeenBucket, SeenDestination} from '../observed/observed-replication.js';
import type {DutyContext} from '../role/duties.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {optionsIn, type RuleOptions} from '../rule/rule-options.js';
import type {DiagnosedObject} from './diagnosed-object.js';

/** One rule, and one object where it is asked about, with all that was observed: what each reason is recognised in. */
export type Case = {
	readonly observed: ObservedReplication;
	readonly rule: ReplicationRule;
	readonly options: RuleOptions;
	readonly object?: DiagnosedObject;
	readonly source: SeenBucket;
	readonly destinationName: string;
	readonly destination: SeenDestination;
	readonly roleArn: string;
	readonly roleName: string;
	/** The role, where it could be read. */
	readonly role?: ObservedRole;
	/** Whether the destination is another account's, as far as that is known. */
	readonly isCrossAccount: boolean;
};

/** Puts together what belongs to one rule. */
export function caseOf(observed: ObservedReplication, rule: ReplicationRule, object?: DiagnosedObject): Case {
	const {source, replication, role} = observed;
	const destinationName = bucketOfArn(rule.Destination.Bucket);
	const destination = observed.destinations[destinationName] ?? {
		state: 'unseen',
		cause: 'It has not been looked at.',
	};
	const roleArn = replication?.Role ?? '';
	const account = destination.state === 'existing' ? destination.seen.accountId : rule.Destination.Account;
	return {
		observed,
		rule,
		options: optionsIn(rule),
		...(object ? {object} : {}),
		source,
		destinationName,
		destination,
		roleArn,
		roleName: roleNameOf(roleArn),
		...(role?.state === 'existing' ? {role: role.role} : {}),
		isCrossAccount: account !== undefined && account !== source.accountId,
	};
}

/** What is known of the source for the duties of the role. */
export function dutyContextOf({observed, source, object}: Case): DutyContext {
	const {lock, encryption} = source;
	const own = object?.encryption?.kind === 'kms' ? object.encryption.keyArn : undefined;
	const keyId =
		encryption.isRead && encryption.value.algorithm.startsWith('aws:kms')
			? (encryption.value.keyId ?? 'alias/aws/s3')
			: undefined;
	return {
		partition: observed.partition,
		sourceBucket: source.bucket,
		sourceAccountId: source.accountId,
		sourceRegion: source.region,
		isSourceLocked: lock.isRead && lock.value.isEnabled,
		sourceKeyArn: own ?? (keyId === undefined ? undefined : keyNamed(observed, keyId)?.arn),
	};
}

/** The key behind a name or an ARN, where it was found. */
export function keyNamed({keys}: ObservedReplication, name: string): KeyDescription | undefined {
	return foundKey({keys}, name)?.key;
}

/** The policy of a key, where it was read. */
export function keyPolicyOf(observed: ObservedReplication, name: string): PolicyDocument | undefined {
	const policy = foundKey(observed, name)?.policy;
	return policy?.state === 'read' ? policy.document : undefined;
}

function foundKey({keys}: Pick<ObservedReplication, 'keys'>, name: string) {
	const found = Object.hasOwn(keys, name) ? keys[name] : undefined;
	if (found?.state === 'existing') return found;
	const [byArn] = Object.values(keys).flatMap((key) =>
		key.state === 'existing' && key.key.arn === name ? [key] : [],
	);
	return byArn;
}

/** Every policy in the role that could be read. */
export function policiesOf(role: ObservedRole): readonly NamedPolicy[] {
	const own = role.permissions === undefined ? [] : [{name: 's3-replicate', document: role.permissions}];
	return [...own, ...role.inline, ...role.attached];
}

/** The boundary, where it could be read. */
export function boundaryOf({boundary}: ObservedRole): NamedPolicy | undefined {
	return boundary?.document ? {name: boundary.arn, document: boundary.document} : undefined;
}
