import {
	type SimulateCustomPolicyRequest,
	type SimulatePolicyResponse,
	type SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import {type AccessRequest, type Caller, decide, type NamedPolicy} from '../../policy/decide.js';
import {statementsOf} from '../../policy/document.js';
import {scopeOf} from '../../policy/match-scope.js';
import {matchesStatement} from '../../policy/match-statement.js';
import {parsePolicy} from '../../policy/parse.js';
import {contextOf as keysOf} from '../../policy/request-context.js';
import {namedPolicyOf, userCallerOf} from '../access/decide-access.js';
import {type QueryCall} from './action.js';
import {iamError, notImplemented} from './errors.js';
import {pageOf} from './page.js';
import {type PolicyTexts, type Simulated, simulationResult} from './simulation-result.js';
import {iamArn, localArn} from '../world/partition.js';

type Input = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'> &
	Pick<SimulatePrincipalPolicyRequest, 'PolicyInputList'>;

/** Whose policies are simulated; where there is none, only those of the request are. */
type Subject = {
	readonly caller: Caller | undefined;
	readonly policies: readonly NamedPolicy[];
	readonly boundary: NamedPolicy | undefined;
	/** The texts of its policies, by the names that decisions give them. */
	readonly texts: PolicyTexts;
};

/**
 * Simulates with the subject's policies and what is given in the request; policies of resources are not loaded
 * (IAM User Guide, access_policies_testing-policies; recorded: TestIAMIntegrations::test_simulate_principle_policy).
 */
export function simulate(call: QueryCall<Input>, subject: Subject): SimulatePolicyResponse {
	const {input, account} = call;
	// IAM API reference: it is about EC2's scenarios.
	if (input.ResourceHandlingOption !== undefined)
		throw notImplemented('the ResourceHandlingOption of simulations');
	const caller = callerOf(call, subject);
	const given = readAll('PolicyInputList', input.PolicyInputList ?? []);
	const givenBoundaries = input.PermissionsBoundaryPolicyInputList ?? [];
	const [givenBoundary] = readAll('PermissionsBoundaryPolicyInputList', givenBoundaries);
	// The boundary that is given stands in place of the subject's (IAM API reference, SimulatePrincipalPolicy).
	const boundary = givenBoundary ?? subject.boundary;
	const resourcePolicy =
		input.ResourcePolicy === undefined ? undefined : readPolicy('ResourcePolicy', input.ResourcePolicy);
	const policies = [...subject.policies, ...given];
	const decideOn = (action: string, resource: string): Simulated => {
		const request = {
			caller,
			action,
			resource,
			// As an account's id or its ARN: the reference says the one in one place, the other in the other.
			resourceAccountId: /\d{12}/.exec(input.ResourceOwner ?? '')?.[0] ?? account.accountId,
			context: contextOf(input),
		};
		return {
			resource,
			decision: decide(request, {identity: policies, boundary, resource: resourcePolicy}),
			missing: missingContextOf(request, [
				...policies,
				...[boundary, resourcePolicy].filter((policy) => policy !== undefined),
			]),
			isWithinBoundary:
				boundary === undefined ? undefined : decide(request, {identity: [boundary]}).isAllowed,
		};
	};
	const texts = new Map([...subject.texts, ...textsOf(input)]);
	const resources = input.ResourceArns?.length ? input.ResourceArns : ['*'];
	const results = (input.ActionNames ?? []).map((action) =>
		simulationResult(
			checkAction(action),
			resources.map((resource) => decideOn(action, checkResource(resource))),
			texts,
		),
	);
	const places = results.map((result, index) => ({result, place: String(index).padStart(6, '0')}));
	const {page, more} = pageOf(places, ({place}) => place, input);
	return {EvaluationResults: page.map(({result}) => result), ...more};
}

/**
 * Who asks, as resource policies see it. Only a user can be simulated there: a role's or a custom policy's simulation
 * names one (IAM API reference, SimulatePrincipalPolicy, SimulateCustomPolicy, "CallerArn"; words: guessed).
 */
function callerOf({world, account, input}: QueryCall<Input>, {caller}: Subject): Caller {
	const {CallerArn, ResourcePolicy} = input;
	if (CallerArn !== undefined) {
		const user = [...account.users.values()].find(({arn}) => arn === CallerArn);
		if (user !== undefined) return userCallerOf(user);
		if (/^iam::\d{12}:user\/.+$/.test(localArn(world, CallerArn))) {
			throw iamError('NoSuchEntity', `Arn ${CallerArn} cannot be found.`);
		}
		throw iamError('InvalidInput', `Invalid Caller Arn: ${CallerArn}`);
	}
	if (ResourcePolicy !== undefined && caller?.kind !== 'user') {
		throw iamError('InvalidInput', 'CallerArn is required when a resource policy is given.');
	}
	return (
		caller ?? {kind: 'user', accountId: account.accountId, arn: iamArn(world, account.accountId, 'user/none')}
	);
}

function readAll(name: string, texts: readonly string[]): readonly NamedPolicy[] {
	return texts.map((text, index) => readPolicy(`${name}.${index + 1}`, text));
}

function readPolicy(name: string, text: string): NamedPolicy {
	const parsed = parsePolicy(text, name === 'ResourcePolicy' ? 'resource' : 'identity');
	if (!parsed.ok) throw iamError('InvalidInput', parsed.reason);
	return namedPolicyOf(name, text);
}

function textsOf(input: Input): PolicyTexts {
	const named = (name: string, texts: readonly string[]): readonly (readonly [string, string])[] =>
		texts.map((text, index) => [`${name}.${index + 1}`, text]);
	return new Map([
		...named('PolicyInputList', input.PolicyInputList ?? []),
		...named('PermissionsBoundaryPolicyInputList', input.PermissionsBoundaryPolicyInputList ?? []),
		...(input.ResourcePolicy === undefined ? [] : [['ResourcePolicy', input.ResourcePolicy] as const]),
	]);
}

function contextOf({ContextEntries}: Input): Readonly<Record<string, readonly string[]>> {
	return Object.fromEntries(
		(ContextEntries ?? []).map(({ContextKeyName, ContextKeyValues}) => [
			ContextKeyName ?? '',
			ContextKeyValues ?? [],
		]),
	);
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

/**
 * Gives the condition keys that the statements about this action and resource ask for and the request does not carry
 * (IAM API reference, EvaluationResult, "MissingContextValues"). Null asks whether a key is missing, so it misses none.
 */
function missingContextOf(request: AccessRequest, policies: readonly NamedPolicy[]): string[] {
	const context = keysOf(request);
	const wanted = policies.flatMap(({document}) =>
		statementsOf(document)
			.filter((statement) =>
				matchesStatement({...statement, Condition: {}}, request, scopeOf(document, context)),
			)
			.flatMap(({Condition}) => Object.entries(Condition ?? {}))
			.filter(([operator]) => operator !== 'Null')
			.flatMap(([, keys]) => Object.keys(keys)),
	);
	return [...new Set(wanted)].filter((key) => !context.has(key.toLowerCase()));
}
