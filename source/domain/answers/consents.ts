import type {Problem} from '../problem.js';
import type {Answers} from './answers.js';

/** A change of what others made, which only a yes of its own leads to. */
export type Consent = {
	/** The code of the problem that it is the way out of. */
	readonly code: string;
	readonly name: 'disablesBlockedRules' | 'dropsDeletedPrincipals';
	/** What a yes does, and what takes it away. */
	readonly give: string;
	readonly withdraw: string;
};

const consents: readonly Consent[] = [
	{
		code: 'rule-blocked',
		name: 'disablesBlockedRules',
		give: 'plan with that rule disabled',
		withdraw: 'leave others’ rules',
	},
	{
		code: 'policy-names-deleted',
		name: 'dropsDeletedPrincipals',
		give: 'plan with that statement dropped',
		withdraw: 'leave others’ statements',
	},
];

/** What a person may say yes to where these problems stop the plan; one at a time. */
export function consentFor(problems: readonly Problem[]): Consent | undefined {
	return consents.find(({code}) => problems.some((problem) => problem.code === code));
}

/** What a person has said yes to, and may withdraw. */
export function consentGiven(answers: Answers): Consent | undefined {
	return consents.find(({name}) => answers[name] === true);
}
