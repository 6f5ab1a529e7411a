import {conditionOperator} from './condition-operators.js';
import {isRecord, stringsOf} from './json-shape.js';
import {parseOperator} from './match-condition.js';

/** What a policy is attached to: an identity, a resource such as a bucket, or a role (its trust). */
export type PolicyKind = 'identity' | 'resource' | 'trust';

type Fields = Readonly<Record<string, unknown>>;

const elements: readonly string[] = [
	'Sid',
	'Effect',
	'Principal',
	'NotPrincipal',
	'Action',
	'NotAction',
	'Resource',
	'NotResource',
	'Condition',
];

/** Takes a statement as read from JSON; gives AWS's sentence about the first thing wrong with it, or undefined. */
export function statementProblem(statement: unknown, kind: PolicyKind): string | undefined {
	if (!isRecord(statement)) return 'Statement must be an object or a list of objects';
	const unknownElement = Object.keys(statement).find((name) => !elements.includes(name));
	if (unknownElement !== undefined) return `Unknown field ${unknownElement}`;
	return (
		headProblem(statement, kind) ??
		whoProblem(statement, kind) ??
		actionProblem(statement, kind) ??
		resourceProblem(statement, kind) ??
		conditionProblem(statement['Condition'])
	);
}

function headProblem({Sid, Effect}: Fields, kind: PolicyKind): string | undefined {
	if (Sid !== undefined && typeof Sid !== 'string') return 'Sid must be a string';
	// Bucket policies may have any Sid: AWS's own examples have spaces and hyphens in them.
	if (kind !== 'resource' && typeof Sid === 'string' && !/^[A-Za-z0-9]*$/.test(Sid)) {
		return `Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`;
	}
	if (Effect === undefined) return 'Missing required field Effect';
	return Effect === 'Allow' || Effect === 'Deny' ? undefined : `Invalid effect: ${JSON.stringify(Effect)}`;
}

function whoProblem(statement: Fields, kind: PolicyKind): string | undefined {
	const named = givenElements(statement, ['Principal', 'NotPrincipal']);
	if (kind === 'identity') return named[0] === undefined ? undefined : `Has prohibited field ${named[0]}`;
	if (named[0] === undefined) return 'Missing required field Principal';
	if (named.length > 1) return 'Principal and NotPrincipal cannot be in one statement';
	if (kind === 'trust' && named[0] === 'NotPrincipal' && statement['Effect'] === 'Allow') {
		return 'Allow with NotPrincipal is not allowed.';
	}
	return principalProblem(statement[named[0]]);
}

function actionProblem(statement: Fields, kind: PolicyKind): string | undefined {
	const named = givenElements(statement, ['Action', 'NotAction']);
	if (named[0] === undefined) return 'Missing required field Action';
	if (named.length > 1) return 'Action and NotAction cannot be in one statement';
	const actions = stringsOf(statement[named[0]]);
	if (actions === undefined || actions.length === 0) return 'Policy statement must contain actions.';
	const malformed = actions.find(
		(action) => action !== '*' && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action),
	);
	if (malformed !== undefined) {
		return kind === 'resource'
			? 'Policy has invalid action'
			: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
	}
	const foreign = kind === 'trust' ? actions.find((action) => !/^(\*|sts:.*)$/i.test(action)) : undefined;
	return foreign === undefined ? undefined : 'AssumeRole policy may only specify STS AssumeRole actions.';
}

function resourceProblem(statement: Fields, kind: PolicyKind): string | undefined {
	const named = givenElements(statement, ['Resource', 'NotResource']);
	if (kind === 'trust') return named[0] === undefined ? undefined : `Has prohibited field ${named[0]}`;
	if (named[0] === undefined) {
		return kind === 'resource'
			? 'Missing required field Resource'
			: 'Policy statement must contain resources.';
	}
	if (named.length > 1) return 'Resource and NotResource cannot be in one statement';
	const resources = stringsOf(statement[named[0]]);
	if (resources === undefined || resources.length === 0) return 'Policy statement must contain resources.';
	const malformed = resources.find((resource) => resource !== '*' && !/^arn:([^:]*:){4}./.test(resource));
	if (malformed === undefined) return undefined;
	return kind === 'resource'
		? 'Policy has invalid resource'
		: `Resource ${malformed} must be in ARN format or "*".`;
}

function conditionProblem(condition: unknown): string | undefined {
	if (condition === undefined) return undefined;
	if (!isRecord(condition)) return 'Syntax errors in policy.';
	for (const [operator, keys] of Object.entries(condition)) {
		const {base, set, ifExists} = parseOperator(operator);
		const isNull = base === 'Null' && set === undefined && ifExists === undefined;
		if (!isNull && conditionOperator(base) === undefined) return `Invalid Condition type : ${operator}`;
		if (!isRecord(keys) || !Object.values(keys).every(isConditionValue)) return 'Syntax errors in policy.';
	}
	return undefined;
}

function isConditionValue(value: unknown): boolean {
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	return values.every((item) => ['string', 'number', 'boolean'].includes(typeof item));
}

function givenElements(statement: Fields, names: readonly string[]): readonly string[] {
	return names.filter((name) => statement[name] !== undefined);
}

const kinds: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const awsName = /^(\*|\d{12}|A[A-Z0-9]{15,}(:.+)?|arn:[^:*?]+:(iam|sts)::\d{12}:[^*?]+)$/;

/**
 * Takes a Principal or NotPrincipal element as read from JSON; gives AWS's sentence about what is wrong, or undefined.
 * Wildcards within a name are refused (reference_policies_elements_principal). Whether a named identity exists is for
 * the service to say.
 */
function principalProblem(element: unknown): string | undefined {
	if (element === '*') return undefined;
	if (!isRecord(element) || Object.keys(element).length === 0) return 'Invalid principal in policy';
	for (const [kind, value] of Object.entries(element)) {
		const names = stringsOf(value);
		if (!kinds.includes(kind) || names === undefined || names.length === 0)
			return 'Invalid principal in policy';
		if (kind === 'AWS' && !names.every((name) => awsName.test(name))) return 'Invalid principal in policy';
	}
	return undefined;
}
