import {bucketOfArn} from '../../arn.js';
import {prefixRemark} from '../../answers/rule-values.js';
import {filterOf} from '../../rule/rule-filter.js';
import type {ReplicationRule} from '../../rule/replication-configuration.js';
import {ruleName} from '../../rule/rule-name.js';
import {optionsIn} from '../../rule/rule-options.js';
import type {Case} from '../case.js';
import {type PlacedFinding, places} from '../finding.js';
import type {Reasons} from '../reason.js';

/** What is odd about a rule, whatever the objects are. */
export const ruleReasons: Reasons = {
	'unlikely-prefix': {
		means: 'The rule’s prefix matches few keys, if any: it begins with a slash or has a star.',
		mend: 'Change the rule’s prefix.',
		recognise: unlikelyPrefix,
	},
	'owner-override-alone': {
		means: 'The rule hands replicas over within one account: then ACLs are no longer copied.',
		mend: 'Remove AccessControlTranslation from the rule.',
		recognise: overrideAlone,
	},
	'rule-replaced': {
		means: 'A rule that this program put on the bucket is gone: PutBucketReplication replaces all rules.',
		mend: 'Set it up again, where it is wanted.',
	},
	'replica-changes-one-way': {
		means: 'Two buckets replicate to each other, and one rule alone syncs replicas.',
		mend: 'Turn on ReplicaModifications in the rules of both buckets.',
		recognise: changesOneWay,
	},
};

function unlikelyPrefix({rule, object}: Case): readonly PlacedFinding[] {
	const {prefix} = filterOf(rule);
	const remark = prefixRemark(prefix);
	if (remark === undefined || object !== undefined || rule.Status !== 'Enabled') return [];
	return [
		{
			reason: 'unlikely-prefix',
			place: places.rule,
			certainty: 'possible',
			headline: 'The prefix may match no objects',
			evidence: `Rule ${rule.ID ?? ''} takes keys that begin with “${prefix}”. ${remark.cause}`,
			mend:
				remark.prefix === ''
					? 'Change the rule to take every object, unless keys really begin like this.'
					: `Change the rule’s prefix to ${remark.prefix}, unless keys really begin like this.`,
			mendKind: 'advice',
		},
	];
}

/** Source: S3 User Guide, "Changing the replica owner" (only across accounts; else updates of ACLs are not replicated). */
function overrideAlone({options, source, destination, object, rule}: Case): readonly PlacedFinding[] {
	if (options.ownerOverride !== true || object !== undefined || destination.state !== 'existing') return [];
	const {seen} = destination;
	if (seen.accountId !== source.accountId || rule.Status !== 'Enabled') return [];
	return [
		{
			reason: 'owner-override-alone',
			place: places.destinationRights,
			certainty: 'possible',
			headline: 'The rule changes the owner within one account',
			evidence: `${source.bucket} and ${seen.bucket} both belong to ${source.accountId}. S3 copies no later changes of ACLs then.`,
			mend: 'Remove AccessControlTranslation from the rule, where ACLs matter.',
			mendKind: 'advice',
		},
	];
}

/**
 * A rule's ReplicaModifications is about the replicas in its own source: both ways need it. Source: S3 User Guide, "Replicating metadata
 * changes with replica modification sync".
 */
function changesOneWay({rule, options, object, source, destination}: Case): readonly PlacedFinding[] {
	if (object !== undefined || destination.state !== 'existing' || rule.Status !== 'Enabled') return [];
	const {bucket, replication} = destination.seen;
	const rules = replication?.isRead ? (replication.value?.Rules ?? []) : [];
	const {prefix} = filterOf(rule);
	// Rules of other keys never meet each other's replicas.
	const meets = (one: ReplicationRule): boolean => {
		const other = filterOf(one).prefix;
		return other.startsWith(prefix) || prefix.startsWith(other);
	};
	const back = rules.filter(
		(one) => one.Status === 'Enabled' && bucketOfArn(one.Destination.Bucket) === source.bucket && meets(one),
	);
	const isOn = options.replicaModifications === true;
	const other = back.find((one) => (optionsIn(one).replicaModifications === true) !== isOn);
	if (other === undefined) return [];
	const [here, there] = [
		`rule ${ruleName(rule)} of ${source.bucket}`,
		`rule ${ruleName(other)} of ${bucket}`,
	];
	const [on, off, from, to] = isOn
		? [here, there, bucket, source.bucket]
		: [there, here, source.bucket, bucket];
	return [
		{
			reason: 'replica-changes-one-way',
			place: places.rule,
			certainty: 'possible',
			headline: 'Changes of metadata on replicas go one way',
			evidence: `ReplicaModifications of ${on} is Enabled, and of ${off} is not. Tags, ACLs and locks changed on replicas in ${from} do not reach ${to}.`,
			mend: `Set ReplicaModifications of ${off} to Enabled.`,
			mendKind: 'advice',
		},
	];
}
