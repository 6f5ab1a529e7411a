import type {EvaluationResult, IAMClient} from '@aws-sdk/client-iam';
import type {SimulatedDecision, SimulatedPermission} from '../../domain/checks/simulated-permission.js';
import {neededText} from '../responses/needed.js';
import type {Permissions} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {serviceCaller} from './call-service.js';

/**
 * What a user or role may do, asked of IAM before it is done. It looks at identity policies, boundaries and organization
 * policies, not at policies of buckets nor at a session's own policy.
 * Source: IAM User Guide, "Testing IAM policies with the IAM policy simulator"; IAM API Reference, SimulatePrincipalPolicy.
 */
export function permissionsPort(client: () => Promise<IAMClient>, caller: () => Caller): Permissions {
	const {list} = serviceCaller(async () => import('@aws-sdk/client-iam'), client, caller);
	return {
		async simulate({principalArn, actions, resources, context = {}}, signal) {
			return list(
				'SimulatePrincipalPolicy',
				(marker) => ({
					PolicySourceArn: principalArn,
					ActionNames: [...actions],
					ResourceArns: [...resources],
					ContextEntries: Object.entries(context).map(([key, value]) => ({
						ContextKeyName: key,
						ContextKeyType: 'string' as const,
						ContextKeyValues: [value],
					})),
					Marker: marker,
				}),
				{region: 'aws-global', target: principalArn, signal},
				({EvaluationResults: results = [], IsTruncated: isTruncated, Marker: next}) => ({
					items: results.flatMap(permissionsIn),
					isTruncated,
					next,
				}),
			);
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
