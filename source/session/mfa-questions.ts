import {type AskMfaCode, mfaCodeMissing, type MfaRequest} from '../domain/mfa.js';
import {cancelled, type Problem, ProblemError} from '../domain/problem.js';

/** What can be done about the code that is asked for: `mfaQuestion` of the state. */
export type MfaActions = {
	/** Gives the code; what waited for it goes on. */
	answerMfaCode(code: string): void;
	/** Nobody gives it: what waited for it fails, by default with the problem that says so. */
	declineMfaCode(problem?: Problem): void;
};

/** Questions for codes, asked one after the other whoever has them. */
export type MfaQuestions = MfaActions & {
	readonly ask: AskMfaCode;
	/** Somebody begins something: what was declined before may be asked again. */
	begin(): void;
	/** Takes all questions back; what waited for them is cancelled. */
	withdraw(): void;
};

type Waiting = {
	readonly request: MfaRequest;
	readonly resolve: (code: string) => void;
	readonly reject: (error: ProblemError) => void;
};

/**
 * @param show puts the question to be answered now where screens and lines find it
 * @param isStopped whether everything has been stopped: nothing is asked any more then
 */
export function createMfaQuestions(
	show: (question: MfaRequest | undefined) => void,
	isStopped: () => boolean,
): MfaQuestions {
	let waiting: readonly Waiting[] = [];
	// By profile. Many requests need the one code: they would ask one after the other.
	const declined = new Map<string, Problem>();
	const rest = (others: readonly Waiting[]): void => {
		waiting = others;
		show(waiting[0]?.request);
	};
	const decline = (given: readonly Waiting[], problem: Problem): void => {
		rest(waiting.filter((one) => !given.includes(one)));
		for (const {reject} of given) reject(new ProblemError(problem));
	};

	return {
		async ask(request) {
			const problem = isStopped() ? cancelled : declined.get(request.profile);
			if (problem) throw new ProblemError(problem);
			return new Promise((resolve, reject) => {
				rest([...waiting, {request, resolve, reject}]);
			});
		},
		answerMfaCode(code) {
			const [first, ...others] = waiting;
			rest(others);
			first?.resolve(code);
		},
		declineMfaCode(problem) {
			const request = waiting[0]?.request;
			if (!request) return;
			const why = problem ?? mfaCodeMissing(request);
			declined.set(request.profile, why);
			decline(
				waiting.filter((one) => one.request.profile === request.profile),
				why,
			);
		},
		begin: () => declined.clear(),
		withdraw: () => decline(waiting, cancelled),
	};
}
