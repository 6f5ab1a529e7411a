import {type PolicyHolder, type Role, type Tag, type User} from '../world/account.js';
import {type QueryCall} from './action.js';
import {findOwnPolicy, findPolicy} from './managed-policies.js';
import {findRole, roleArnOf} from './roles.js';
import {findUser, userArnOf} from './users.js';

type Call = QueryCall<unknown>;

/** A kind of thing that policies are given to. */
export type HolderKind = {
	/** As it stands in the names of operations: `AttachRolePolicy`. */
	readonly noun: 'Role' | 'User';
	/** The member that names it. */
	readonly nameMember: 'RoleName' | 'UserName';
	/** What its inline policies may have together, white space not counted (IAM User Guide, reference_iam-quotas). */
	readonly maxInlineLength: number;
	/** Throws NoSuchEntity. */
	readonly find: (call: Call, name: string | undefined) => PolicyHolder & Tagged;
	/** Its name as it was given when it was made. */
	readonly nameOf: (holder: PolicyHolder) => string;
	/** The ARN that a permission is about, whether or not there is such a one. */
	readonly arnOf: (call: Call, name: string | undefined) => string;
};

export const holderKinds: readonly HolderKind[] = [
	{
		noun: 'Role',
		nameMember: 'RoleName',
		maxInlineLength: 10_240,
		find: findRole,
		nameOf: (role) => (role as Role).roleName,
		arnOf: roleArnOf,
	},
	{
		noun: 'User',
		nameMember: 'UserName',
		maxInlineLength: 2048,
		find: findUser,
		nameOf: (user) => (user as User).userName,
		arnOf: userArnOf,
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
	...holderKinds.map((kind) => ({...kind, findOwn: kind.find})),
	{
		noun: 'Policy',
		nameMember: 'PolicyArn',
		arnOf: (_call, arn) => arn ?? '',
		find: findPolicy,
		findOwn: findOwnPolicy,
	},
];
