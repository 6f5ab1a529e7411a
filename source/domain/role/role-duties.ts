import {bucketOfArn} from '../arn.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import {mergeRule} from '../rule/merge-rule.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {ruleFor} from '../rule/rule-meaning.js';
import {wantedRule} from '../rule/wanted-rule.js';
import {type Duties, dutiesOf, type DutyContext, joined, type Need} from './duties.js';
import {placesOf} from './places.js';
import type {Places} from './replication-calls.js';
import {rolePolicyName} from './role-policy-name.js';
import {chooseRole, type RoleCase} from './choose-role.js';

/** What the role has to be allowed for one pair of buckets, and the name of the inline policy for it. */
export type RoleDuty = {
	readonly destinationBucket: string;
	readonly policyName: string;
	readonly needed: readonly Need[];
	/** The rules that it serves there. */
	readonly rules: readonly ReplicationRule[];
	/** What is known of the buckets. */
	readonly places: Places;
};

/** The duties of the role: this run's pair first, then the destinations of the rules that it takes over. */
export function roleDuties({request, observed, choice: {takesOver}}: RoleCase): readonly RoleDuty[] {
	const context = dutyContext(request, observed);
	const served = [ruleInForce(request, observed), ...takesOver];
	const buckets = new Set(served.map(({Destination: destination}) => bucketOfArn(destination.Bucket)));
	const places = placesOf(request, observed, served);
	return [...buckets].map((bucket) => {
		const rules = served.filter(({Destination: destination}) => bucketOfArn(destination.Bucket) === bucket);
		return {
			destinationBucket: bucket,
			policyName: rolePolicyName(request.source.bucket, bucket),
			needed: joined(rules.flatMap((rule) => dutiesOf(rule, context).role)),
			rules,
			places,
		};
	});
}

/** What the destination's bucket policy has to allow the role: for this run's rule, and for those that the role takes over. */
export function bucketPolicyNeeds({request, observed, choice: {takesOver}}: RoleCase): readonly Need[] {
	const context = dutyContext(request, observed);
	return joined(
		[ruleInForce(request, observed), ...takesOver]
			.filter(({Destination: {Bucket: bucket}}) => bucketOfArn(bucket) === request.destination.bucket)
			.flatMap((rule) => dutiesOf(rule, context).bucketPolicy),
	);
}

/** What the rule that will do what is wanted needs of all who have to allow something. */
export function dutiesInForce(request: ReplicationRequest, observed: Observed): Duties {
	return dutiesOf(ruleInForce(request, observed), dutyContext(request, observed));
}

/** The rule that will do what is wanted: one that is kept with all that it does, one that is changed, or the new one. */
export function ruleInForce(request: ReplicationRequest, observed: Observed): ReplicationRule {
	const {arn} = chooseRole(request, observed);
	const wanted = wantedRule(request, observed);
	const merged = mergeRule(observed.source.replication, arn, wanted);
	const rule = merged.ok
		? merged.configuration.Rules.find(({ID: id}) => (id ?? wanted.id) === merged.ruleId)
		: undefined;
	return rule ?? ruleFor(wanted, 1);
}

/** What is known of the source besides its rules. */
export function dutyContext(request: ReplicationRequest, {source}: Observed): DutyContext {
	const {caller, bucket, objectLock, keyArn} = source;
	return {
		partition: caller.partition,
		sourceBucket: request.source.bucket,
		sourceAccountId: caller.accountId,
		sourceRegion: bucket.state === 'owned' ? bucket.region : request.source.region,
		isSourceLocked: objectLock?.isEnabled,
		sourceKeyArn: keyArn,
	};
}
