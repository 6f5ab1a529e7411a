import {isSamePolicy} from '../../policy/compare.js';
import type {PolicyDocument} from '../../policy/document.js';
import {takeBackPolicy} from './take-back-policy.js';
import type {WrittenStep} from './written-step.js';
import type {AnyOperation} from './operation.js';

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
