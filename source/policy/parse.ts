import {type PolicyDocument} from './document.js';
import {isRecord, jsonIn} from './json-shape.js';
import {statementProblem, type PolicyKind} from './statement-problem.js';

export type {PolicyKind} from './statement-problem.js';

type ParsedPolicy =
	| {readonly ok: true; readonly document: PolicyDocument}
	| {readonly ok: false; readonly reason: string};

/** What S3 and IAM say of text that is no JSON object. Recordings: test_bucket_policy_exc, test_create_role_with_malformed…. */
const notJson: Readonly<Record<PolicyKind, string>> = {
	identity: 'Syntax errors in policy.',
	resource: "Policies must be valid JSON and the first byte must be '{'",
	trust: 'This policy contains invalid Json',
};

/**
 * Takes the text of a policy and what it is attached to; gives the document, or AWS's sentence about the first thing that
 * is wrong. A resource or trust policy must name principals, an identity policy must not, and a trust policy has no
 * Resource. Unknown elements and operators are refused. Source: IAM User Guide, reference_policies_grammar.
 */
export function parsePolicy(text: string, kind: PolicyKind): ParsedPolicy {
	const value = jsonIn(text);
	if (!isRecord(value) || (kind === 'resource' && !text.startsWith('{')))
		return {ok: false, reason: notJson[kind]};
	const reason = documentProblem(value, kind);
	// Every element was just looked at: the value has the document's shape.
	return reason === undefined ? {ok: true, document: value as PolicyDocument} : {ok: false, reason};
}

const documentElements: readonly string[] = ['Version', 'Id', 'Statement'];

function documentProblem(document: Readonly<Record<string, unknown>>, kind: PolicyKind): string | undefined {
	const {Version, Id, Statement} = document;
	const unknownElement = Object.keys(document).find((name) => !documentElements.includes(name));
	if (unknownElement !== undefined) return `Unknown field ${unknownElement}`;
	if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
		return 'The policy must contain a valid version string';
	}
	if (Id !== undefined && typeof Id !== 'string') return 'Id must be a string';
	if (Statement === undefined) return 'Missing required field Statement';
	const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
	if (statements.length === 0) return 'Missing required field Statement';
	return firstProblem(statements, kind) ?? sidProblem(statements);
}

function firstProblem(statements: readonly unknown[], kind: PolicyKind): string | undefined {
	return statements
		.map((statement) => statementProblem(statement, kind))
		.find((problem) => problem !== undefined);
}

function sidProblem(statements: readonly unknown[]): string | undefined {
	const sids = statements.map((statement) => (isRecord(statement) ? statement['Sid'] : undefined));
	const isRepeated = sids.some(
		(sid, index) => sid !== undefined && sid !== '' && sids.indexOf(sid) !== index,
	);
	return isRepeated ? 'Statement IDs (SID) in a single policy must be unique.' : undefined;
}
