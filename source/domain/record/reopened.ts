import {bucketOfArn, roleNameOf} from '../arn.js';
import {sameEndpoint} from '../endpoint/recorded-endpoint.js';
import type {ReadRecord, RecordedStep, RunRecord} from './run-record.js';

type Operation = Extract<RecordedStep, {readonly kind: 'operation'}>['operation'];

/**
 * Records with what an undo left because others needed it, and which nobody of this machine may need since: an undo of another run took
 * back what was about the same bucket or role. That is offered again; an undo looks itself whether anybody needs it still. Pure.
 */
export function reopened(found: readonly ReadRecord[]): readonly ReadRecord[] {
	const records = found.flatMap((one) => (one.ok ? [one.record] : []));
	return found.map((one) => (one.ok ? {...one, record: reopenedRecord(one.record, records)} : one));
}

function reopenedRecord(record: RunRecord, records: readonly RunRecord[]): RunRecord {
	if (record.isForgotten || !record.steps.some(mayBeOpen)) return record;
	const undone = records
		.filter(({header}) => header.runId !== record.header.runId)
		.filter(({header}) => sameEndpoint(header.endpointUrl, record.header.endpointUrl))
		.flatMap(({steps}) => steps.filter(({undo}) => undo === 'undone'));
	const steps = record.steps.map((step): RecordedStep => {
		if (!mayBeOpen(step)) return step;
		const isFree = undone.some(
			(other) => (other.undoAt ?? 0) > (step.undoAt ?? 0) && isAbout(other, step.operation),
		);
		return isFree ? {...step, undo: 'open'} : step;
	});
	return {...record, steps};
}

/** What others needed, or may have. What was closed without an undo has no time, and stays closed. */
function mayBeOpen(step: RecordedStep): step is Extract<RecordedStep, {readonly kind: 'operation'}> {
	return (
		step.kind === 'operation' && step.undo === 'left' && step.undoAt !== undefined && step.isNeeded !== false
	);
}

/** Whether a step needed the target of an operation: it wrote to it, or wrote rules that name it. */
function isAbout(step: RecordedStep, {kind, target, account}: Operation): boolean {
	if (step.kind === 'files') return step.ends.some(({bucket}) => bucket === target);
	const {operation} = step;
	const isRole = kind === 'create-role' || kind === 'put-role-policy';
	const isSameKindOfThing =
		isRole === (operation.kind === 'create-role' || operation.kind === 'put-role-policy');
	if (isSameKindOfThing && operation.target === target && operation.account === account) return true;
	if (operation.kind !== 'put-replication') return false;
	const {Role: role, Rules: rules} = operation.after;
	if (isRole) return operation.account === account && roleNameOf(role) === target;
	return rules.some(({Destination: {Bucket: arn}}) => bucketOfArn(arn) === target);
}
