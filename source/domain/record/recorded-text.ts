import type {PlannedOperation} from '../operations/registry.js';
import {isSameValue} from '../same-value.js';
import {readText, withText} from '../../policy/document-text.js';
import type {PolicyDocument} from '../../policy/document.js';
import {jsonIn} from '../../policy/json-shape.js';

/** The policy that an operation found; nothing for one that found another kind of document, or none. */
function policyBefore(operation: PlannedOperation): PolicyDocument | undefined {
	const before = 'before' in operation ? operation.before : undefined;
	return before && 'Statement' in before ? (before as PolicyDocument) : undefined;
}

/** What a record's line says besides an operation: the text of the document it found, where JSON would lose it. */
export function recordedText(operation: PlannedOperation): {readonly beforeText?: string} {
	const before = policyBefore(operation);
	const text = before && readText(before);
	return text === undefined || text === JSON.stringify(before) ? {} : {beforeText: text};
}

/** An operation of a record, whose document knows its text again. One that says something else was edited, and is passed over. */
export function withRecordedText(
	operation: PlannedOperation,
	beforeText: string | undefined,
): PlannedOperation {
	const before = policyBefore(operation);
	if (before && beforeText !== undefined && isSameValue(jsonIn(beforeText), before))
		withText(before, beforeText);
	return operation;
}
