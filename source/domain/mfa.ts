import {quoted} from './text/shell-word.js';
import {fixable, type Problem} from './problem.js';

/** A code that is asked for, so that the role of a profile can be assumed. */
export type MfaRequest = {
	readonly profile: string;
	/** The device: its ARN, or the number on it. */
	readonly serial: string;
};

/** Tries a code; `refusal` says why it was of no use, where another may be. Rejects where no code would help. */
export type TryMfaCode = (code: string) => Promise<{readonly refusal?: string}>;

/**
 * Asks somebody for the six digits that a device shows, until they are of use. One is asked at a time, whoever asks. Rejects with
 * the problem of nobody giving them.
 */
export type AskMfaCode = (request: MfaRequest, tryCode: TryMfaCode) => Promise<void>;

/** The code in what somebody typed, spaces left out; nothing where that is no code. Source: STS API Reference, AssumeRole, "TokenCode". */
export function mfaCodeIn(text: string): string | undefined {
	const digits = text.replace(/\s/g, '');
	return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** What is wrong with what was typed in place of a code. It is not repeated: it may be a secret with a slip in it. */
export const mfaCodeFault = 'A code is six digits.';

/** Somebody was asked and gave none. */
export function mfaCodeMissing({profile, serial}: MfaRequest): Problem {
	return fixable(
		'mfa-code-missing',
		`Cannot use the profile ${profile}: the code of its MFA device was not given`,
		`Its role is assumed with a code of ${serial}.`,
		['Try again, and type the six digits that the device shows.', 'Choose another profile.'],
	);
}

/** There is nobody who could be asked. */
export function mfaNobodyToAsk({profile, serial}: MfaRequest): Problem {
	return fixable(
		'mfa-nobody-to-ask',
		`Cannot use the profile ${profile}: it needs a code of its MFA device, and nobody can be asked`,
		`Its role is assumed with a code of ${serial}. Standard input and standard error are not both a terminal.`,
		[
			'Run this in a terminal: the code is asked for there.',
			`Or open a session first (the AWS CLI asks for the code): eval "$(aws configure export-credentials --profile ${quoted(profile)} --format env)"; then run this without AWS_PROFILE and without the option that names ${profile}.`,
		],
	);
}
