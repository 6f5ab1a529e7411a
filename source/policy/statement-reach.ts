import {listOf, type PrincipalElement, type Statement} from './document.js';
import {accountOf} from './match-principal.js';
import {covers, overlaps} from './pattern-sets.js';
import {wildcardPattern, type Pattern} from './pattern.js';

/** One action (in lower case) on a resource; either may be a pattern. */
type Asked = {readonly principalArn: string; readonly action: Pattern; readonly resource: Pattern};

/** Says whether an Allow surely covers all that is asked. */
export function isGrant(statement: Statement, {principalArn, action, resource}: Asked): boolean {
	const {Effect, Principal, Action, NotAction, Resource, NotResource, Condition} = statement;
	if (Effect !== 'Allow' || Principal === undefined || Object.keys(Condition ?? {}).length > 0) return false;
	const isActionGranted =
		NotAction === undefined
			? actionPatterns(Action).some((pattern) => covers(pattern, action))
			: !actionPatterns(NotAction).some((pattern) => overlaps(pattern, action));
	const isResourceGranted =
		NotResource === undefined
			? resourcePatterns(Resource, 'as-literal').some((pattern) => covers(pattern, resource))
			: !resourcePatterns(NotResource, 'as-wildcard').some((pattern) => overlaps(pattern, resource));
	return isPrincipalGranted(Principal, principalArn) && isActionGranted && isResourceGranted;
}

/** Says whether a Deny could hit some of what is asked, whatever its conditions. */
export function couldDeny(statement: Statement, {principalArn, action, resource}: Asked): boolean {
	const {Effect, Principal, Action, NotAction, Resource, NotResource} = statement;
	if (Effect !== 'Deny') return false;
	const isActionHit =
		NotAction === undefined
			? actionPatterns(Action).some((pattern) => overlaps(pattern, action))
			: !actionPatterns(NotAction).some((pattern) => covers(pattern, action));
	const isResourceHit =
		NotResource === undefined
			? resourcePatterns(Resource, 'as-wildcard').some((pattern) => overlaps(pattern, resource))
			: !resourcePatterns(NotResource, 'as-literal').some((pattern) => covers(pattern, resource));
	// NotPrincipal spares a role only where its sessions are listed by name, which nobody can do for S3's.
	return (Principal === undefined || isPrincipalHit(Principal, principalArn)) && isActionHit && isResourceHit;
}

function actionPatterns(names: Statement['Action']): readonly Pattern[] {
	return listOf(names).map((name) => wildcardPattern(name.toLowerCase()));
}

/** A policy variable may stand for anything: to be safe it covers nothing but itself, and could hit everything. */
function resourcePatterns(
	names: Statement['Resource'],
	variables: 'as-literal' | 'as-wildcard',
): readonly Pattern[] {
	return listOf(names)
		.filter((name) => variables === 'as-wildcard' || !name.includes('${'))
		.map((name) => wildcardPattern(name.replaceAll(/\$\{[^}]*\}/g, '*')));
}

function isPrincipalGranted(element: PrincipalElement, principalArn: string): boolean {
	return awsNames(element).some(
		(name) => name === '*' || name === principalArn || isAccountOf(name, principalArn),
	);
}

function isPrincipalHit(element: PrincipalElement, principalArn: string): boolean {
	const role = /^arn:(?<partition>[^:]+):iam::(?<account>\d{12}):role\/(?:.*\/)?(?<name>[^/]+)$/.exec(
		principalArn,
	)?.groups;
	const sessions = role && `arn:${role['partition']}:sts::${role['account']}:assumed-role/${role['name']}/`;
	return awsNames(element).some(
		(name) =>
			name === '*' ||
			name === principalArn ||
			isAccountOf(name, principalArn) ||
			(sessions !== undefined && name.startsWith(sessions)),
	);
}

function awsNames(element: PrincipalElement): readonly string[] {
	return element === '*' ? ['*'] : listOf(element.AWS);
}

function isAccountOf(name: string, principalArn: string): boolean {
	return accountOf(name) !== undefined && accountOf(name) === principalArn.split(':')[4];
}
