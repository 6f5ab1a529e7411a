import {type AskPerson, type SignInRequest, signInTexts, type TrySignIn} from '../../domain/sign-in.js';
import {type Problem, ProblemError} from '../../domain/problem.js';

/** What a person is asked for now. */
export type SignInQuestion = SignInRequest & {
	/** Why the answer given last was of no use. */
	readonly refusal?: string;
	/** An answer was given, and whether it is of use is not known yet. */
	readonly isChecking: boolean;
};

/** What can be done about what is asked for: `signInQuestion` of the state. */
export type SignInActions = {
	/** Gives the answer. What waited for it goes on; where it is of no use the question stays and says why. */
	readonly answerSignIn: (answer: string) => void;
	/** Nobody gives it: what waited for it fails, by default with the problem that says so. */
	readonly declineSignIn: (problem?: Problem) => void;
};

/** Questions to a person, asked one after the other whoever has them. */
export type SignInQuestions = SignInActions & {
	readonly ask: AskPerson;
	/** Looks at a profile without offering anybody to sign in for it. */
	readonly quietly: <T>(profile: string, look: () => Promise<T>) => Promise<T>;
	/** Somebody begins something: what was declined before may be asked again. */
	readonly begin: () => void;
	/** Takes all questions back; what waited for them is cancelled. */
	readonly withdraw: () => void;
};

type Waiting = {
	readonly request: SignInRequest;
	readonly tryAnswer: TrySignIn;
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
};

/**
 * @param show puts the question to be answered now where screens and lines find it
 * @param isStopped whether everything has been stopped: nothing is asked any more then
 */
export function createSignInQuestions(
	show: (question: SignInQuestion | undefined) => void,
	isStopped: () => boolean,
): SignInQuestions {
	let waiting: readonly Waiting[] = [];
	let checked: Waiting | undefined;
	// By profile. Many requests need the one answer: they would ask one after the other.
	const declined = new Map<string, Problem>();
	const quiet = new Set<string>();

	/** The next one's turn comes when the first has left. */
	const leave = (gone: readonly Waiting[]): void => {
		const first = waiting[0];
		waiting = waiting.filter((one) => !gone.includes(one));
		if (waiting[0] !== first) show(waiting[0] && {...waiting[0].request, isChecking: false});
	};
	const fail = (gone: readonly Waiting[], error: Error): void => {
		leave(gone);
		for (const {reject} of gone) reject(error);
	};
	const check = async (first: Waiting, answer: string): Promise<void> => {
		try {
			const {refusal} = await first.tryAnswer(answer);
			// It was taken back meanwhile.
			if (waiting[0] !== first) return;
			if (refusal !== undefined) {
				show({...first.request, refusal, isChecking: false});
				return;
			}

			leave([first]);
			first.resolve();
		} catch (error) {
			leave([first]);
			first.reject(error);
		} finally {
			if (checked === first) checked = undefined;
		}
	};

	return {
		async ask(request, tryAnswer) {
			if (isStopped()) throw takenBack();
			if (request.kind === 'sign-in-command' && quiet.has(request.profile))
				throw new ProblemError(signInTexts(request).missing);
			const problem = declined.get(request.profile);
			if (problem) throw new ProblemError(problem);
			return new Promise((resolve, reject) => {
				waiting = [...waiting, {request, tryAnswer, resolve, reject}];
				if (waiting.length === 1) show({...request, isChecking: false});
			});
		},
		answerSignIn(answer) {
			const first = waiting[0];
			if (!first || checked === first) return;
			checked = first;
			show({...first.request, isChecking: true});
			void check(first, answer);
		},
		declineSignIn(problem) {
			const request = waiting[0]?.request;
			if (!request) return;
			const why = problem ?? signInTexts(request).missing;
			declined.set(request.profile, why);
			const {profile} = request;
			fail(
				waiting.filter((one) => one.request.profile === profile),
				new ProblemError(why),
			);
		},
		async quietly(profile, look) {
			quiet.add(profile);
			try {
				return await look();
			} finally {
				quiet.delete(profile);
			}
		},
		begin: () => declined.clear(),
		withdraw: () => fail(waiting, takenBack()),
	};
}

/** An abort as any other, so that whoever waited takes it for the stop that it is. */
function takenBack(): Error {
	return new DOMException('The answer is not waited for any more.', 'AbortError');
}
