import {type ForeseenRequest} from './access-request.js';
import {type Unsure} from './decision.js';
import {type Statement} from './document.js';
import {type ReadStatement} from './find-statements.js';
import {foreseePrincipal, foreseeResource} from './foresee-names.js';
import {conditionsOf, holdsCondition} from './match-condition.js';
import {type MatchScope} from './match-scope.js';
import {matchesAction} from './match-statement.js';
import {variablesIn} from './pattern.js';
import {type RequestContext} from './request-context.js';

/**
 * Reads statements before a request is made: one that may apply counts as it is best, or worst, for the caller.
 */
export function readAhead(request: ForeseenRequest, side: 'best' | 'worst'): ReadStatement {
	const unknown = new Set((request.unknown ?? []).map((key) => key.toLowerCase()));
	const perhaps = new Map(
		Object.entries(request.perhaps ?? {}).map(([key, value]) => [key.toLowerCase(), [value].flat()]),
	);
	return (statement, {scope, where}) => {
		const isKnown = (key: string): boolean =>
			!unknown.has(key.toLowerCase()) && scope.context.has(key.toLowerCase());
		if (!matchesAction(statement, request.action)) return undefined;
		const principal =
			where === 'resource'
				? foreseePrincipal(statement, request.caller)
				: ({match: 'directly', isSure: true} as const);
		if (principal.match === 'not-at-all') return undefined;
		const resource = foreseeResource(statement, request.resource, scope, isKnown);
		if (resource === undefined) return undefined;
		const conditions = foreseeConditions(statement, scope, {isKnown, perhaps});
		if (conditions === undefined) return undefined;
		const unsure: Unsure = {
			conditions: conditions.open,
			keys: [...new Set([...(principal.isSure ? [] : ['aws:userid']), ...resource.keys, ...conditions.keys])],
			isPartial: resource.isPartial,
		};
		if (!unsure.isPartial && unsure.keys.length === 0) return {principal: principal.match};
		return (statement.Effect === 'Allow') === (side === 'best')
			? {principal: principal.match, unsure}
			: undefined;
	};
}

type Knowledge = {
	readonly isKnown: (key: string) => boolean;
	readonly perhaps: ReadonlyMap<string, readonly string[]>;
};

/** The conditions that may hold or not, with the keys that they hang on; nothing where one does not hold. */
function foreseeConditions(statement: Statement, scope: MatchScope, {isKnown, perhaps}: Knowledge) {
	const open: Unsure['conditions'][number][] = [];
	const keys: string[] = [];
	const sent = {...scope, context: joined(scope.context, perhaps)};
	for (const condition of conditionsOf(statement)) {
		const names = [condition.key, ...(scope.hasVariables ? condition.values.flatMap(variablesIn) : [])];
		const unknown = names.filter((key) => !isKnown(key));
		const isTold = unknown.every((key) => perhaps.has(key.toLowerCase()));
		const holds = holdsCondition(condition, statement.Effect, sent);
		const isSure =
			isTold && (unknown.length === 0 || holds === holdsCondition(condition, statement.Effect, scope));
		if (isSure && !holds) return undefined;
		if (isSure) continue;
		open.push(condition);
		keys.push(...unknown);
	}

	return {open, keys};
}

function joined(context: RequestContext, perhaps: Knowledge['perhaps']): RequestContext {
	return {
		get: (key) => context.get(key) ?? perhaps.get(key),
		has: (key) => context.has(key) || perhaps.has(key),
	};
}
