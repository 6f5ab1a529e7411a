import {quoted} from './text/shell-word.js';

/** How a profile comes to credentials again, by the kind of the profile. */
export type SignInAdvice = {
	/** The profile whose sign-in it is: the profile itself, or the one behind its role. */
	readonly profile: string;
	/** What to do, as a sentence that ends without a command, or with one. */
	readonly step: string;
	/** The command that signs in, where one does: it may be run for somebody who says yes. */
	readonly command?: readonly string[];
};

/** A command as somebody types it. */
export function commandText(command: readonly string[]): string {
	return command.map(quoted).join(' ');
}

/** Advice that ends with a command. */
export function adviceWith(profile: string, step: string, command: readonly string[]): SignInAdvice {
	return {profile, step: `${step}: ${commandText(command)}`, command};
}

/** What to do where no profile is named. */
export const nameOne =
	'Name a profile with --source-profile NAME or AWS_PROFILE, or make one, for example with: aws configure sso';
