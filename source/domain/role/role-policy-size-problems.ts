import type {RoleCase, RoleChoice} from './choose-role.js';
import {planRolePolicies} from './plan-role.js';
import {fixable, type Problem} from '../problem.js';

/** Source: IAM User Guide, "IAM and AWS STS quotas": the inline policies of a role together, white space not counted. */
const maxInlineCharacters = 10_240;

/** Inline policies that would not fit any more into the role that one plan, or several, write to. */
export function rolePolicySizeProblems(
	plans: readonly RoleCase[],
	{name: roleName, role}: RoleChoice,
): readonly Problem[] {
	const puts = plans.flatMap(planRolePolicies);
	if (puts.every(({change}) => change === 'keep')) return [];
	const replaced = new Set(puts.map(({policyName}) => policyName));
	const documents = [
		...puts.flatMap(({change, before, after}) => (change === 'keep' ? (before ?? []) : after)),
		...(role?.inline ?? []).filter(({name}) => !replaced.has(name)).map(({document}) => document),
	];
	const characters = documents
		.map((document) => JSON.stringify(document).replaceAll(/\s/g, '').length)
		.reduce((sum, length) => sum + length, 0);
	if (characters <= maxInlineCharacters) return [];
	return [
		fixable(
			'role-policies-too-long',
			`Cannot extend role ${roleName}: its policies get too long`,
			`Together they would have ${characters} characters; IAM takes ${maxInlineCharacters} in a role.`,
			[
				'Choose another role name (--role-name).',
				'Turn some inline policies of that role into managed ones, and run this again.',
			],
		),
	];
}
