import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import type {Reason} from '../../policy/decision.js';
import type {Foresight} from '../../policy/foresee.js';
import type {ProblemDocument} from '../problem.js';

/**
 * Lets S3 assume the role. No condition: AWS documents none for replication roles, and a wrong one fails silently.
 * Source: S3 User Guide, "Setting up permissions for live replication".
 */
export const trustPolicy: PolicyDocument = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

/**
 * A trust policy with what another one allows as well: whoever may assume the role now still may. UpdateAssumeRolePolicy replaces the
 * whole document. Source: IAM API Reference, UpdateAssumeRolePolicy.
 */
export function trustedBesides(existing: PolicyDocument, added: PolicyDocument): PolicyDocument {
	return {...existing, Statement: [...statementsOf(existing), ...statementsOf(added)]};
}

/**
 * What lets S3 assume a role that does not let it in, or not surely: the statement that denies it, which no other statement outweighs, else
 * the role's trust policy with one for S3. Pure.
 */
export function trustDocument(trust: PolicyDocument, foreseen: Foresight, title: string): ProblemDocument {
	const statement = denialIn(trust, foreseen);
	return statement
		? {title: 'The statement that decides', value: statement}
		: {title, value: trustedBesides(trust, trustPolicy)};
}

/** The statement that denies S3 the role, or may. */
function denialIn(trust: PolicyDocument, foreseen: Foresight) {
	const reasons: readonly Reason[] = foreseen.outcome === 'open' ? foreseen.doubts : foreseen.reasons;
	const denial = reasons.find(({effect}) => effect === 'explicit-deny');
	return (
		denial && statementsOf(trust).find(({Sid}, index) => (Sid ?? String(index + 1)) === denial.statement)
	);
}
