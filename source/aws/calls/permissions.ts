import type {EvaluationResult, IAMClient} from '@aws-sdk/client-iam';
import type {SimulatedDecision, SimulatedPermission} from '../../domain/checks/simulated-permission.js';
import {allPages} from '../responses/all-pages.js';
import {neededText} from '../responses/needed.js';
import type {Permissions} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';

/**
 * What a user or role may do, asked of IAM before it is done. It looks at identity policies, boundaries and organization
 * policies, not at policies of buckets nor at a session's own policy.
 * Source: IAM User Guide, "Testing IAM policies with the IAM policy simulator"; IAM API Reference, SimulatePrincipalPolicy.
 */
export function permissionsPort(client: () => Promise<IAMClient>, caller: Caller): Permissions {
	return {
		async simulate({principalArn, actions, resources, context = {}}, signal) {
			try {
				const {SimulatePrincipalPolicyCommand} = await import('@aws-sdk/client-iam');
				return await allPages(async (marker) => {
					const answer = await (
						await client()
					).send(
						new SimulatePrincipalPolicyCommand({
							PolicySourceArn: principalArn,
							ActionNames: [...actions],
							ResourceArns: [...resources],
							ContextEntries: Object.entries(context).map(([key, value]) => ({
								ContextKeyName: key,
								ContextKeyType: 'string',
								ContextKeyValues: [value],
							})),
							Marker: marker,
						}),
						{abortSignal: signal},
					);
					const items = (answer.EvaluationResults ?? []).flatMap(permissionsIn);
					return {items, isTruncated: answer.IsTruncated, next: answer.Marker};
				});
			} catch (error) {
				throw errorOf(error, {operation: 'SimulatePrincipalPolicy', target: principalArn, ...caller});
			}
		},
	};
}

/** A result speaks of one action, and in its parts of each resource; older endpoints give one result for each pair. */
function permissionsIn(result: EvaluationResult): readonly SimulatedPermission[] {
	const action = neededText(result.EvalActionName, 'EvalActionName');
	const whole = {
		action,
		resource: result.EvalResourceName ?? '*',
		decision: neededText(result.EvalDecision, 'EvalDecision') as SimulatedDecision,
		missingContext: result.MissingContextValues ?? [],
		policies: namesOf(result.MatchedStatements),
	};
	const parts = result.ResourceSpecificResults ?? [];
	if (parts.length === 0) return [whole];
	return parts.map((part) => ({
		action,
		resource: part.EvalResourceName ?? whole.resource,
		decision: part.EvalResourceDecision ?? whole.decision,
		missingContext: part.MissingContextValues ?? [],
		policies: namesOf(part.MatchedStatements),
	}));
}

function namesOf(statements: EvaluationResult['MatchedStatements']): readonly string[] {
	return [...new Set((statements ?? []).flatMap(({SourcePolicyId: name}) => name ?? []))];
}
