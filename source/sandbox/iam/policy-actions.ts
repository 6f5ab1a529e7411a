import type * as iam from '@aws-sdk/client-iam';
import {type ManagedPolicy, type PolicyVersion} from '../world/account.js';
import {awsManagedPolicies} from '../world/aws-managed-policies.js';
import {iamArn} from '../world/partition.js';
import {Propagating} from '../world/propagating.js';
import {seenFromMs} from '../world/world.js';
import {iamAction, type QueryAction, type QueryCall, type Subject} from './action.js';
import {iamError, invalidMember} from './errors.js';
import {
	boundaryUsersOf,
	checkDocument,
	findOwnPolicy,
	findPolicy,
	holdersOf,
	showPolicy,
	showVersion,
} from './managed-policies.js';
import {checkName, checkPath} from './names.js';
import {pageOf} from './page.js';
import {withTags} from './tags.js';

const maxVersions = 5;

/** What actions on the policy are about that the input names. */
const thePolicy: Subject<{readonly PolicyArn: string | undefined}> = {
	resource: ({input}) => input.PolicyArn ?? '',
	target: ({PolicyArn}) => PolicyArn,
};

/** Policies that stand by themselves, and their versions; their tags are in the table of what carries tags. */
export const policyActions: readonly QueryAction[] = [
	iamAction<iam.CreatePolicyRequest, iam.CreatePolicyResponse>(
		'CreatePolicy',
		{
			resource: ({world, account, input}) =>
				iamArn(world, account.accountId, `policy${input.Path ?? '/'}${input.PolicyName ?? ''}`),
			target: ({PolicyName}) => PolicyName,
		},
		({world, account, input}) => {
			const policyName = input.PolicyName ?? '';
			checkName('policyName', policyName, 128);
			const text = checkDocument(world, input.PolicyDocument);
			if (account.managedPolicies.has(policyName.toLowerCase())) {
				throw iamError(
					'EntityAlreadyExists',
					`A policy called ${policyName} already exists. Duplicate names are not allowed.`,
				);
			}
			const path = checkPath(input.Path ?? '/');
			const createdMs = world.clock.now();
			const policy: ManagedPolicy = {
				policyName,
				policyId: world.ids.uniqueId('ANPA'),
				path,
				arn: iamArn(world, account.accountId, `policy${path}${policyName}`),
				description: input.Description,
				createdMs,
				tags: withTags([], input.Tags ?? []),
				versions: [{versionId: 'v1', text, createdMs}],
				defaultVersionId: 'v1',
				nextVersion: 2,
				document: new Propagating(text),
			};
			account.managedPolicies.set(policyName.toLowerCase(), policy);
			// The description is told by GetPolicy alone (IAM API reference, Policy).
			return {Policy: {...showPolicy(world, policy), Description: undefined}};
		},
	),
	iamAction<iam.GetPolicyRequest, iam.GetPolicyResponse>('GetPolicy', thePolicy, (call) => ({
		Policy: showPolicy(call.world, findPolicy(call, call.input.PolicyArn)),
	})),
	iamAction<iam.ListPoliciesRequest, iam.ListPoliciesResponse>(
		'ListPolicies',
		{resource: ({world, account}) => iamArn(world, account.accountId, 'policy/*')},
		({world, account, input}) => {
			const scope: string = input.Scope ?? 'All';
			if (!['All', 'AWS', 'Local'].includes(scope)) {
				throw invalidMember('scope', 'satisfy enum value set: [All, AWS, Local]', scope);
			}
			const policies = [
				...(scope === 'AWS' ? [] : account.managedPolicies.values()),
				...(scope === 'Local' ? [] : awsManagedPolicies(world).values()),
			]
				.filter(({path}) => path.startsWith(input.PathPrefix ?? '/'))
				.filter(({arn}) => input.OnlyAttached !== true || holdersOf(world, arn).length > 0);
			const {page, more} = pageOf(policies, ({arn}) => arn.toLowerCase(), input);
			return {
				// Lists leave both out (IAM API reference, Policy).
				Policies: page.map((policy) => ({
					...showPolicy(world, policy),
					Description: undefined,
					Tags: undefined,
				})),
				...more,
			};
		},
	),
	iamAction<iam.ListEntitiesForPolicyRequest, iam.ListEntitiesForPolicyResponse>(
		'ListEntitiesForPolicy',
		thePolicy,
		(call) => {
			const {world, account, input} = call;
			const {arn} = findPolicy(call, input.PolicyArn);
			const holders = [
				...(input.PolicyUsageFilter === 'PermissionsBoundary' ? [] : holdersOf(world, arn)),
				...(input.PolicyUsageFilter === 'PermissionsPolicy' ? [] : boundaryUsersOf(world, arn)),
			];
			const own = [...new Set(holders)].filter(
				({accountId, path}) => accountId === account.accountId && path.startsWith(input.PathPrefix ?? '/'),
			);
			const isWanted = (kind: string): boolean => (input.EntityFilter ?? kind) === kind;
			return {
				PolicyGroups: own.flatMap((holder) =>
					holder.kind === 'group' && isWanted('Group')
						? [{GroupName: holder.groupName, GroupId: holder.groupId}]
						: [],
				),
				PolicyUsers: own.flatMap((holder) =>
					holder.kind === 'user' && isWanted('User')
						? [{UserName: holder.userName, UserId: holder.userId}]
						: [],
				),
				PolicyRoles: own.flatMap((holder) =>
					holder.kind === 'role' && isWanted('Role')
						? [{RoleName: holder.roleName, RoleId: holder.roleId}]
						: [],
				),
				IsTruncated: false,
			};
		},
	),
	iamAction<iam.DeletePolicyRequest>('DeletePolicy', thePolicy, (call) => {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		if (holdersOf(call.world, policy.arn).length > 0 || boundaryUsersOf(call.world, policy.arn).length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete a policy attached to entities.');
		}
		if (policy.versions.length > 1) {
			throw iamError(
				'DeleteConflict',
				"This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
			);
		}
		call.account.managedPolicies.delete(policy.policyName.toLowerCase());
		return {};
	}),
	iamAction<iam.CreatePolicyVersionRequest, iam.CreatePolicyVersionResponse>(
		'CreatePolicyVersion',
		thePolicy,
		(call) => {
			const policy = findOwnPolicy(call, call.input.PolicyArn);
			const text = checkDocument(call.world, call.input.PolicyDocument);
			if (policy.versions.length >= maxVersions) {
				throw iamError(
					'LimitExceeded',
					'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
				);
			}
			const version = {versionId: `v${policy.nextVersion}`, text, createdMs: call.world.clock.now()};
			policy.nextVersion += 1;
			policy.versions = [version, ...policy.versions];
			if (call.input.SetAsDefault === true) setDefault(call, policy, version);
			return {PolicyVersion: showVersion(policy, version, {showsDocument: false})};
		},
	),
	iamAction<iam.GetPolicyVersionRequest, iam.GetPolicyVersionResponse>(
		'GetPolicyVersion',
		thePolicy,
		(call) => {
			const policy = findPolicy(call, call.input.PolicyArn);
			return {PolicyVersion: showVersion(policy, findVersion(call, policy), {showsDocument: true})};
		},
	),
	iamAction<iam.ListPolicyVersionsRequest, iam.ListPolicyVersionsResponse>(
		'ListPolicyVersions',
		thePolicy,
		(call) => {
			const policy = findPolicy(call, call.input.PolicyArn);
			const {page, more} = pageOf(policy.versions, ({versionId}) => countdownOf(versionId), call.input);
			return {
				Versions: page.map((version) => showVersion(policy, version, {showsDocument: false})),
				...more,
			};
		},
	),
	iamAction<iam.SetDefaultPolicyVersionRequest>('SetDefaultPolicyVersion', thePolicy, (call) => {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		setDefault(call, policy, findVersion(call, policy));
		return {};
	}),
	iamAction<iam.DeletePolicyVersionRequest>('DeletePolicyVersion', thePolicy, (call) => {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		const version = findVersion(call, policy);
		if (version.versionId === policy.defaultVersionId) {
			throw iamError('DeleteConflict', 'Cannot delete the default version of a policy.');
		}
		policy.versions = policy.versions.filter((other) => other !== version);
		return {};
	}),
];

/** Finds the version that is named. Throws NoSuchEntity. */
function findVersion(
	{input: {VersionId: versionId}}: QueryCall<{readonly VersionId: string | undefined}>,
	policy: ManagedPolicy,
): PolicyVersion {
	const version = policy.versions.find((other) => other.versionId === versionId);
	if (version !== undefined) return version;
	throw iamError(
		'NoSuchEntity',
		`Policy ${policy.arn} version ${versionId ?? ''} does not exist or is not attachable.`,
	);
}

function setDefault({world}: QueryCall<unknown>, policy: ManagedPolicy, version: PolicyVersion): void {
	policy.defaultVersionId = version.versionId;
	policy.document.write(version.text, seenFromMs(world));
}

/** Newest first: so the numbers count down. */
function countdownOf(versionId: string): string {
	return String(999_999 - Number(versionId.slice(1)));
}
