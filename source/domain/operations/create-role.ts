import type {PolicyDocument} from '../../policy/document.js';
import type {OperationBase, PlannedKind} from './kind.js';

export type CreateRole = OperationBase & {
	readonly kind: 'create-role';
	readonly after: {
		readonly RoleName: string;
		/** A role that is there keeps its own. */
		readonly Path: string;
		readonly Description: string;
		readonly AssumeRolePolicyDocument: PolicyDocument;
		/** The ARN of its permissions boundary. */
		readonly PermissionsBoundary?: string;
	};
};

export const createRole: PlannedKind<CreateRole> = {
	kind: 'create-role',
	words: {plan: 'Create role', doing: 'Creating role', done: 'Role created'},
	noun: 'the role',
	detail: ({after}) => `path ${after.Path}, trusts s3.amazonaws.com`,
	remaining: {noun: 'role'},
	needs: {role: ['iam:CreateRole']},
	mayBeAt: (side) => side === 'source',
	takesEffectLate: true,
	undoReadings: [],
};
