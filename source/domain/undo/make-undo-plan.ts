import {ownFilesOf, type RunRecord, undoableSteps} from '../record/run-record.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoPlan} from './undo-plan.js';
import {deleteBucket, type LeftReplication} from './delete-bucket.js';
import {deleteFiles} from './delete-files.js';
import {fileNotes} from './file-notes.js';
import {deleteRole} from './delete-role.js';
import {groupsOf} from './recorded-group.js';
import {restoreBucketPolicy} from './restore-bucket-policy.js';
import {type RestoredReplication, restoreReplication} from './restore-replication.js';
import {restoreVersioning} from './restore-versioning.js';
import {takeBackRolePolicy} from './take-back-role-policy.js';
import {versioningNotes} from './versioning-notes.js';

const cutOffNote = "The record's last line was cut off. What it announced had not begun.";

function unseenUsersNote(roleName: string): string {
	return `Rules of buckets that no run of this machine was about are not looked at: what uses the role ${roleName} there stops when it is deleted.`;
}

/** The rules of every bucket that was looked at, as the undo leaves them. */
function replicationsLeft(
	replications: readonly RestoredReplication[],
	{buckets}: UndoObserved,
): readonly LeftReplication[] {
	const restored = new Set(replications.map(({target}) => target));
	const others = Object.entries(buckets).flatMap(([target, bucket]) =>
		bucket.state === 'owned' && !restored.has(target) ? [{target, after: bucket.replication}] : [],
	);
	return [...replications, ...others];
}

/**
 * What takes a run back, given what is there now. Pure.
 * The order is that of the dependencies: rules, then policy statements, then role policies and role, then the test files,
 * then the buckets. Each step tells why where there is nothing to do.
 */
export function makeUndoPlan(
	record: RunRecord,
	observed: UndoObserved,
	runs: readonly RunRecord[] = [record],
	/** The other runs of this machine at this endpoint. */
	others: readonly RunRecord[] = [],
): UndoPlan {
	const open = undoableSteps(record).filter(({undo}) => undo !== 'undone');
	const replications = groupsOf(open, 'put-replication').map((group) => restoreReplication(group, observed));
	const rulesFirst = replications.map(({step}) => step.operation.id);
	const added = replications.flatMap(({rulesAddedSince}) => rulesAddedSince);
	const policies = groupsOf(open, 'put-bucket-policy').map((group) =>
		restoreBucketPolicy(group, observed, added, rulesFirst),
	);
	const rolePolicies = groupsOf(open, 'put-role-policy').map((group) =>
		takeBackRolePolicy(group, record, observed, added, rulesFirst),
	);
	const configurations = replicationsLeft(replications, observed);
	// A policy that names a role shows a meaningless id once the role is gone: statements go first.
	const beforeRole = [...policies, ...rolePolicies].map(({operation}) => operation.id);
	const roles = groupsOf(open, 'create-role').map((group) =>
		deleteRole(group, observed, {
			rolePolicies,
			configurations: configurations.map(({after}) => after),
			requires: [...rulesFirst, ...beforeRole],
		}),
	);
	const versionings = groupsOf(open, 'enable-versioning').map((group) =>
		restoreVersioning(group, observed, replications, rulesFirst),
	);
	// Without the role nothing is copied any more: no replica arrives behind the deletion.
	const earlier = [...rulesFirst, ...beforeRole, ...roles.map(({operation}) => operation.id)];
	const files = deleteFiles(open, observed, earlier);
	const buckets = groupsOf(open, 'create-bucket').map((group) =>
		deleteBucket(group, observed, {
			replications: configurations,
			policies,
			records: [record, ...others],
			requires: [
				...earlier,
				...files
					.filter(({operation}) => operation.target === group.target)
					.map(({operation}) => operation.id),
			],
		}),
	);
	return {
		schemaVersion: 1,
		runId: record.header.runId,
		runs: runs.map(({header: {runId, command, at, ends}}) => ({
			runId,
			command,
			at,
			buckets: ends.map(({bucket}) => bucket),
		})),
		steps: [
			...replications.map(({step}) => step),
			...policies,
			...rolePolicies,
			...roles,
			...versionings,
			...files,
			...buckets.map(({step}) => step),
		],
		files: ownFilesOf(record),
		notes: [
			...replications.flatMap(({notes}) => notes),
			...roles.flatMap(({operation: {change, target}}) =>
				change === 'delete' ? [unseenUsersNote(target)] : [],
			),
			...buckets.flatMap((bucket) => bucket.notes),
			...versioningNotes(
				record,
				buckets.map(({step}) => step),
				observed,
			),
			...fileNotes(record, files, observed),
			...(record.isCutOff ? [cutOffNote] : []),
		],
	};
}
