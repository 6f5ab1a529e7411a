import {type SimulatePolicyResponse, type SimulatePrincipalPolicyRequest} from '@aws-sdk/client-iam';
import {type Caller, decide, type NamedPolicy} from '../../../policy/decide.js';
import {parsePolicy} from '../../../policy/parse.js';
import {boundaryOf, namedPolicyOf, policiesOf, sessionCallerOf, userCallerOf} from '../../access.js';
import {type PolicyHolder, type Role, type User} from '../../world/account.js';
import {findManagedPolicy, findRoleByArn} from '../../world/world.js';
import {type QueryAction, type QueryCall} from '../action.js';
import {iamError} from '../errors.js';
import {missingContextOf} from '../missing-context.js';
import {type PolicyTexts, type Simulated, simulationResult} from '../simulation-result.js';

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
		const policies: readonly NamedPolicy[] = [...policiesOf(world, holder), ...given];
		const decideOn = (action: string, resource: string): Simulated => {
			const request = {
				caller: callerOfHolder(holder),
				action,
				resource,
				resourceAccountId: input.ResourceOwner?.split(':')[4] ?? call.account.accountId,
				context: contextOf(input),
			};
			return {
				resource,
				decision: decide(request, {
					identity: policies,
					...(boundary === undefined ? {} : {boundary}),
					...(resourcePolicy === undefined ? {} : {resource: resourcePolicy}),
				}),
				missing: missingContextOf(request, [
					...policies,
					...[boundary, resourcePolicy].filter((policy) => policy !== undefined),
				]),
				isWithinBoundary:
					boundary === undefined ? undefined : decide(request, {identity: [boundary]}).isAllowed,
			};
		};
		const texts = textsOf(call, holder);
		const resources = input.ResourceArns?.length ? input.ResourceArns : ['*'];
		return {
			EvaluationResults: (input.ActionNames ?? []).map((action) =>
				simulationResult(
					checkAction(action),
					resources.map((resource) => decideOn(action, checkResource(resource))),
					texts,
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

function textsOf(
	{world, input}: QueryCall<SimulatePrincipalPolicyRequest>,
	holder: PolicyHolder,
): PolicyTexts {
	const now = world.clock.now();
	const arns = [...holder.attached.inEffect(now), holder.boundaryArn.inEffect(now) ?? ''];
	const managed = arns.flatMap((arn) => {
		const text = findManagedPolicy(world, arn)?.document.inEffect(now);
		return text === undefined ? [] : [[arn, text] as const];
	});
	return new Map([
		...holder.policies.inEffect(now),
		...managed,
		...(input.PolicyInputList ?? []).map((text, index) => [`PolicyInputList.${index + 1}`, text] as const),
		...(input.ResourcePolicy === undefined ? [] : [['ResourcePolicy', input.ResourcePolicy] as const]),
	]);
}

/** Words: guessed; that wildcards are not taken: IAM User Guide, access_policies_testing-policies. */
function checkAction(action: string): string {
	if (/^[\w-]+:\w+$/.test(action)) return action;
	throw iamError('InvalidInput', `Invalid action name: ${action}`);
}

/** Words: guessed. */
function checkResource(resource: string): string {
	if (resource === '*' || /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource)) return resource;
	throw iamError('InvalidInput', `Invalid resource ARN: ${resource}`);
}
