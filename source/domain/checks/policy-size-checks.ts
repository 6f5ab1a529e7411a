import {fixable} from '../problem.js';
import type {PlanResult} from '../make-plan.js';
import type {PlannedOperation} from '../plan.js';
import {defineCheck} from './define-check.js';
import {ok, stop, unknown, warning, whenRead} from './verdict.js';

/** Source: IAM User Guide, "IAM and AWS STS quotas": all inline policies of a role together, whitespace not counted. */
const inlineLimit = 10_240;
/** Source: S3 User Guide, "Bucket policies"; not seen on AWS, so that more is a warning only. */
const bucketPolicyLimitBytes = 20 * 1024;

/** Whether the role's inline policies stay within IAM's limit with what this run adds. */
export const rolePolicySizeCheck = defineCheck({
	id: 'role-policy-size',
	title: 'Policy size',
	group: 'role',
	isNeeded: ({keepsRole}) => keepsRole !== true,
	needs: ['planned', 'role'],
	decide: (_context, {planned, role}) =>
		whenRead([planned, role], (result, present) => {
			const operation = operationOf(result, 'put-role-policy');
			if (!operation) return noPlan;
			const others = (present?.inline ?? []).map(({document}) => JSON.stringify(document).length);
			const total = others.reduce((sum, length) => sum + length, JSON.stringify(operation.after).length);
			const evidence = `${total} of ${inlineLimit} characters`;
			if (total <= inlineLimit) return ok(evidence);
			return stop(
				evidence,
				fixable(
					'role-policy-too-long',
					`Cannot add a policy to the role ${operation.target}: its inline policies would be too long`,
					`They would have ${total} characters together; IAM takes ${inlineLimit}.`,
					[
						'Choose another role name (--role-name): a new role is created.',
						'Remove inline policies that nobody needs from the role.',
					],
				),
			);
		}),
});

/** Whether the destination's bucket policy stays within S3's limit with what this run adds. */
export const bucketPolicySizeCheck = defineCheck({
	id: 'bucket-policy-size',
	title: 'Policy size',
	group: 'destination',
	isNeeded: ({mode}) => mode === 'cross-account',
	needs: ['planned'],
	decide: (_context, {planned}) =>
		whenRead([planned], (result) => {
			const operation = operationOf(result, 'put-bucket-policy');
			if (!operation) return noPlan;
			const sizeBytes = Buffer.byteLength(JSON.stringify(operation.after));
			const evidence = `${sizeBytes} bytes`;
			if (sizeBytes <= bucketPolicyLimitBytes || operation.change === 'keep') return ok(evidence);
			return warning(
				evidence,
				fixable(
					'bucket-policy-too-long',
					`The policy of ${operation.target} would be very long: ${sizeBytes} bytes`,
					`S3 is said to take ${bucketPolicyLimitBytes} bytes, and refuses what is longer.`,
					[
						'Put statements together, or remove some that nobody needs.',
						'Choose another destination bucket.',
					],
				),
			);
		}),
});

const noPlan = unknown('there is no plan to measure', null);

function operationOf<Kind extends PlannedOperation['kind']>(
	result: PlanResult,
	kind: Kind,
): Extract<PlannedOperation, {readonly kind: Kind}> | undefined {
	if (!result.ok) return undefined;
	return result.plan.operations.find(
		(operation): operation is Extract<PlannedOperation, {readonly kind: Kind}> => operation.kind === kind,
	);
}
