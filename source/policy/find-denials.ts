import {listOf, type PolicyDocument, type Statement, statementsOf} from './document.js';
import {matchesCondition} from './match-condition.js';
import {scopeOf} from './match-scope.js';
import {matchesStatement} from './match-statement.js';
import {wildcardPattern} from './pattern.js';
import {type Caller} from './access-request.js';
import {contextOf} from './request-context.js';
import {couldDeny} from './statement-reach.js';

/** A Deny that hits, or may hit. */
export type Denial = {
	/** Its Sid, or its number from 1. */
	readonly statement: string;
	readonly actions: readonly string[];
	/** Condition keys that decide, and whose values nobody knows before. */
	readonly unknownKeys: readonly string[];
	/** Whether it hits only a part of the resource. */
	readonly isPartial: boolean;
};

type DenialQuestion = {
	readonly caller: Extract<Caller, {readonly kind: 'user' | 'role-session'}>;
	readonly actions: readonly string[];
	/** An ARN, or a pattern such as `arn:aws:s3:::dst/*`. */
	readonly resource: string;
	readonly resourceAccountId: string;
	/** Condition keys that are known. */
	readonly context?: Readonly<Record<string, string>>;
};

/**
 * The statements of a resource policy that deny, or may deny, a caller some of these actions. Conditions on keys that are
 * known are weighed; others are told. Pure. Source: IAM User Guide, "Policy evaluation logic".
 */
export function findDenials(document: PolicyDocument, question: DenialQuestion): readonly Denial[] {
	const {caller, actions, resource} = question;
	const principalArn = caller.kind === 'role-session' ? caller.roleArn : caller.arn;
	const requestOf = (action: string) => ({...question, action});
	return statementsOf(document).flatMap((statement, index) => {
		const hit = actions.filter((action) =>
			couldDeny(statement, {
				principalArn,
				action: wildcardPattern(action.toLowerCase()),
				resource: wildcardPattern(resource),
			}),
		);
		const [first] = hit;
		if (first === undefined) return [];
		const scope = scopeOf(document, contextOf(requestOf(first)));
		const conditions = conditionsOf(statement);
		const isKnown = ({key}: {readonly key: string}): boolean => scope.context.has(key.toLowerCase());
		const fails = conditions.some(
			(condition) => isKnown(condition) && !matchesCondition(condition.alone, scope),
		);
		if (fails) return [];
		const unknown = conditions.filter((condition) => !isKnown(condition));
		const whole = {...statement, Condition: {}};
		return [
			{
				statement: statement.Sid ?? String(index + 1),
				actions: hit,
				unknownKeys: [...new Set(unknown.map(({key}) => key))],
				isPartial: !hit.every((action) => matchesStatement(whole, requestOf(action), scope)),
			},
		];
	});
}

/** Each key of a statement's conditions, with the statement as if it had no other. */
function conditionsOf(statement: Statement): readonly {readonly key: string; readonly alone: Statement}[] {
	return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
		Object.entries(keys).map(([key, values]) => ({
			key,
			alone: {...statement, Condition: {[operator]: {[key]: listOf(values)}}},
		})),
	);
}
