import {bucketPolicyIn} from '../operations/put-bucket-policy.js';
import {defineCheck} from './define-check.js';
import {planProblemOf} from './checked-elsewhere.js';
import {ok, stop, unknown, whenRead} from './verdict.js';

/** Whether the role's inline policies stay within IAM's limit with what this run adds. */
export const rolePolicySizeCheck = defineCheck({
	id: 'role-policy-size',
	title: 'Policy size',
	group: 'role',
	isNeeded: ({keepsRole, roleArn}) => keepsRole !== true && roleArn === undefined,
	needs: ['planned'],
	decide: (_context, {planned}) =>
		whenRead([planned], (result) => {
			const problem = planProblemOf('role-policy-size', planned);
			if (problem) return stop('too long', problem);
			return result.ok ? ok('within IAM’s limit') : noPlan;
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
			const problem = planProblemOf('bucket-policy-size', planned);
			if (problem) return stop('too long', problem);
			if (!result.ok) return noPlan;
			const put = bucketPolicyIn(result.plan.operations);
			const sizeBytes = new TextEncoder().encode(JSON.stringify(put?.after ?? null)).length;
			return ok(`${sizeBytes} bytes, within S3’s limit`);
		}),
});

const noPlan = unknown('there is no plan to measure', null);
