import type {PolicyDocument} from '../../policy/document.js';
import {withText} from '../../policy/document-text.js';
import {isRecord} from '../../policy/json-shape.js';
import {neededText} from './needed.js';
import {UnexpectedAnswer} from './unexpected-answer.js';

/** The types that the language gives to a statement's elements. */
const elementsOfStatement = {
	Sid: isText,
	Effect: isText,
	Principal: isPrincipal,
	NotPrincipal: isPrincipal,
	Action: areTexts,
	NotAction: areTexts,
	Resource: areTexts,
	NotResource: areTexts,
	Condition: (value: unknown) => isRecord(value) && Object.values(value).every(isRecord),
};

/**
 * The policy that an answer holds. Its elements are of the language's types; what it says is not judged, and elements that are
 * not known are kept. The document knows the text that it came as. Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 */
export function policyIn(text: unknown, name: string, decode = (given: string) => given): PolicyDocument {
	const {document, decoded} = parsed(neededText(text, name), name, decode);
	const statements: unknown = isRecord(document) ? document['Statement'] : undefined;
	const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
	if (!list.every(isStatement)) throw new UnexpectedAnswer(`The ${name} in the answer is no policy.`);
	return withText(document as PolicyDocument, decoded);
}

function parsed(
	text: string,
	name: string,
	decode: (given: string) => string,
): {readonly document: unknown; readonly decoded: string} {
	try {
		const decoded = decode(text);
		return {document: JSON.parse(decoded) as unknown, decoded};
	} catch {
		throw new UnexpectedAnswer(`The ${name} in the answer is no JSON document.`);
	}
}

function isStatement(value: unknown): boolean {
	return (
		isRecord(value) &&
		Object.entries(elementsOfStatement).every(
			([element, fits]) => value[element] === undefined || fits(value[element]),
		)
	);
}

function isText(value: unknown): boolean {
	return typeof value === 'string';
}

function areTexts(value: unknown): boolean {
	return Array.isArray(value) ? value.every(isText) : isText(value);
}

function isPrincipal(value: unknown): boolean {
	return isText(value) || (isRecord(value) && Object.values(value).every(areTexts));
}
