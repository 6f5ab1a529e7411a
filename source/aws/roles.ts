import type {IAMClient} from '@aws-sdk/client-iam';
import {ProblemError} from '../domain/problem.js';
import type {PolicyDocument} from '../policy/document.js';
import {allPages} from './all-pages.js';
import type {Roles} from './ports.js';
import {type Caller, errorOf} from './problem-of.js';

/** Roles and their policies, over IAM. Source: IAM API Reference. */
export function rolesPort(client: () => Promise<IAMClient>, caller: Caller): Roles {
	async function call<T>(
		operation: string,
		target: string,
		send: (iam: IAMClient, sdk: typeof import('@aws-sdk/client-iam')) => Promise<T>,
	): Promise<T> {
		try {
			return await send(await client(), await import('@aws-sdk/client-iam'));
		} catch (error) {
			throw errorOf(error, {operation, target, ...caller});
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
			const answer = await call('GetRole', `role ${roleName}`, async (iam, {GetRoleCommand}) =>
				iam.send(new GetRoleCommand({RoleName: roleName}), {abortSignal: signal}),
			).catch(absentAsUndefined);
			if (!answer?.Role) return undefined;
			const {Arn: arn = '', Description: description = '', AssumeRolePolicyDocument: trust} = answer.Role;
			const boundaryArn = answer.Role.PermissionsBoundary?.PermissionsBoundaryArn;
			return {arn, description, trust: decoded(trust), boundaryArn};
		},
		async create({roleName, path, description, trust, boundaryArn}) {
			await call('CreateRole', `role ${roleName}`, async (iam, {CreateRoleCommand}) =>
				iam.send(
					new CreateRoleCommand({
						RoleName: roleName,
						Path: path,
						Description: description,
						AssumeRolePolicyDocument: JSON.stringify(trust),
						PermissionsBoundary: boundaryArn,
					}),
				),
			);
		},
		async getPolicy(roleName, policyName, signal) {
			const answer = await call('GetRolePolicy', `role ${roleName}`, async (iam, {GetRolePolicyCommand}) =>
				iam.send(new GetRolePolicyCommand({RoleName: roleName, PolicyName: policyName}), {
					abortSignal: signal,
				}),
			).catch(absentAsUndefined);
			return answer && decoded(answer.PolicyDocument);
		},
		async putPolicy(roleName, policyName, policy) {
			await call('PutRolePolicy', `role ${roleName}`, async (iam, {PutRolePolicyCommand}) =>
				iam.send(
					new PutRolePolicyCommand({
						RoleName: roleName,
						PolicyName: policyName,
						PolicyDocument: JSON.stringify(policy),
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
				return {items: answer?.PolicyNames ?? [], isTruncated: answer?.IsTruncated, next: answer?.Marker};
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
				const items = (answer?.AttachedPolicies ?? []).map(({PolicyArn}) => PolicyArn ?? '');
				return {items, isTruncated: answer?.IsTruncated, next: answer?.Marker};
			});
		},
		async getManagedPolicy(policyArn, signal) {
			const target = `policy ${policyArn}`;
			const policy = await call('GetPolicy', target, async (iam, {GetPolicyCommand}) =>
				iam.send(new GetPolicyCommand({PolicyArn: policyArn}), {abortSignal: signal}),
			).catch(absentAsUndefined);
			const versionId = policy?.Policy?.DefaultVersionId;
			if (versionId === undefined) return undefined;
			const version = await call('GetPolicyVersion', target, async (iam, {GetPolicyVersionCommand}) =>
				iam.send(new GetPolicyVersionCommand({PolicyArn: policyArn, VersionId: versionId}), {
					abortSignal: signal,
				}),
			).catch(absentAsUndefined);
			return version && decoded(version.PolicyVersion?.Document);
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

/** IAM sends documents URL-encoded. Source: IAM API Reference, GetRolePolicy. */
function decoded(document: string | undefined): PolicyDocument {
	return JSON.parse(decodeURIComponent(document ?? '{}')) as PolicyDocument;
}

function absentAsUndefined(error: unknown): undefined {
	if (error instanceof ProblemError && error.answer?.code.startsWith('NoSuchEntity')) return undefined;
	throw error;
}
