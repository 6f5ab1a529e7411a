import {isSamePolicy} from '../../policy/compare.js';
import {listOf, type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';
import type {WrittenStep} from './written-step.js';
import type {AnyOperation} from './operation.js';

type Images = {readonly before?: PolicyDocument; readonly after: PolicyDocument};

/**
 * A policy as it is now, without what one write brought into it. `undefined`: there is none then.
 * Unchanged since, it becomes the very before-image; else only the statements that the write added go, and those it removed
 * come back. A write that never took effect, or was taken back already, leaves everything as it is.
 */
export function takeBackPolicy(
	now: PolicyDocument | undefined,
	{before, after}: Images,
): PolicyDocument | undefined {
	if (now === undefined || (before && isSamePolicy(now, before))) return now;
	if (isSamePolicy(now, after, {comparesSids: true})) return before;
	const had = before ? statementsOf(before) : [];
	const wrote = statementsOf(after);
	const added = wrote.filter((statement) => !had.some((other) => isSameStatement(statement, other)));
	const removed = had.filter((statement) => !wrote.some((other) => isSameStatement(statement, other)));
	const existing = statementsOf(now);
	const kept = existing.filter((statement) => !added.some((ours) => isOwnStatement(statement, ours)));
	const isStillRemoved = (statement: Statement): boolean =>
		!kept.some((other) => isSameStatement(statement, other));
	// What the write replaced comes back only where the replacement is still there.
	const back = kept.length < existing.length ? removed.filter(isStillRemoved) : [];
	if (kept.length === existing.length && back.length === 0) return now;
	const statements = [...kept, ...back];
	return statements.length === 0 ? undefined : {...now, Statement: statements};
}

/** Whether two statements have one name and mean the same. */
export function isSameStatement(left: Statement, right: Statement): boolean {
	return (
		left.Sid === right.Sid &&
		isSamePolicy({Version: '2012-10-17', Statement: left}, {Version: '2012-10-17', Statement: right})
	);
}

/**
 * Whether a statement that is there is one that was written. A principal that was deleted is shown by its unique id from then on.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function isOwnStatement(existing: Statement, ours: Statement): boolean {
	if (isSameStatement(existing, ours)) return true;
	const {Principal: principal} = existing;
	const names = principal === undefined || principal === '*' ? [] : listOf(principal.AWS);
	const isStale = names.length > 0 && names.every((name) => name.startsWith('AROA'));
	return isStale && isSameStatement({...existing, Principal: ours.Principal}, ours);
}

type PolicyWrite = AnyOperation & {readonly before?: PolicyDocument; readonly after: PolicyDocument};

/** A policy without what was written into it: the newest write is taken back first. */
export function withoutWrites(
	now: PolicyDocument | undefined,
	writes: ReadonlyArray<WrittenStep<PolicyWrite>>,
): PolicyDocument | undefined {
	let after = now;
	for (const {operation} of [...writes].reverse()) after = takeBackPolicy(after, operation);
	return after;
}

/** Whether two policies have the same statements of the same names. None at all is the same as none. */
export function isSameDocument(left: PolicyDocument | undefined, right: PolicyDocument | undefined): boolean {
	if (!left || !right) return left === right;
	return isSamePolicy(left, right, {comparesSids: true});
}
