import {bucketArn, bucketOfArn} from '../arn.js';
import {fixable} from '../problem.js';
import {isSchemaV1, isWholeBucket, type ReplicationConfiguration} from '../replication-configuration.js';
import type {PutReplication} from '../plan.js';
import {isSameValue} from '../same-value.js';
import {planProblemOf} from './checked-elsewhere.js';
import {defineCheck} from './define-check.js';
import {notRead, ok, stop, warning} from './verdict.js';

/**
 * What the rules that are there already mean for the new one. Source: S3 User Guide, "Replication configuration file
 * elements"; S3 API Reference, ReplicationRule: among rules with one destination the higher priority wins.
 */
export const rulesCheck = defineCheck({
	id: 'rules',
	title: 'Rules',
	group: 'rules',
	needs: ['replication', 'planned', 'sourceCaller'],
	decide({request}, {replication, planned, sourceCaller}) {
		if (!replication.isRead) return notRead(replication.problem);
		if (!sourceCaller.isRead) return notRead(sourceCaller.problem);
		if (!replication.value || replication.value.Rules.length === 0) return ok('none yet');
		const {ruleId, destination} = request;
		const {Rules: rules} = replication.value;
		const operation = planned.isRead && planned.value.ok ? ruleOperation(planned.value.plan) : undefined;
		const here = bucketArn(sourceCaller.value.partition, destination.bucket);
		const evidence = describe(replication.value);
		const problem = planProblemOf('rules', planned);
		if (problem) return stop(evidence, problem);
		const same = rules.find(({ID}) => ID === ruleId);
		const written = operation?.after.Rules.find(({ID}) => ID === ruleId);
		if (same && operation && operation.change !== 'keep' && !isSameValue(same, written)) {
			const from = bucketOfArn(same.Destination.Bucket);
			return warning(
				evidence,
				fixable(
					'rule-changes',
					`The rule ${ruleId} exists with other content: this run changes it`,
					`Its destination is ${from}, it is ${same.Status}${isWholeBucket(same) ? '' : ', and it has a filter'}. It will replicate everything to ${destination.bucket}. The plan shows both.`,
					['Choose another rule name (--rule-id), and this one stays as it is.', 'Go on if it shall change.'],
				),
			);
		}

		const rivals = rules.filter(
			({ID, Status, Destination}) =>
				ID !== ruleId && Status === 'Enabled' && Destination.Bucket === here && operation?.change !== 'keep',
		);
		if (rivals.length === 0) return ok(evidence);
		const names = rivals.map(({ID = 'without a name'}) => ID).join(', ');
		return warning(
			evidence,
			fixable(
				'rules-overlap',
				`Another rule replicates to ${destination.bucket} already: ${names}`,
				`Filters of rules with one destination overlap where the new one takes the whole bucket: for each object the rule with the higher priority alone counts, and the new one gets a higher priority than all others.`,
				[
					`Use the rule that is there: --rule-id ${rivals[0]?.ID ?? ''}`.trim(),
					'Go on if the new rule shall win.',
				],
			),
		);
	},
});

function describe({Rules: rules}: ReplicationConfiguration): string {
	const schema = rules.some(isSchemaV1) ? 'schema V1' : 'schema V2';
	const enabled = rules.filter(({Status}) => Status === 'Enabled').length;
	const destinations = new Set(rules.map(({Destination}) => bucketOfArn(Destination.Bucket)));
	return `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} of ${schema}, ${enabled} enabled, to ${[...destinations].join(', ')}`;
}

function ruleOperation(plan: {
	readonly operations: readonly {readonly kind: string}[];
}): PutReplication | undefined {
	return plan.operations.find(
		(operation): operation is PutReplication => operation.kind === 'put-replication',
	);
}
