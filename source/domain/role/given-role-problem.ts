import {fixable, type Problem} from '../problem.js';
import {joined, policyFor} from './duties.js';
import {roleDuties} from './role-duties.js';
import {trustPolicy} from './trust-policy.js';
import type {RoleCase} from './choose-role.js';

/**
 * What is not known of a role that is used by its ARN, who has to know it, and what to hand over: the policies that the rules need.
 * With what S3 needs of the role nobody but a test file tells whether it has it. Pure.
 */
export function givenRoleProblem(about: RoleCase): Problem {
	const {arn, name, takesOver} = about.choice;
	const others = takesOver.map(({ID: id}) => id ?? 'one without a name');
	return {
		...fixable(
			'role-not-known',
			`Cannot tell whether role ${name} may replicate`,
			[
				`With --role-arn nothing of IAM is read: whoever manages ${arn} has to know its policies.`,
				...(others.length === 0 ? [] : [`All rules of the bucket get this role, ${others.join(', ')} too.`]),
			].join(' '),
			[
				`Compare the two policies below with those of ${name}, or hand them over.`,
				'Upload a test file: its status tells whether the role suffices.',
			],
		),
		documents: [
			{
				title: `What the role ${name} has to allow`,
				value: policyFor(joined(roleDuties(about).flatMap(({needed}) => needed))),
			},
			{title: 'A trust policy that lets S3 in', value: trustPolicy},
		],
	};
}
