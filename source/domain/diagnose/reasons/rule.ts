import {prefixRemark} from '../../answers/rule-values.js';
import {filterOf} from '../../rule/rule-filter.js';
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
