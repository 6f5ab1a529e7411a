import {
	type EvaluationResult,
	type SimulatePolicyResponse,
	type Statement,
	type SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import {type Caller, decide, type Decision, type NamedPolicy} from '../../../policy/decide.js';
import {parsePolicy} from '../../../policy/parse.js';
import {boundaryOf, namedPolicyOf, policiesOf, sessionCallerOf, userCallerOf} from '../../access.js';
import {type PolicyHolder, type Role, type User} from '../../world/account.js';
import {findRoleByArn} from '../../world/world.js';
import {type QueryAction, type QueryCall} from '../action.js';
import {iamError} from '../errors.js';

/**
 * Simulates with the identity policies, the boundary and what is given in the request; policies of resources are not
 * loaded (IAM User Guide, access_policies_testing-policies; recorded: TestIAMIntegrations::test_simulate_principle_policy).
 */
export const simulatePrincipalPolicy: QueryAction<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
	permission: ({input}) => ({
		action: 'iam:SimulatePrincipalPolicy',
		resource: input.PolicySourceArn ?? '*',
	}),
	target: ({PolicySourceArn}) => PolicySourceArn,
	run(call) {
		const {input, world} = call;
		const holder = findHolder(call);
		const given = (input.PolicyInputList ?? []).map((text, index) =>
			readPolicy(`PolicyInputList.${index + 1}`, text),
		);
		const resourcePolicy =
			input.ResourcePolicy === undefined ? undefined : readPolicy('ResourcePolicy', input.ResourcePolicy);
		const boundary = boundaryOf(world, holder);
		const decideOn = (action: string, resource: string): Decision =>
			decide(
				{
					caller: callerOfHolder(holder),
					action,
					resource,
					resourceAccountId: input.ResourceOwner?.split(':')[4] ?? call.account.accountId,
					context: contextOf(input),
				},
				{
					identity: [...policiesOf(world, holder), ...given],
					...(boundary === undefined ? {} : {boundary}),
					...(resourcePolicy === undefined ? {} : {resource: resourcePolicy}),
				},
			);
		const resources = input.ResourceArns?.length ? input.ResourceArns : ['*'];
		return {
			EvaluationResults: (input.ActionNames ?? []).map((action) =>
				resultOf(
					action,
					resources.map((resource) => ({resource, decision: decideOn(action, resource)})),
				),
			),
			IsTruncated: false,
		};
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

function callerOfHolder(holder: (User | Role) & PolicyHolder): Caller {
	return holder.kind === 'user' ? userCallerOf(holder) : sessionCallerOf(holder, 'simulation');
}

function readPolicy(name: string, text: string): NamedPolicy {
	const parsed = parsePolicy(text, name === 'ResourcePolicy' ? 'resource' : 'identity');
	if (!parsed.ok) throw iamError('InvalidInput', parsed.reason);
	return namedPolicyOf(name, text);
}

function contextOf({
	ContextEntries,
}: SimulatePrincipalPolicyRequest): Readonly<Record<string, readonly string[]>> {
	return Object.fromEntries(
		(ContextEntries ?? []).map(({ContextKeyName, ContextKeyValues}) => [
			ContextKeyName ?? '',
			ContextKeyValues ?? [],
		]),
	);
}

type Decided = {readonly resource: string; readonly decision: Decision};

function resultOf(action: string, decided: readonly Decided[]): EvaluationResult {
	const worst =
		(['explicitDeny', 'implicitDeny', 'allowed'] as const).find((wanted) =>
			decided.some(({decision}) => verdictOf(decision) === wanted),
		) ?? 'implicitDeny';
	return {
		EvalActionName: action,
		EvalResourceName: decided[0]?.resource ?? '*',
		EvalDecision: worst,
		MatchedStatements: decided.flatMap(({decision}) => matchedOf(decision)),
		MissingContextValues: [],
		ResourceSpecificResults: decided.map(({resource, decision}) => ({
			EvalResourceName: resource,
			EvalResourceDecision: verdictOf(decision),
			MatchedStatements: matchedOf(decision),
			MissingContextValues: [],
		})),
	};
}

function verdictOf({isAllowed, reasons}: Decision): 'allowed' | 'explicitDeny' | 'implicitDeny' {
	if (isAllowed) return 'allowed';
	return reasons.some(({effect}) => effect === 'explicit-deny') ? 'explicitDeny' : 'implicitDeny';
}

function matchedOf({reasons}: Decision): Statement[] {
	return reasons
		.filter(({effect}) => effect !== 'missing-allow')
		.map(({policy}) => ({
			SourcePolicyId: policy ?? '',
			// As it is on the wire (recorded: TestIAMIntegrations::test_simulate_principle_policy).
			SourcePolicyType: 'IAM Policy' as never,
		}));
}
