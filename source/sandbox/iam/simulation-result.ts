import {type EvaluationResult, type Statement} from '@aws-sdk/client-iam';
import {type Decision} from '../../policy/decide.js';
import {statementsOf} from '../../policy/document.js';
import {namedPolicyOf} from '../access/decide-access.js';
import {statementSpans, type StatementSpan} from './statement-positions.js';

export type Simulated = {
	readonly resource: string;
	readonly decision: Decision;
	readonly missing: string[];
	/** Undefined where there is no boundary. */
	readonly isWithinBoundary: boolean | undefined;
};

/** The policies' texts by their names, for the positions of their statements. */
export type PolicyTexts = ReadonlyMap<string, string>;

/** One result an action, with one for each resource (IAM API reference, EvaluationResult). */
export function simulationResult(
	action: string,
	decided: readonly Simulated[],
	texts: PolicyTexts,
): EvaluationResult {
	const worst =
		(['explicitDeny', 'implicitDeny', 'allowed'] as const).find((wanted) =>
			decided.some(({decision}) => verdictOf(decision) === wanted),
		) ?? 'implicitDeny';
	return {
		EvalActionName: action,
		EvalResourceName: decided[0]?.resource ?? '*',
		EvalDecision: worst,
		MatchedStatements: statementsOnce(decided.flatMap(({decision}) => matchedOf(decision, texts))),
		// With resources they are told of each of them (IAM API reference, EvaluationResult).
		MissingContextValues: decided.flatMap(({resource, missing}) => (resource === '*' ? missing : [])),
		...boundaryDetail(decided.map(({isWithinBoundary}) => isWithinBoundary)),
		EvalDecisionDetails: {},
		ResourceSpecificResults: decided.map(({resource, decision, missing, isWithinBoundary}) => ({
			EvalResourceName: resource,
			EvalResourceDecision: verdictOf(decision),
			MatchedStatements: matchedOf(decision, texts),
			MissingContextValues: missing,
			...boundaryDetail([isWithinBoundary]),
		})),
	};
}

function boundaryDetail(
	answers: readonly (boolean | undefined)[],
): Pick<EvaluationResult, 'PermissionsBoundaryDecisionDetail'> {
	if (answers.includes(undefined)) return {};
	return {
		PermissionsBoundaryDecisionDetail: {AllowedByPermissionsBoundary: answers.every(Boolean)},
	};
}

function verdictOf({isAllowed, reasons}: Decision): 'allowed' | 'explicitDeny' | 'implicitDeny' {
	if (isAllowed) return 'allowed';
	return reasons.some(({effect}) => effect === 'explicit-deny') ? 'explicitDeny' : 'implicitDeny';
}

function matchedOf({reasons}: Decision, texts: PolicyTexts): Statement[] {
	return reasons
		.filter(({effect}) => effect !== 'missing-allow')
		.map(({policy = '', statement}) => ({
			// Managed policies are shown by their names (AWS CLI reference, simulate-principal-policy, examples).
			SourcePolicyId: policy.startsWith('arn:') ? policy.slice(policy.lastIndexOf('/') + 1) : policy,
			// As it is on the wire (recorded: TestIAMIntegrations::test_simulate_principle_policy).
			SourcePolicyType: 'IAM Policy' as never,
			...spanOf(policy, texts.get(policy), statement),
		}));
}

/** The decision names a statement by its Sid, or by its number from 1. */
function spanOf(
	policy: string,
	text: string | undefined,
	name: string | undefined,
): StatementSpan | undefined {
	if (text === undefined) return undefined;
	const index = statementsOf(namedPolicyOf(policy, text).document).findIndex(
		({Sid}, position) => (Sid ?? String(position + 1)) === name,
	);
	return statementSpans(text)[index];
}

function statementsOnce(statements: readonly Statement[]): Statement[] {
	return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}
