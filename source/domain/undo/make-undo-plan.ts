import {ownFilesOf, type RunRecord, undoableSteps} from '../run-record.js';
import type {UndoObserved} from '../undo-observed.js';
import type {UndoPlan} from '../undo-plan.js';
import {deleteBucket} from './delete-bucket.js';
import {deleteFiles} from './delete-files.js';
import {fileNotes} from './file-notes.js';
import {deleteRole} from './delete-role.js';
import {groupsOf} from './recorded-group.js';
import {restoreBucketPolicy} from './restore-bucket-policy.js';
import {restoreReplication} from './restore-replication.js';
import {restoreVersioning} from './restore-versioning.js';
import {takeBackRolePolicy} from './take-back-role-policy.js';
import {versioningNotes} from './versioning-notes.js';

const cutOffNote =
	'The last line of the record was cut off while it was written: what it would have said had not begun.';

/**
 * What takes a run back, given what is there now. Pure.
 * The order is that of the dependencies: rules, then policy statements, then role policies and role, then the test files,
 * then the buckets. Each step tells why where there is nothing to do.
 */
export function makeUndoPlan(
	record: RunRecord,
	observed: UndoObserved,
	runs: readonly RunRecord[] = [record],
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
	// A policy that names a role shows a meaningless id once the role is gone: statements go first.
	const beforeRole = [...policies, ...rolePolicies].map(({operation}) => operation.id);
	const roles = groupsOf(open, 'create-role').map((group) =>
		deleteRole(group, observed, {
			rolePolicies,
			configurations: replications.map(({after}) => after),
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
		deleteBucket(group, observed, [
			...earlier,
			...files.filter(({operation}) => operation.target === group.target).map(({operation}) => operation.id),
		]),
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
			...buckets,
		],
		files: ownFilesOf(record),
		notes: [
			...replications.flatMap(({notes}) => notes),
			...versioningNotes(record, buckets, observed),
			...fileNotes(record, files, observed),
			...(record.isCutOff ? [cutOffNote] : []),
		],
	};
}
