import {type Policy as ShownPolicy, type PolicyVersion as ShownVersion} from '@aws-sdk/client-iam';
import {type PolicyDocument} from '../../policy/document.js';
import {parsePolicy} from '../../policy/parse.js';
import {resourcesOf} from '../access/resource-policy.js';
import {type Group, type ManagedPolicy, type PolicyVersion, type Role, type User} from '../world/account.js';
import {findManagedPolicy, type World} from '../world/world.js';
import {type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {escapeUri} from '../wire/percent.js';
import {wholeSeconds} from '../world/clock.js';
import {localArn} from '../world/partition.js';

const maxLength = 6144;

/** Finds a policy of the caller's account or of AWS. Throws ValidationError and NoSuchEntity in IAM's words (recorded: test_iam). */
export function findPolicy({world}: QueryCall<unknown>, arn: string | undefined): ManagedPolicy {
	checkArn(arn);
	const policy = findManagedPolicy(world, arn ?? '');
	if (policy === undefined) throw iamError('NoSuchEntity', `Policy ${arn ?? ''} was not found.`);
	return policy;
}

/** Throws ValidationError for what is no ARN (recorded: TestIAMIntegrations::test_role_attach_policy). */
export function checkArn(arn: string | undefined): void {
	if (!/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/.test(arn ?? '')) {
		throw iamError('ValidationError', 'Invalid ARN:  Could not be parsed!');
	}
}

/** Finds a policy that can be changed: AWS's own cannot. */
export function findOwnPolicy(call: QueryCall<unknown>, arn: string | undefined): ManagedPolicy {
	if (localArn(call.world, arn ?? '').startsWith('iam::aws:')) {
		throw iamError('AccessDenied', 'Cannot change a policy of AWS.');
	}
	return findPolicy(call, arn);
}

/** Throws where the text is no policy of that kind, or longer than IAM takes. */
export function checkDocument(world: World, text: string | undefined): string {
	const document = text ?? '';
	const parsed = parsePolicy(document, 'identity');
	if (!parsed.ok) throw iamError('MalformedPolicyDocument', parsed.reason);
	checkPartition(world, parsed.document);
	if (document.replace(/\s/g, '').length > maxLength) {
		throw iamError('LimitExceeded', `Cannot exceed quota for PolicySize: ${maxLength}`);
	}
	return document;
}

/** Throws where a resource is of another partition (third-party: aws/chalice#777, aws/serverless-application-model#1954). */
export function checkPartition({partition}: World, document: PolicyDocument): void {
	for (const resource of resourcesOf(document)) {
		const [, id] = /^arn:([\w-]+):/.exec(resource) ?? [];
		if (id !== undefined && id !== partition.id) {
			throw iamError('MalformedPolicyDocument', `Partition "${id}" is not valid for resource "${resource}".`);
		}
	}
}

/** Everybody who has the policy attached, over all accounts (a policy is attached in its own alone). */
export function holdersOf(world: World, arn: string): readonly (User | Role | Group)[] {
	const groups = [...world.accounts.values()].flatMap((account) => [...account.groups.values()]);
	return [...everybody(world), ...groups].filter(({attached}) => attached.written.includes(arn));
}

/** Everybody who has the policy for the boundary. */
export function boundaryUsersOf(world: World, arn: string): readonly (User | Role)[] {
	return everybody(world).filter(({boundaryArn}) => boundaryArn.written === arn);
}

function everybody(world: World): readonly (User | Role)[] {
	return [...world.accounts.values()].flatMap(({roles, users}) => [...roles.values(), ...users.values()]);
}

/** A policy as IAM shows it. */
export function showPolicy(world: World, policy: ManagedPolicy): ShownPolicy {
	const [newest] = policy.versions;
	return {
		PolicyName: policy.policyName,
		PolicyId: policy.policyId,
		Arn: policy.arn,
		Path: policy.path,
		DefaultVersionId: policy.defaultVersionId,
		AttachmentCount: holdersOf(world, policy.arn).length,
		PermissionsBoundaryUsageCount: boundaryUsersOf(world, policy.arn).length,
		IsAttachable: true,
		Description: policy.description,
		CreateDate: wholeSeconds(policy.createdMs),
		UpdateDate: wholeSeconds(newest?.createdMs ?? policy.createdMs),
		...(policy.tags.length === 0 ? {} : {Tags: [...policy.tags]}),
	};
}

/** A version as IAM shows it; lists leave the document out. */
export function showVersion(
	policy: ManagedPolicy,
	{versionId, text, createdMs}: PolicyVersion,
	options: {readonly showsDocument: boolean},
): ShownVersion {
	return {
		...(options.showsDocument ? {Document: escapeUri(text)} : {}),
		VersionId: versionId,
		IsDefaultVersion: versionId === policy.defaultVersionId,
		CreateDate: wholeSeconds(createdMs),
	};
}
