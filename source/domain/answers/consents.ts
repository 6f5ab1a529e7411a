import type {Problem, ProblemDocument} from '../problem.js';
import type {Answers} from './answers.js';

export type ConsentName = 'disablesBlockedRules' | 'dropsDeletedPrincipals';

/** A change of what others made, which only a yes of its own leads to. */
export type Consent = {
	/** The answer, as the document of a problem names it. */
	readonly name: ConsentName;
	/** What is asked, below what would change. */
	readonly question: string;
	/** What leads to the question, and what takes a yes away. */
	readonly look: string;
	readonly withdraw: string;
};

/** A consent that is the way out of a problem, and what a yes would change. */
export type WantedConsent = Consent & {readonly documents: readonly ProblemDocument[]};

const consents: readonly Consent[] = [
	{
		name: 'disablesBlockedRules',
		question: 'Disable others’ rules as shown',
		look: 'look at disabling that rule',
		withdraw: 'leave others’ rules',
	},
	{
		name: 'dropsDeletedPrincipals',
		question: 'Drop others’ statements as shown',
		look: 'look at dropping that statement',
		withdraw: 'leave others’ statements',
	},
];

/** What a person may say yes to where these problems stop the plan, with what that changes, both ways; one at a time. */
export function consentFor(problems: readonly Problem[]): WantedConsent | undefined {
	const offered = problems.flatMap(({documents = []}) => documents);
	return consents
		.map((consent) => ({...consent, documents: offered.filter((one) => one.consent === consent.name)}))
		.find(({documents}) => documents.length > 0);
}

/** What a person has said yes to, and may withdraw. */
export function consentGiven(answers: Answers): Consent | undefined {
	return consents.find(({name}) => answers[name] === true);
}

/** The answers among these that are consents. */
export function consentsOf(answers: Answers): Pick<Answers, ConsentName> {
	return Object.fromEntries(consents.map(({name}) => [name, answers[name]]));
}

/** The consents that a change of answers gives. */
export function consentsIn(before: Answers, change: Partial<Answers>): readonly ConsentName[] {
	return consents.map(({name}) => name).filter((name) => change[name] === true && before[name] !== true);
}
