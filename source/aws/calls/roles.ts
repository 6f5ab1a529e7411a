import type {IAMClient} from '@aws-sdk/client-iam';
import {ProblemError} from '../../domain/problem.js';
import type {PolicyDocument} from '../../policy/document.js';
import {textOf} from '../../policy/document-text.js';
import {allPages} from '../responses/all-pages.js';
import {needed, neededText} from '../responses/needed.js';
import {policyIn} from '../responses/policy-in.js';
import type {Roles} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';

/** Source: IAM User Guide, "Delegating responsibility to others using permissions boundaries". */
const boundaryStep =
	'If roles may only be made with a permissions boundary here, name it: --permissions-boundary ARN.';

/** Roles and their policies, over IAM. Source: IAM API Reference. */
export function rolesPort(client: () => Promise<IAMClient>, caller: Caller): Roles {
	async function call<T>(
		operation: string,
		target: string,
		send: (iam: IAMClient, sdk: typeof import('@aws-sdk/client-iam')) => Promise<T>,
		refusedSteps: readonly string[] = [],
	): Promise<T> {
		try {
			return await send(await client(), await import('@aws-sdk/client-iam'));
		} catch (error) {
			throw errorOf(error, {operation, target, refusedSteps, ...caller});
		}
	}

	/** What goes wrong between the pages is told as the call's, too. */
	async function listed<T>(
		operation: string,
		roleName: string,
		read: Parameters<typeof allPages<T>>[0],
	): Promise<readonly T[]> {
		try {
			return await allPages(read);
		} catch (error) {
			throw errorOf(error, {operation, target: `role ${roleName}`, ...caller});
		}
	}

	return {
		async get(roleName, signal) {
			return call('GetRole', `role ${roleName}`, async (iam, {GetRoleCommand}) => {
				const answer = await iam.send(new GetRoleCommand({RoleName: roleName}), {abortSignal: signal});
				const role = needed(answer.Role, 'Role');
				return {
					arn: neededText(role.Arn, 'Arn'),
					roleId: role.RoleId ?? '',
					description: role.Description ?? '',
					trust: decoded(role.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'),
					boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
					...(isDefaultSession(role.MaxSessionDuration) ? {} : {maxSessionSeconds: role.MaxSessionDuration}),
					...(role.Tags?.length ? {tags: role.Tags.map(tagIn)} : {}),
				};
			}).catch(absentAsUndefined);
		},
		async create({roleName, path, description, trust, boundaryArn}) {
			const answer = await call(
				'CreateRole',
				`role ${roleName}`,
				async (iam, {CreateRoleCommand}) =>
					iam.send(
						new CreateRoleCommand({
							RoleName: roleName,
							Path: path,
							Description: description,
							AssumeRolePolicyDocument: JSON.stringify(trust),
							PermissionsBoundary: boundaryArn,
						}),
					),
				boundaryArn === undefined ? [boundaryStep] : [],
			);
			return {roleId: answer.Role?.RoleId};
		},
		async getPolicy(roleName, policyName, signal) {
			return call('GetRolePolicy', `role ${roleName}`, async (iam, {GetRolePolicyCommand}) => {
				const answer = await iam.send(
					new GetRolePolicyCommand({RoleName: roleName, PolicyName: policyName}),
					{abortSignal: signal},
				);
				return decoded(answer.PolicyDocument, 'PolicyDocument');
			}).catch(absentAsUndefined);
		},
		async putPolicy(roleName, policyName, policy) {
			await call('PutRolePolicy', `role ${roleName}`, async (iam, {PutRolePolicyCommand}) =>
				iam.send(
					new PutRolePolicyCommand({
						RoleName: roleName,
						PolicyName: policyName,
						PolicyDocument: textOf(policy),
					}),
				),
			);
		},
		async listPolicies(roleName, signal) {
			return listed('ListRolePolicies', roleName, async (marker) => {
				const answer = await call(
					'ListRolePolicies',
					`role ${roleName}`,
					async (iam, {ListRolePoliciesCommand}) =>
						iam.send(new ListRolePoliciesCommand({RoleName: roleName, Marker: marker}), {
							abortSignal: signal,
						}),
				).catch(absentAsUndefined);
				const items = (answer?.PolicyNames ?? []).map((name) => neededText(name, 'PolicyName'));
				return {items, isTruncated: answer?.IsTruncated, next: answer?.Marker};
			});
		},
		async listAttachedPolicies(roleName, signal) {
			return listed('ListAttachedRolePolicies', roleName, async (marker) => {
				const answer = await call(
					'ListAttachedRolePolicies',
					`role ${roleName}`,
					async (iam, {ListAttachedRolePoliciesCommand}) =>
						iam.send(new ListAttachedRolePoliciesCommand({RoleName: roleName, Marker: marker}), {
							abortSignal: signal,
						}),
				).catch(absentAsUndefined);
				const items = (answer?.AttachedPolicies ?? []).map(({PolicyArn: arn}) =>
					neededText(arn, 'PolicyArn'),
				);
				return {items, isTruncated: answer?.IsTruncated, next: answer?.Marker};
			});
		},
		async getManagedPolicy(policyArn, signal) {
			const target = `policy ${policyArn}`;
			const versionId = await call('GetPolicy', target, async (iam, {GetPolicyCommand}) => {
				const answer = await iam.send(new GetPolicyCommand({PolicyArn: policyArn}), {abortSignal: signal});
				return neededText(answer.Policy?.DefaultVersionId, 'DefaultVersionId');
			}).catch(absentAsUndefined);
			if (versionId === undefined) return undefined;
			return call('GetPolicyVersion', target, async (iam, {GetPolicyVersionCommand}) => {
				const answer = await iam.send(
					new GetPolicyVersionCommand({PolicyArn: policyArn, VersionId: versionId}),
					{abortSignal: signal},
				);
				return decoded(answer.PolicyVersion?.Document, 'Document');
			}).catch(absentAsUndefined);
		},
		async deletePolicy(roleName, policyName) {
			await call('DeleteRolePolicy', `role ${roleName}`, async (iam, {DeleteRolePolicyCommand}) =>
				iam.send(new DeleteRolePolicyCommand({RoleName: roleName, PolicyName: policyName})),
			).catch(absentAsUndefined);
		},
		async delete(roleName) {
			await call('DeleteRole', `role ${roleName}`, async (iam, {DeleteRoleCommand}) =>
				iam.send(new DeleteRoleCommand({RoleName: roleName})),
			).catch(absentAsUndefined);
		},
	};
}

/** Source: IAM API Reference, CreateRole (MaxSessionDuration). */
const isDefaultSession = (seconds = 3600): boolean => seconds === 3600;

function tagIn({Key: key, Value: value = ''}: {Key?: string; Value?: string}) {
	return {Key: neededText(key, 'Key'), Value: value};
}

/** IAM sends documents URL-encoded. Source: IAM API Reference, GetRolePolicy. */
function decoded(document: string | undefined, name: string): PolicyDocument {
	return policyIn(document, name, decodeURIComponent);
}

function absentAsUndefined(error: unknown): undefined {
	if (error instanceof ProblemError && error.answer?.code.startsWith('NoSuchEntity')) return undefined;
	throw error;
}
