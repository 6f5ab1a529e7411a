import type {BucketReference, Connection} from '../../aws/ports.js';
import {plannedKindOf} from '../../domain/operations/registry.js';
import type {RunRecord} from '../../domain/record/run-record.js';
import type {UndoRole} from '../../domain/take-back/undo-observed.js';
import {throwUnlessRefused} from './unless-refused.js';

/** The buckets whose rules other runs wrote with a role of this name and account, as far as they are not taken back. */
export function rulesWithRole(
	records: readonly RunRecord[],
	roleName: string,
	account: string,
): readonly BucketReference[] {
	const found = new Map<string, BucketReference>();
	for (const step of records.flatMap(({steps}) => steps)) {
		if (step.kind !== 'operation' || step.undo === 'undone') continue;
		const {operation} = step;
		const arn = plannedKindOf(operation.kind).rulesIn?.(operation).after.Role;
		if (arn === undefined || !isRole(arn, roleName, account)) continue;
		const {target: bucket, region, account: accountId} = operation;
		found.set(bucket, {bucket, region, accountId});
	}

	return [...found.values()];
}

/** Looks whether the rules of these buckets name the role now. What may not be read is named as such. */
export async function observeUsers(
	roleName: string,
	users: readonly BucketReference[],
	{buckets}: Connection,
	signal?: AbortSignal,
): Promise<Pick<UndoRole, 'usedBy' | 'unreadUsers'>> {
	const usedBy: string[] = [];
	const unreadUsers: string[] = [];
	await Promise.all(
		users.map(async (reference) => {
			try {
				const configuration = await buckets.getReplication(reference, signal);
				if (configuration && isRole(configuration.Role, roleName, reference.accountId))
					usedBy.push(reference.bucket);
			} catch (error) {
				throwUnlessRefused(error);
				unreadUsers.push(reference.bucket);
			}
		}),
	);
	return {usedBy: usedBy.sort(), unreadUsers: unreadUsers.sort()};
}

/** Names of roles are unique in an account whatever their path. Source: IAM User Guide, "IAM identifiers". */
function isRole(arn: string, roleName: string, account: string): boolean {
	return arn.includes(`::${account}:role/`) && arn.endsWith(`/${roleName}`);
}
