import type * as iam from '@aws-sdk/client-iam';
import {parsePolicy} from '../../policy/parse.js';
import {type BoundedHolder, type InlinePolicies, type PolicyHolder} from '../world/account.js';
import {findManagedPolicy, seenFromMs} from '../world/world.js';
import {iamAction, type QueryAction, type QueryCall} from './action.js';
import {boundaryContext, boundaryHad, checkBoundary} from './boundary.js';
import {iamError} from './errors.js';
import {checkArn, checkPartition} from './managed-policies.js';
import {boundedKinds, type HolderKind, holderKinds, type TaggedKind, taggedKinds} from './holders.js';
import {pageOf, type PageInput} from './page.js';
import {escapeUri} from '../wire/percent.js';
import {checkName} from './names.js';
import {showTags, withoutTags, withTags} from './tags.js';

type Named = Readonly<Record<string, string | undefined>>;

/** What the operations of all holders take besides the holder's name. */
type Input = Partial<
	Omit<iam.AttachRolePolicyRequest & iam.GetRolePolicyRequest & iam.PutRolePolicyRequest, 'RoleName'> &
		Pick<iam.ListAttachedRolePoliciesRequest, 'PathPrefix'> &
		Pick<iam.PutRolePermissionsBoundaryRequest, 'PermissionsBoundary'> &
		PageInput
>;

/** The operations that users, roles and groups have alike: the same but for the noun in their names. */
export const holderActions: readonly QueryAction[] = [
	...holderKinds.flatMap((kind) => policyActions(kind)),
	...boundedKinds.flatMap((kind) => boundaryActions(kind)),
	...taggedKinds.flatMap((kind) => tagActions(kind)),
];

function policyActions(kind: HolderKind): readonly QueryAction[] {
	const {noun, nameMember} = kind;
	const action = (name: string, run: (call: QueryCall<Input>, holder: PolicyHolder) => object): QueryAction =>
		about<Input>(name, kind, (call, given) => run(call, kind.find(call, given)));

	return [
		// Again is no error. Words: recorded, TestIAMIntegrations::test_role_attach_policy.
		action(`Attach${noun}Policy`, ({world, account, input: {PolicyArn: arn = ''}}, holder) => {
			checkArn(arn);
			const policy = findManagedPolicy(world, arn);
			const isOwn = ['aws', account.accountId].includes(policy?.arn.split(':')[4] ?? '');
			if (policy === undefined || !isOwn) {
				throw iamError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`);
			}
			const attached = holder.attached.written;
			if (attached.includes(policy.arn)) return {};
			if (attached.length >= kind.maxAttached) {
				throw iamError('LimitExceeded', `Cannot exceed quota for PoliciesPer${noun}: ${kind.maxAttached}`);
			}
			holder.attached.write([...attached, policy.arn], seenFromMs(world));
			return {};
		}),
		action(`Detach${noun}Policy`, ({world, input: {PolicyArn: arn = ''}}, holder) => {
			checkArn(arn);
			const attached = holder.attached.written;
			if (!attached.includes(arn)) throw iamError('NoSuchEntity', `Policy ${arn} was not found.`);
			holder.attached.write(
				attached.filter((other) => other !== arn),
				seenFromMs(world),
			);
			return {};
		}),
		action(`ListAttached${noun}Policies`, ({world, input}, holder) => {
			const nameOf = (arn: string): string =>
				findManagedPolicy(world, arn)?.policyName ?? arn.slice(arn.lastIndexOf('/') + 1);
			const arns = holder.attached.written.filter((arn) =>
				(findManagedPolicy(world, arn)?.path ?? '/').startsWith(input.PathPrefix ?? '/'),
			);
			const {page, more} = pageOf(arns, (arn) => `${nameOf(arn).toLowerCase()} ${arn}`, input);
			return {AttachedPolicies: page.map((arn) => ({PolicyName: nameOf(arn), PolicyArn: arn})), ...more};
		}),
		action(`Put${noun}Policy`, (call, holder) => {
			checkName('policyName', call.input.PolicyName, 128);
			const text = call.input.PolicyDocument ?? '';
			const parsed = parsePolicy(text, 'identity');
			if (!parsed.ok) throw iamError('MalformedPolicyDocument', parsed.reason);
			checkPartition(call.world, parsed.document);
			const policies = new Map(holder.policies.written).set(call.input.PolicyName ?? '', text);
			checkLength(kind, holder, policies);
			holder.policies.write(policies, seenFromMs(call.world));
			return {};
		}),
		action(`Get${noun}Policy`, ({input: {PolicyName = ''}}, holder) => {
			const text = holder.policies.written.get(PolicyName);
			if (text === undefined) throw noSuchPolicy(kind, PolicyName);
			return {[nameMember]: kind.nameOf(holder), PolicyName, PolicyDocument: escapeUri(text)};
		}),
		action(`Delete${noun}Policy`, ({input: {PolicyName = ''}, world}, holder) => {
			const policies = new Map(holder.policies.written);
			if (!policies.delete(PolicyName)) throw noSuchPolicy(kind, PolicyName);
			holder.policies.write(policies, seenFromMs(world));
			return {};
		}),
		action(`List${noun}Policies`, ({input}, holder) => {
			const {page, more} = pageOf(holder.policies.written.keys(), (name) => name, input);
			return {PolicyNames: page, ...more};
		}),
	];
}

function boundaryActions(kind: HolderKind<BoundedHolder>): readonly QueryAction[] {
	const {noun} = kind;
	return [
		about<Input>(`Put${noun}PermissionsBoundary`, kind, (call, name) => {
			const {world, input} = call;
			const {boundaryArn} = kind.find(call, name);
			boundaryArn.write(checkBoundary(world, input.PermissionsBoundary), seenFromMs(world));
			return {};
		}),
		about<Input>(`Delete${noun}PermissionsBoundary`, kind, (call, name) => {
			kind.find(call, name).boundaryArn.write(undefined, seenFromMs(call.world));
			return {};
		}),
	];
}

function tagActions(kind: TaggedKind): readonly QueryAction[] {
	const {noun} = kind;
	return [
		about<Pick<iam.TagRoleRequest, 'Tags'>>(`Tag${noun}`, kind, (call, name) => {
			const tagged = kind.findOwn(call, name);
			tagged.tags = withTags(tagged.tags, call.input.Tags ?? []);
			return {};
		}),
		about<Pick<iam.UntagRoleRequest, 'TagKeys'>>(`Untag${noun}`, kind, (call, name) => {
			const tagged = kind.findOwn(call, name);
			tagged.tags = withoutTags(tagged.tags, call.input.TagKeys ?? []);
			return {};
		}),
		about<PageInput>(`List${noun}Tags`, kind, (call, name) =>
			showTags(kind.find(call, name).tags, call.input),
		),
	];
}

/** An action on the one that its input names; the permission is called as the action is. */
function about<Given>(
	name: string,
	{nameMember, arnOf, find}: Pick<TaggedKind, 'nameMember' | 'arnOf' | 'find'> | HolderKind,
	run: (call: QueryCall<Given>, given: string | undefined) => object,
): QueryAction {
	const nameIn = (input: unknown): string | undefined => (input as Named)[nameMember];
	return iamAction<Given>(
		name,
		{
			resource: (call) => arnOf(call, nameIn(call.input)),
			context: (call) =>
				boundaryContext(
					(call.input as Input).PermissionsBoundary ?? boundaryHad(() => find(call, nameIn(call.input))),
				),
			target: nameIn,
		},
		(call) => run(call, nameIn(call.input)),
	);
}

function checkLength(
	{noun, maxInlineLength, nameOf}: HolderKind,
	holder: PolicyHolder,
	policies: InlinePolicies,
) {
	const total = [...policies.values()].join('').replace(/\s/g, '').length;
	if (total <= maxInlineLength) return;
	throw iamError(
		'LimitExceeded',
		`Maximum policy size of ${maxInlineLength} bytes exceeded for ${noun.toLowerCase()} ${nameOf(holder)}`,
	);
}

function noSuchPolicy({noun}: HolderKind, name: string): Error {
	return iamError('NoSuchEntity', `The ${noun.toLowerCase()} policy with name ${name} cannot be found.`);
}
