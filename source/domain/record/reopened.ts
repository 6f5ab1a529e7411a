import {destinationOf, roleNameOf} from '../arn.js';
import {sameEndpoint} from '../endpoint/recorded-endpoint.js';
import {plannedKindOf, type PlannedOperation} from '../operations/registry.js';
import type {OperationStep, ReadRecord, RecordedStep, RunRecord} from './run-record.js';

/**
 * Records with what an undo left because others needed it, and which nobody of this machine may need since: an undo of another run took
 * back what was about the same bucket, role or key. That is offered again; an undo looks itself whether anybody needs it still. Pure.
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
function mayBeOpen(step: RecordedStep): step is OperationStep {
	return (
		step.kind === 'operation' && step.undo === 'left' && step.undoAt !== undefined && step.isNeeded !== false
	);
}

/** Whether a step needed the target of an operation: it wrote to it, or wrote rules that name it. */
function isAbout(step: RecordedStep, {kind, target, account}: PlannedOperation): boolean {
	if (step.kind === 'files') return step.ends.some(({bucket}) => bucket === target);
	const {operation} = step;
	const {on} = plannedKindOf(kind);
	const written = plannedKindOf(operation.kind);
	if (written.on === on && operation.target === target && operation.account === account) return true;
	const rules = written.rulesIn?.(operation).after;
	if (rules === undefined) return false;
	switch (on) {
		case 'role':
			return operation.account === account && roleNameOf(rules.Role) === target;
		case 'key':
			// Rules do not name the source's key: any may have used it.
			return true;
		case 'queue':
		case 'job':
			// No rule needs one.
			return false;
		case 'bucket':
			return rules.Rules.some((rule) => destinationOf(rule) === target);
	}
}
