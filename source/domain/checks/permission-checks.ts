import type {PolicyDocument} from '../../policy/document.js';
import {bucketArn} from '../arn.js';
import type {KeyPolicy} from '../observed/observed-key.js';
import {fixable} from '../problem.js';
import {chooseRole} from '../role/choose-role.js';
import type {Side} from '../answers/mode.js';
import type {PlanResult} from '../plan/make-plan.js';
import {callerKey} from './caller-key.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {neededActions, possibleActions, testObjectArn} from './needed-permissions.js';
import type {NeededActions} from '../operations/kind.js';
import type {CheckContext, Reading} from './readings.js';
import {notRead, ok, unknown} from './verdict.js';
import {weighPermissions} from './weigh-permissions.js';

/** Whether the caller of an end may do to its bucket what is still to be done. */
export function bucketPermissionsCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-permissions`,
		title: 'Permissions',
		group: side,
		needs: [
			`${side}Caller`,
			`${side}Bucket`,
			`${side}Policy`,
			`${side}Permissions`,
			'replication',
			'planned',
		],
		decide(context, readings) {
			const caller = readings[`${side}Caller` as const];
			const bucket = readings[`${side}Bucket` as const];
			if (!caller.isRead) return notRead(caller.problem);
			const isThere = bucket.isRead && bucket.value.state === 'owned';
			return weighPermissions({
				caller: caller.value,
				actions: needed(side, context, readings.planned).bucket,
				resource: bucketArn(caller.value.partition, context.request[side].bucket),
				simulated: readings[`${side}Permissions` as const],
				bucketPolicy: readings[`${side}Policy` as const],
				done: isThere
					? [
							's3:GetBucketVersioning',
							...(readings.replication.isRead ? ['s3:GetReplicationConfiguration'] : []),
						]
					: [],
				consequence: `Without ${side === 'source' ? 'them the source bucket' : 'them the destination bucket'} cannot be made ready.`,
				isVital: true,
			});
		},
	});
}

/** Whether the source's caller may create the role and give it its policy. */
export const rolePermissionsCheck = defineCheck({
	id: 'role-permissions',
	title: 'Permissions',
	group: 'role',
	isNeeded: ({roleArn}) => roleArn === undefined,
	needs: ['sourceCaller', 'role', 'observed', 'sourcePermissions', 'planned'],
	decide(context, {sourceCaller, role, observed, sourcePermissions, planned}) {
		if (!sourceCaller.isRead) return notRead(sourceCaller.problem);
		if (!observed.isRead) return notRead(observed.problem);
		const {role: actions} = needed('source', context, planned);
		const {arn, role: existing} = chooseRole(context.request, observed.value);
		const boundary = existing ? existing.boundary : context.request.permissionsBoundary;
		return weighPermissions({
			caller: sourceCaller.value,
			actions: actions.filter((action) => action !== 'iam:PassRole'),
			isUnbounded: boundary === undefined,
			resource: arn,
			simulated: sourcePermissions,
			done: role.isRead ? ['iam:GetRole', 'iam:GetRolePolicy'] : [],
			consequence: 'Without them the role cannot be made ready.',
			isVital: true,
		});
	},
});

/** Whether the source's caller may hand the role to S3: what is learned last without a check. */
export const passRoleCheck = defineCheck({
	id: 'pass-role',
	title: 'PassRole',
	group: 'role',
	needs: ['sourceCaller', 'observed', 'sourcePermissions', 'planned'],
	decide(context, {sourceCaller, observed, sourcePermissions, planned}) {
		if (!sourceCaller.isRead) return notRead(sourceCaller.problem);
		if (!observed.isRead) return notRead(observed.problem);
		const {role: actions} = needed('source', context, planned);
		return weighPermissions({
			caller: sourceCaller.value,
			actions: actions.filter((action) => action === 'iam:PassRole'),
			resource: chooseRole(context.request, observed.value).arn,
			simulated: sourcePermissions,
			done: [],
			consequence:
				'Who puts a replication configuration must be allowed to pass its role. That is iam:PassRole, with iam:PassedToService s3.amazonaws.com.',
			isVital: true,
		});
	},
});

/** Whether the caller of an end may upload test files, or follow them. */
export function filePermissionsCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-file-permissions`,
		title: 'Test files',
		group: side,
		needs: [`${side}Caller`, `${side}Policy`, `${side}Permissions`, 'planned'],
		decide(context, readings) {
			const caller = readings[`${side}Caller` as const];
			if (!caller.isRead) return notRead(caller.problem);
			return weighPermissions({
				caller: caller.value,
				actions: needed(side, context, readings.planned).objects,
				resource: testObjectArn(caller.value.partition, context.request[side].bucket),
				simulated: readings[`${side}Permissions` as const],
				bucketPolicy: readings[`${side}Policy` as const],
				done: [],
				consequence:
					side === 'source'
						? 'The setup itself does without them; no test files can be uploaded and followed then.'
						: 'The setup itself does without them; what arrives can only be told by the status in the source then.',
				isVital: false,
			});
		},
	});
}

/**
 * Whether the caller of an end may read its key, and write what the key's policy lacks. Who may not sees a statement to add, as long as
 * nothing has to be written.
 */
export function keyPermissionsCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-key-permissions`,
		title: 'Key permissions',
		group: side,
		isNeeded: ({rule}) => rule?.kmsKey !== undefined,
		needs: [`${side}Caller`, `${side}Encryption`, `${side}Permissions`, 'observed', 'planned'],
		decide(context, readings) {
			const caller = readings[`${side}Caller` as const];
			const encryption = readings[`${side}Encryption` as const];
			const {observed, planned} = readings;
			if (!caller.isRead) return notRead(caller.problem);
			if (!observed.isRead) return notRead(observed.problem);
			const key = callerKey(side, context.request, observed.value);
			if (!key) {
				if (side === 'destination') return unknown('the key has not been found', null);
				return encryption.isRead ? ok('no key of KMS by default') : notRead(encryption.problem);
			}

			const {arn, isDescribed, accountId, policy} = key;
			return weighPermissions({
				caller: caller.value,
				actions: needed(side, context, planned).key,
				resource: arn,
				resourceAccountId: accountId,
				simulated: readings[`${side}Permissions` as const],
				keyPolicy: policy === undefined ? undefined : keyPolicyReading(arn, policy),
				done: [
					...(isDescribed ? ['kms:DescribeKey'] : []),
					...(policy?.state === 'read' ? ['kms:GetKeyPolicy'] : []),
				],
				consequence: 'Without them the key’s policy does not get the statement for the role.',
				isVital: true,
			});
		},
	});
}

function keyPolicyReading(arn: string, policy: KeyPolicy): Reading<PolicyDocument> {
	if (policy.state === 'read') return {isRead: true, value: policy.document};
	return {
		isRead: false,
		problem: fixable('key-policy-unread', `Cannot read the policy of ${arn}`, policy.cause, [
			'Let the caller perform kms:GetKeyPolicy on the key.',
		]),
	};
}

/** What is still to be done; where no plan can be made, whatever may have to be. */
function needed(side: Side, context: CheckContext, planned: Reading<PlanResult>): NeededActions {
	if (planned.isRead && planned.value.ok) return neededActions(side, planned.value.plan, context.fileCount);
	return possibleActions(side, context.request);
}
