import {type SimulatePolicyResponse, type SimulatePrincipalPolicyRequest} from '@aws-sdk/client-iam';
import {boundaryOf, policiesOf, sessionCallerOf, userCallerOf} from '../../access/decide-access.js';
import {type PolicyHolder, type Role, type User} from '../../world/account.js';
import {findManagedPolicy, findRoleByArn, type World} from '../../world/world.js';
import {type QueryAction, type QueryCall} from '../action.js';
import {iamError} from '../errors.js';
import {simulate} from '../simulate.js';
import {type PolicyTexts} from '../simulation-result.js';

/** Simulates the policies that a user or role has, its boundary among them. */
export const simulatePrincipalPolicy: QueryAction<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
	name: 'SimulatePrincipalPolicy',
	permission: ({input}) => ({
		action: 'iam:SimulatePrincipalPolicy',
		resource: input.PolicySourceArn ?? '*',
	}),
	target: ({PolicySourceArn}) => PolicySourceArn,
	run(call) {
		const holder = findHolder(call);
		return simulate(call, {
			caller: holder.kind === 'user' ? userCallerOf(holder) : sessionCallerOf(holder, 'simulation'),
			policies: policiesOf(call.world, holder),
			boundary: boundaryOf(call.world, holder),
			texts: textsOf(call.world, holder),
		});
	},
};

function findHolder(call: QueryCall<SimulatePrincipalPolicyRequest>): User | Role {
	const arn = call.input.PolicySourceArn ?? '';
	const role = findRoleByArn(call.world, arn);
	const user = [...call.account.users.values()].find((other) => other.arn === arn);
	const found = role?.accountId === call.account.accountId ? role : user;
	if (found !== undefined) return found;
	if (!/^arn:aws:iam::\d{12}:(user|role|group)\/.+$/.test(arn)) {
		throw iamError(
			'InvalidInput',
			`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
		);
	}
	throw iamError('NoSuchEntity', `Arn ${arn} cannot be found.`);
}

function textsOf(world: World, holder: PolicyHolder): PolicyTexts {
	const now = world.clock.now();
	const arns = [...holder.attached.inEffect(now), holder.boundaryArn.inEffect(now) ?? ''];
	const managed = arns.flatMap((arn) => {
		const text = findManagedPolicy(world, arn)?.document.inEffect(now);
		return text === undefined ? [] : [[arn, text] as const];
	});
	return new Map([...holder.policies.inEffect(now), ...managed]);
}
