import type {AwsCredentialIdentity} from '@smithy/types';
import {ProblemError} from '../../domain/problem.js';
import {type AskPerson, isUnanswered, ranWell} from '../../domain/sign-in.js';

/**
 * Asks somebody whether a command may sign in for a profile, and gets its credentials anew when it has: the files of tokens are
 * read then. Throws `error`, why there are none, where nobody says yes.
 */
export async function offerSignIn(
	{profile, command}: {readonly profile: string; readonly command: readonly string[]},
	ask: AskPerson,
	again: () => Promise<AwsCredentialIdentity>,
	error: Error,
): Promise<AwsCredentialIdentity> {
	let given: AwsCredentialIdentity | undefined;
	try {
		await ask({kind: 'sign-in-command', profile, command}, async (answer) => {
			if (answer !== ranWell) return {refusal: answer};
			try {
				given = await again();
				return {};
			} catch (failure) {
				return {refusal: `It ran, and there are no credentials: ${(failure as Error).message}`};
			}
		});
	} catch (failure) {
		throw failure instanceof ProblemError && isUnanswered(failure.problem) ? error : failure;
	}

	if (!given) throw error;
	return given;
}
