import {type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';
import {freeSid} from '../role/destination-policy.js';
import {isOwnStatement, isSameStatement, takeBackPolicy} from '../take-back/take-back-policy.js';
import type {MergedAgain, PlannedWrite} from './planned-write.js';

/**
 * The statements that a plan adds to a policy, added to the policy that is there by now. Nothing of that is touched, its `Id` and
 * `Version` neither; a `Sid` that is taken gets a number behind it. Where the whole policy went, a person has to decide.
 */
export function addStatementsAgain(
	now: PolicyDocument | undefined,
	{before, after}: PlannedWrite<PolicyDocument>,
): MergedAgain<PolicyDocument> {
	if (!now || !after) return undefined;
	const had = before ? statementsOf(before) : [];
	const wrote = statementsOf(after);
	const isAmong = (statement: Statement, others: readonly Statement[]): boolean =>
		others.some((other) => isSameStatement(statement, other));
	if (!had.every((statement) => isAmong(statement, wrote))) return undefined;
	const existing = statementsOf(now);
	const statements = [...existing];
	for (const statement of wrote) {
		if (isAmong(statement, had) || isAmong(statement, existing)) continue;
		const {Sid: sid} = statement;
		statements.push(sid === undefined ? statement : {...statement, Sid: freeSid(statements, sid)});
	}

	return {document: statements.length === existing.length ? now : {...now, Statement: statements}};
}

/**
 * The statements that an undo takes out of a policy, taken out of the policy that is there by now: what somebody added stays, and the
 * policy with it. Where somebody changed one of them, a person has to decide.
 */
export function takeStatementsAgain(
	now: PolicyDocument | undefined,
	{before, after}: PlannedWrite<PolicyDocument>,
): MergedAgain<PolicyDocument> {
	if (!now || !before) return {document: now};
	const left = after ? statementsOf(after) : [];
	const goes = statementsOf(before).filter(
		(statement) => !left.some((other) => isSameStatement(statement, other)),
	);
	const wasChanged = statementsOf(now).some(
		(statement) =>
			statement.Sid !== undefined &&
			goes.some(({Sid: sid}) => sid === statement.Sid) &&
			!left.some((other) => isSameStatement(statement, other)) &&
			!goes.some((ours) => isOwnStatement(statement, ours)),
	);
	if (wasChanged) return undefined;
	const document = takeBackPolicy(now, {before: after, after: before});
	// What else is in the policy by now, such as its `Id`, is somebody's as well.
	return {document: document && {...now, Statement: document.Statement}};
}
