import {quoted} from './text/shell-word.js';
import {commandText} from './sign-in-advice.js';
import {fixable, type Problem} from './problem.js';

/** What each kind of sign-in is asked with. A new kind is a line here and its entry in `kinds`. */
type Given = {
	/** A code, so that the role of a profile can be assumed; the device is its ARN, or the number on it. */
	'mfa-code': {readonly profile: string; readonly serial: string};
	/** A yes, so that a command that signs in is run. */
	'sign-in-command': {readonly profile: string; readonly command: readonly string[]};
};

/** Something only a person can give, so that a profile can be used. */
export type SignInRequest<Kind extends keyof Given = keyof Given> = {
	[K in Kind]: {readonly kind: K} & Given[K];
}[Kind];

/** Tries an answer; `refusal` says why it was of no use, where another may be. Rejects where no answer would help. */
export type TrySignIn = (answer: string) => Promise<{readonly refusal?: string}>;

/**
 * Asks somebody for what is needed, until it is of use. One is asked at a time, whoever asks. Rejects with the problem of nobody
 * giving it.
 */
export type AskPerson = (request: SignInRequest, tryAnswer: TrySignIn) => Promise<void>;

/** All that a screen and a line need to ask, and what is wrong where nobody answers. */
type SignInTexts = {
	/** What is needed, to go on after "Needs". */
	readonly need: string;
	/** The same as a sentence; without a full stop. */
	readonly headline: string;
	/** The same for somebody who reads lines. */
	readonly line: string;
	readonly question: string;
	readonly facts: ReadonlyArray<{readonly label: string; readonly text: string}>;
	readonly label: string;
	readonly note: string;
	readonly checkingNote: string;
	readonly explanation: string;
	readonly give: string;
	readonly giveNone: string;
	readonly helpNotes: readonly string[];
	/** Leaves out of what is being typed what no answer holds. */
	readonly typed: (text: string) => string;
	/** The answer in what somebody typed; nothing where that is none. */
	readonly answerIn: (text: string) => string | undefined;
	/** What is wrong with what was typed. It is not repeated: it may be a secret with a slip in it. */
	readonly fault: string;
	/** Said to who typed nothing in a line, once: Enter may have been pressed for another question. */
	readonly nothingTyped: string;
	/** Somebody was asked and gave none. */
	readonly missing: Problem;
	/** A command that whoever asks runs after a yes, in front of the person; what became of it is the answer. */
	readonly runs?: readonly string[];
	/** There is nobody who could be asked. */
	readonly nobodyToAsk: Problem;
};

const codeLength = 6;

/** One kind: its codes are promised to programs, so each is told. */
type SignInKind<K extends keyof Given> = {
	/** The codes of `missing` and `nobodyToAsk`. */
	readonly missingCode: string;
	readonly nobodyToAskCode: string;
	/** What a profile needs, in the few words that a column has room for. */
	readonly shortNeed: string;
	readonly texts: (request: SignInRequest<K>) => SignInTexts;
};

const kinds: {readonly [K in keyof Given]: SignInKind<K>} = {
	'mfa-code': {
		missingCode: 'mfa-code-missing',
		nobodyToAskCode: 'mfa-nobody-to-ask',
		shortNeed: 'needs MFA',
		texts: mfaCodeTexts,
	},
	'sign-in-command': {
		missingCode: 'sign-in-declined',
		nobodyToAskCode: 'sign-in-nobody-to-ask',
		shortNeed: 'needs sign-in',
		texts: commandTexts,
	},
};
const all = Object.values<Omit<SignInKind<never>, 'texts'>>(kinds);

function mfaCodeTexts({profile, serial}: SignInRequest<'mfa-code'>): SignInTexts {
	return {
		need: `a code of ${serial}`,
		headline: `Profile ${profile} needs a code of its MFA device`,
		line: `Profile ${profile} needs a code of its MFA device ${serial}.`,
		question: 'Code, six digits (empty: none)',
		facts: [{label: 'Device', text: serial}],
		label: 'Code',
		note: 'The six digits that the device shows now.',
		checkingNote: 'Trying the code',
		explanation:
			'The code opens a session, and what waits for it goes on. Esc gives none: what needs this profile fails then, and can be tried again.',
		give: 'give the code',
		giveNone: 'no code',
		helpNotes: [
			'The role of this profile is assumed with a code of an MFA device. Its session is used until it ends; then the next code is asked for.',
			'A code is good once: two profiles take two codes, of one device one after the other. None is written anywhere.',
		],
		typed: (text) => text.replace(/\D/g, '').slice(0, codeLength),
		answerIn: mfaCodeIn,
		fault: 'A code is six digits.',
		nothingTyped: 'No code was typed. Type it, or press Enter once more to go on without it.',
		missing: fixable(
			kinds['mfa-code'].missingCode,
			`Cannot use profile ${profile}: no MFA code was given`,
			`Its role is assumed with a code of ${serial}.`,
			['Try again, and type the six digits that the device shows.', 'Choose another profile.'],
		),
		nobodyToAsk: fixable(
			kinds['mfa-code'].nobodyToAskCode,
			`Cannot use profile ${profile}: it needs an MFA code`,
			`Its role is assumed with a code of ${serial}. Standard input and standard error are not both a terminal.`,
			[
				'Run this in a terminal: the code is asked for there.',
				`Or open a session first (the AWS CLI asks for the code): eval "$(aws configure export-credentials --profile ${quoted(profile)} --format env)"; then run this without AWS_PROFILE and without the option that names ${profile}.`,
			],
		),
	};
}

/** The answer of a command that ended well; any other says what became of it. */
export const ranWell = 'done';

function commandTexts({profile, command}: SignInRequest<'sign-in-command'>): SignInTexts {
	const line = commandText(command);
	const steps = [`Sign in: ${line}`, 'Choose another profile.'];
	const headline = `Cannot use profile ${profile}: nobody signed in`;
	return {
		need: 'a sign-in',
		headline: `Profile ${profile} needs a sign-in`,
		line: `Profile ${profile} needs a sign-in: ${line}`,
		question: 'Run it now? (yes or no)',
		facts: [{label: 'Command', text: line}],
		label: 'Run it',
		note: 'Type yes. It runs here, and this screen comes back after it.',
		checkingNote: 'Signing in',
		explanation:
			'It runs only after a yes. Esc runs nothing: sign in elsewhere, then try again; tokens are read anew.',
		give: 'run it',
		giveNone: 'not now',
		helpNotes: [
			'The command is run as it stands here, in this terminal. What waits for it goes on once it has ended well.',
		],
		typed: (text) => text.slice(0, 3),
		answerIn: (text) => (/^y(?:es)?$/i.test(text.trim()) ? ranWell : undefined),
		fault: 'Type yes, or run nothing with Esc.',
		nothingTyped: 'Nothing was typed. Type yes, or press Enter once more to go on without it.',
		runs: command,
		missing: fixable(kinds['sign-in-command'].missingCode, headline, `It signs in with: ${line}`, steps),
		nobodyToAsk: fixable(
			kinds['sign-in-command'].nobodyToAskCode,
			headline,
			'Standard input and standard error are not both a terminal.',
			steps,
		),
	};
}

/** How a person is asked for what a request needs. */
export function signInTexts<Kind extends keyof Given>(request: SignInRequest<Kind>): SignInTexts {
	return kinds[request.kind].texts(request);
}

/** In the few words that a column has room for: what a profile needs before it can be used. */
export function shortNeedOf({kind}: SignInRequest): string {
	return kinds[kind].shortNeed;
}

/** The same, where somebody was asked and gave nothing; nothing where the problem is another. */
export function shortNeedAfter(problem: Problem): string | undefined {
	return all.find(({missingCode}) => missingCode === problem.code)?.shortNeed;
}

/** Was something asked for that nobody gave? To go on would be to ask again and again. */
export function isUnanswered({code}: Problem): boolean {
	return all.some(({missingCode, nobodyToAskCode}) => code === missingCode || code === nobodyToAskCode);
}

/** The code in what somebody typed, spaces left out; nothing where that is no code. Source: STS API Reference, AssumeRole, "TokenCode". */
export function mfaCodeIn(text: string): string | undefined {
	const digits = text.replace(/\s/g, '');
	return /^\d{6}$/.test(digits) ? digits : undefined;
}
