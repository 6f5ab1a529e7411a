import {isRecord, stringsOf} from './json-shape.js';

const kinds: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const awsName = /^(\*|\d{12}|A[A-Z0-9]{15,}(:.+)?|arn:[^:*?]+:(iam|sts)::\d{12}:[^*?]+)$/;

/**
 * Takes a Principal or NotPrincipal element as read from JSON; gives AWS's sentence about what is wrong, or undefined.
 * Wildcards within a name are refused (reference_policies_elements_principal). Whether a named identity exists is for
 * the service to say.
 */
export function principalProblem(element: unknown): string | undefined {
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
