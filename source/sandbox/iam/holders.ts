import {
	type BoundedHolder,
	type Group,
	type PolicyHolder,
	type Role,
	type Tag,
	type User,
} from '../world/account.js';
import {type QueryCall} from './action.js';
import {findGroup, groupArnOf} from './groups.js';
import {findOwnPolicy, findPolicy} from './managed-policies.js';
import {findOidcProvider} from './oidc-providers.js';
import {findRole, roleArnOf} from './roles.js';
import {findUser, userArnOf} from './users.js';

type Call = QueryCall<unknown>;

/** A kind of thing that policies are given to. The limits: IAM User Guide, reference_iam-quotas. */
export type HolderKind<Holder extends PolicyHolder = PolicyHolder> = {
	/** As it stands in the names of operations: `AttachRolePolicy`. */
	readonly noun: 'Group' | 'Role' | 'User';
	/** The member that names it. */
	readonly nameMember: 'GroupName' | 'RoleName' | 'UserName';
	/** What its inline policies may have together, white space not counted. */
	readonly maxInlineLength: number;
	/** How many managed policies it may have. */
	readonly maxAttached: number;
	/** Throws NoSuchEntity. */
	readonly find: (call: Call, name: string | undefined) => Holder;
	/** Its name as it was given when it was made. */
	readonly nameOf: (holder: PolicyHolder) => string;
	/** The ARN that a permission is about, whether or not there is such a one. */
	readonly arnOf: (call: Call, name: string | undefined) => string;
};

/** Those whose permissions a boundary can cap, and which carry tags: groups do neither. */
export const boundedKinds: ReadonlyArray<HolderKind<BoundedHolder & Tagged>> = [
	{
		noun: 'Role',
		nameMember: 'RoleName',
		maxInlineLength: 10_240,
		maxAttached: 20,
		find: findRole,
		nameOf: (role) => (role as Role).roleName,
		arnOf: roleArnOf,
	},
	{
		noun: 'User',
		nameMember: 'UserName',
		maxInlineLength: 2048,
		maxAttached: 20,
		find: findUser,
		nameOf: (user) => (user as User).userName,
		arnOf: userArnOf,
	},
];

export const holderKinds: readonly HolderKind[] = [
	...boundedKinds,
	{
		noun: 'Group',
		nameMember: 'GroupName',
		maxInlineLength: 5120,
		maxAttached: 10,
		find: findGroup,
		nameOf: (group) => (group as Group).groupName,
		arnOf: groupArnOf,
	},
];

/** What carries tags. */
export type Tagged = {tags: readonly Tag[]};

/** A kind of thing that carries tags. */
export type TaggedKind = {
	/** As it stands in the names of operations: `TagRole`. */
	readonly noun: string;
	/** The member that names it. */
	readonly nameMember: string;
	readonly arnOf: (call: Call, name: string | undefined) => string;
	/** Throws NoSuchEntity. */
	readonly find: (call: Call, name: string | undefined) => Readonly<Tagged>;
	/** To change its tags. Throws NoSuchEntity, and where it is AWS's own. */
	readonly findOwn: (call: Call, name: string | undefined) => Tagged;
};

export const taggedKinds: readonly TaggedKind[] = [
	...boundedKinds.map((kind) => ({...kind, findOwn: kind.find})),
	{
		noun: 'Policy',
		nameMember: 'PolicyArn',
		arnOf: (_call, arn) => arn ?? '',
		find: findPolicy,
		findOwn: findOwnPolicy,
	},
	{
		noun: 'OpenIDConnectProvider',
		nameMember: 'OpenIDConnectProviderArn',
		arnOf: (_call, arn) => arn ?? '',
		find: findOidcProvider,
		findOwn: findOidcProvider,
	},
];
