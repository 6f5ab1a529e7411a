import type {IAMClient} from '@aws-sdk/client-iam';
import type {PolicyDocument} from '../../policy/document.js';
import {textOf} from '../../policy/document-text.js';
import {needed, neededText} from '../responses/needed.js';
import {policyIn} from '../responses/policy-in.js';
import type {Roles} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {absent, serviceCaller} from './call-service.js';

/** Source: IAM User Guide, "Delegating responsibility to others using permissions boundaries". */
const boundaryStep =
	'If roles may only be made with a permissions boundary here, name it: --permissions-boundary ARN.';

const noEntity = absent('NoSuchEntity', 'NoSuchEntityException');

/** Roles and their policies, over IAM. Source: IAM API Reference. */
export function rolesPort(client: () => Promise<IAMClient>, caller: () => Caller): Roles {
	const {call, list} = serviceCaller(async () => import('@aws-sdk/client-iam'), client, caller);
	const of = (roleName: string, signal?: AbortSignal) => ({
		region: 'aws-global',
		target: `role ${roleName}`,
		signal,
	});

	return {
		async get(roleName, signal) {
			return call('GetRole', {RoleName: roleName}, of(roleName, signal), (answer) => {
				const role = needed(answer.Role, 'Role');
				return {
					arn: neededText(role.Arn, 'Arn'),
					roleId: role.RoleId ?? '',
					description: role.Description ?? '',
					trust: decoded(role.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'),
					boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
					...(isDefaultSession(role.MaxSessionDuration) ? {} : {maxSessionSeconds: role.MaxSessionDuration}),
					...(role.Tags?.length
						? {tags: role.Tags.map(({Key, Value = ''}) => ({Key: neededText(Key, 'Key'), Value}))}
						: {}),
				};
			}).catch(noEntity);
		},
		async create({roleName, path, description, trust, boundaryArn}) {
			const input = {
				RoleName: roleName,
				Path: path,
				Description: description,
				AssumeRolePolicyDocument: JSON.stringify(trust),
				PermissionsBoundary: boundaryArn,
			};
			const refusedSteps = boundaryArn === undefined ? [boundaryStep] : [];
			const {Role: role} = await call('CreateRole', input, {...of(roleName), refusedSteps});
			return {roleId: role?.RoleId};
		},
		async getPolicy(roleName, policyName, signal) {
			const input = {RoleName: roleName, PolicyName: policyName};
			return call('GetRolePolicy', input, of(roleName, signal), ({PolicyDocument: document}) =>
				decoded(document, 'PolicyDocument'),
			).catch(noEntity);
		},
		async putPolicy(roleName, policyName, policy) {
			const input = {RoleName: roleName, PolicyName: policyName, PolicyDocument: textOf(policy)};
			await call('PutRolePolicy', input, of(roleName));
		},
		async listPolicies(roleName, signal) {
			const names = await list(
				'ListRolePolicies',
				(marker) => ({RoleName: roleName, Marker: marker}),
				of(roleName, signal),
				({PolicyNames: items = [], IsTruncated: isTruncated, Marker: next}) => ({
					items: items.map((name) => neededText(name, 'PolicyName')),
					isTruncated,
					next,
				}),
			).catch(noEntity);
			return names ?? [];
		},
		async listAttachedPolicies(roleName, signal) {
			const arns = await list(
				'ListAttachedRolePolicies',
				(marker) => ({RoleName: roleName, Marker: marker}),
				of(roleName, signal),
				({AttachedPolicies: items = [], IsTruncated: isTruncated, Marker: next}) => ({
					items: items.map(({PolicyArn: arn}) => neededText(arn, 'PolicyArn')),
					isTruncated,
					next,
				}),
			).catch(noEntity);
			return arns ?? [];
		},
		async getManagedPolicy(policyArn, signal) {
			const about = {region: 'aws-global', target: `policy ${policyArn}`, signal};
			const versionId = await call('GetPolicy', {PolicyArn: policyArn}, about, ({Policy: policy}) =>
				neededText(policy?.DefaultVersionId, 'DefaultVersionId'),
			).catch(noEntity);
			if (versionId === undefined) return undefined;
			const input = {PolicyArn: policyArn, VersionId: versionId};
			return call('GetPolicyVersion', input, about, ({PolicyVersion: version}) =>
				decoded(version?.Document, 'Document'),
			).catch(noEntity);
		},
		async deletePolicy(roleName, policyName) {
			const input = {RoleName: roleName, PolicyName: policyName};
			await call('DeleteRolePolicy', input, of(roleName)).catch(noEntity);
		},
		async delete(roleName) {
			await call('DeleteRole', {RoleName: roleName}, of(roleName)).catch(noEntity);
		},
	};
}

/** Source: IAM API Reference, CreateRole (MaxSessionDuration). */
const isDefaultSession = (seconds = 3600): boolean => seconds === 3600;

/** IAM sends documents URL-encoded. Source: IAM API Reference, GetRolePolicy. */
function decoded(document: string | undefined, name: string): PolicyDocument {
	return policyIn(document, name, decodeURIComponent);
}
