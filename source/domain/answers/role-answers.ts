import {boundaryFault, defaultRoleName, roleArnFault, roleNameFault, rolePathFault} from './role-name.js';
import type {AnswerEntry} from './answer-entry.js';

/** What all answers about the role have alike. */
const ofRole = {
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	belongsTo: 'role',
	isRecorded: true,
} as const;

export const roleName = {
	...ofRole,
	flag: 'role-name',
	kind: 'text',
	placeholder: 'NAME',
	description: 'role that S3 assumes',
	field: {
		label: 'Role name',
		note: "An existing role is reused. If the bucket's rules already name a role, that one is used.",
	},
	faultOf: roleNameFault,
	refusal: {
		code: 'role-name',
		headline: (name) => `Cannot use “${name}” as the role's name`,
		nextStep: 'Give another --role-name.',
	},
	defaultOf: ({mode, valueOf}) => defaultRoleName(mode, valueOf('sourceBucket')),
	isImplied: (name, {mode = 'cross-region', sourceBucket}) =>
		sourceBucket !== undefined && name === defaultRoleName(mode, sourceBucket),
} as const satisfies AnswerEntry;

export const rolePath = {
	...ofRole,
	flag: 'role-path',
	kind: 'text',
	placeholder: 'PATH',
	description: 'path of a role that is created, such as /service-role/ (/)',
	field: {
		label: 'Role path',
		note: 'The path of a new role, such as /service-role/.',
		wantedFor: 'Where your organisation prescribes one.',
		empty: '/',
	},
	faultOf: rolePathFault,
	refusal: {
		code: 'role-path',
		headline: (path) => `Cannot use “${path}” as the role's path`,
		nextStep: 'Give another --role-path.',
	},
} as const satisfies AnswerEntry;

export const permissionsBoundary = {
	...ofRole,
	flag: 'permissions-boundary',
	kind: 'text',
	placeholder: 'ARN',
	description: 'managed policy that bounds a role that is created',
	field: {
		label: 'Boundary',
		note: 'The ARN of a managed policy that bounds a new role.',
		wantedFor: 'Where roles may only be created with one.',
		empty: '',
		emptyText: 'none',
	},
	faultOf: boundaryFault,
	refusal: {
		code: 'permissions-boundary',
		headline: (arn) => `Cannot use “${arn}” as the role's permissions boundary`,
		nextStep: 'Give the ARN of a managed policy with --permissions-boundary.',
	},
} as const satisfies AnswerEntry;

export const keepsRole = {
	...ofRole,
	flag: 'keep-role',
	kind: 'switch',
	description: 'use the existing role unchanged; missing permissions are listed',
	field: {
		label: 'Keep role',
		note: 'Use the existing role unchanged; missing permissions are listed.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

export const roleArn = {
	...ofRole,
	flag: 'role-arn',
	kind: 'text',
	placeholder: 'ARN',
	description: 'use exactly this role; it is neither read nor changed in IAM',
	field: {
		label: 'Role ARN',
		note: 'Use exactly this role; it is neither read nor changed in IAM.',
		wantedFor: 'Where somebody else manages roles.',
		empty: '',
		emptyText: 'by its name',
	},
	faultOf: roleArnFault,
	refusal: {
		code: 'role-arn',
		headline: (arn) => `Cannot use “${arn}” as the role's ARN`,
		nextStep: 'Give the ARN of a role with --role-arn.',
	},
} as const satisfies AnswerEntry;
