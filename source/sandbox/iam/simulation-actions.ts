import {type SimulateCustomPolicyRequest, type SimulatePrincipalPolicyRequest} from '@aws-sdk/client-iam';
import {type Caller} from '../../policy/decide.js';
import {
	boundaryOf,
	groupPolicyName,
	groupsOf,
	policiesOf,
	sessionCallerOf,
	userCallerOf,
} from '../access/decide-access.js';
import {type Group, type Role, type User} from '../world/account.js';
import {localArn} from '../world/partition.js';
import {findManagedPolicy, findRoleByArn, type World} from '../world/world.js';
import {iamAction, type QueryAction, type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {simulate} from './simulate.js';
import {type PolicyTexts} from './simulation-result.js';

/** What would be decided. */
export const simulationActions: readonly QueryAction[] = [
	// The policies of the request alone.
	iamAction<SimulateCustomPolicyRequest>('SimulateCustomPolicy', {resource: () => '*'}, (call) =>
		simulate(call, {caller: undefined, policies: [], boundary: undefined, texts: new Map<string, string>()}),
	),
	// The policies that a user (with those of its groups), a role or a group has, and its boundary.
	iamAction<SimulatePrincipalPolicyRequest>(
		'SimulatePrincipalPolicy',
		{
			resource: ({input}) => input.PolicySourceArn ?? '*',
			target: ({PolicySourceArn}) => PolicySourceArn,
		},
		(call) => {
			const holder = findHolder(call);
			return simulate(call, {
				caller: callerOf(holder),
				policies: policiesOf(call.world, holder),
				boundary: holder.kind === 'group' ? undefined : boundaryOf(call.world, holder),
				texts: textsOf(call.world, holder),
			});
		},
	),
];

function callerOf(holder: User | Role | Group): Caller | undefined {
	if (holder.kind === 'group') return undefined;
	return holder.kind === 'user' ? userCallerOf(holder) : sessionCallerOf(holder, 'simulation');
}

function findHolder(call: QueryCall<SimulatePrincipalPolicyRequest>): User | Role | Group {
	const arn = call.input.PolicySourceArn ?? '';
	const role = findRoleByArn(call.world, arn);
	const {users, groups} = call.account;
	const other = [...users.values(), ...groups.values()].find((holder) => holder.arn === arn);
	const found = role?.accountId === call.account.accountId ? role : other;
	if (found !== undefined) return found;
	if (!/^iam::\d{12}:(user|role|group)\/.+$/.test(localArn(call.world, arn))) {
		throw iamError(
			'InvalidInput',
			`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
		);
	}
	throw iamError('NoSuchEntity', `Arn ${arn} cannot be found.`);
}

function textsOf(world: World, holder: User | Role | Group): PolicyTexts {
	const now = world.clock.now();
	const ofGroups = holder.kind === 'user' ? groupsOf(world, holder) : [];
	const inline = ofGroups.flatMap((group) =>
		[...group.policies.inEffect(now)].map(([name, text]) => [groupPolicyName(group, name), text] as const),
	);
	const arns = [
		...[holder, ...ofGroups].flatMap(({attached}) => attached.inEffect(now)),
		holder.kind === 'group' ? '' : (holder.boundaryArn.inEffect(now) ?? ''),
	];
	const managed = arns.flatMap((arn) => {
		const text = findManagedPolicy(world, arn)?.document.inEffect(now);
		return text === undefined ? [] : [[arn, text] as const];
	});
	return new Map([...holder.policies.inEffect(now), ...inline, ...managed]);
}
