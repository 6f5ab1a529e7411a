import {joined, type Problem} from '../problem.js';
import type {Reading} from './readings.js';
import type {PlanResult} from '../plan/make-plan.js';

/** Which check (by its id; of buckets there are two) tells a problem of the plan; the plan's own tells the others. So each is told once. */
const checkOf: Readonly<Record<string, string>> = {
	'two-partitions': 'accounts',
	'one-account': 'accounts',
	'two-accounts': 'accounts',
	'bucket-of-somebody-else': 'bucket',
	'bucket-in-another-region': 'bucket',
	'missing-region': 'bucket',
	'name-of-another-namespace': 'bucket',
	'no-namespace-in-region': 'bucket',
	'region-of-another-partition': 'bucket',
	'role-not-trusting-s3': 'role',
	'role-elsewhere': 'role',
	'role-boundary-differs': 'role',
	'role-of-another-account': 'role',
	'role-of-another-partition': 'role',
	'role-held-back': 'role',
	'role-lacks': 'role',
	'role-missing': 'role',
	'boundary-missing': 'role',
	'boundary-too-tight': 'role',
	'another-role': 'rules',
	'role-cannot-take-over': 'rules',
	'too-many-rules': 'rules',
	'rule-taken': 'rules',
	'rule-blocked': 'rules',
	'role-policies-too-long': 'role-policy-size',
	'bucket-policy-too-long': 'bucket-policy-size',
};

/** Whether a check of its own tells a problem of the plan. */
export function isToldElsewhere({code}: Problem): boolean {
	return checkOf[code] !== undefined;
}

/** The problems of the plan that a check tells, as one. */
export function planProblemOf(check: string, planned: Reading<PlanResult>): Problem | undefined {
	if (!planned.isRead || planned.value.ok) return undefined;
	const own = planned.value.problems.filter(({code}) => checkOf[code] === check);
	return own.length === 0 ? undefined : joined(own);
}
