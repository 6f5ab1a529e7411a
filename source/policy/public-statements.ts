import {listOf, type PolicyDocument, type Statement, statementsOf} from './document.js';
import {parseOperator} from './match-condition.js';

/** Keys that, held to fixed values, keep everybody else out. */
const narrowingKeys: ReadonlySet<string> = new Set([
	'aws:principalarn',
	'aws:principalaccount',
	'aws:principalorgid',
	'aws:principalorgpaths',
	'aws:sourceip',
	'aws:sourcearn',
	'aws:sourcevpc',
	'aws:sourcevpce',
	'aws:sourceowner',
	'aws:sourceaccount',
	'aws:userid',
	's3:dataaccesspointarn',
	's3:dataaccesspointaccount',
]);

const narrowingOperators: ReadonlySet<string> = new Set([
	'StringEquals',
	'StringEqualsIgnoreCase',
	'StringLike',
	'ArnEquals',
	'ArnLike',
	'IpAddress',
]);

/**
 * Says whether a bucket's policy lets everybody in: a statement of it does
 * (S3 User Guide, access-control-block-public-access, "The meaning of public").
 */
export function isPublicPolicy(document: PolicyDocument): boolean {
	return statementsOf(document).some(isPublicStatement);
}

/** Takes a statement of a bucket's policy; says whether it is public: an Allow for `*` that no condition holds to fixed values of a key that narrows. */
export function isPublicStatement({Effect, Principal, NotPrincipal, Condition}: Statement): boolean {
	const isForEverybody =
		NotPrincipal !== undefined ||
		Principal === '*' ||
		(Principal !== undefined && listOf(Principal.AWS).includes('*'));
	if (Effect !== 'Allow' || !isForEverybody) return false;
	return !Object.entries(Condition ?? {}).some(([operator, keys]) => {
		const {base, ifExists} = parseOperator(operator);
		return (
			ifExists === undefined &&
			narrowingOperators.has(base) &&
			Object.entries(keys).some(
				([key, values]) => narrowingKeys.has(key.toLowerCase()) && listOf(values).map(String).every(isNarrow),
			)
		);
	});
}

/** No variable, no wildcard alone, no range of addresses as wide as the Internet. */
function isNarrow(value: string): boolean {
	return !value.includes('${') && !/^\*+$/.test(value) && !/^(0\.0\.0\.0|::)\/0$/.test(value);
}
