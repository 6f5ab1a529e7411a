import {signInTexts} from '../../domain/sign-in.js';
import type {SignInQuestion} from '../../session/state/sign-in-questions.js';
import type {Session} from '../../session/session.js';
import {writeLines, writeQuestion} from '../host/door.js';
import {typedLines} from '../host/typed-lines.js';
import type {Host} from '../host/host.js';

/** Says why, and asks a question that is answered with a line. `undefined`: nobody answers. */
export type AskLine = (head: string, question: string) => Promise<string | undefined>;

type SignInLinesOptions = {
	/** Is a screen drawn at the moment? Then it asks. */
	readonly isDrawn?: () => boolean;
	/** How somebody is asked who answers lines already; on standard error by default. */
	readonly ask?: AskLine;
};

/**
 * Asks for sign-ins with lines, as long as the session needs some: on standard error, so that what is read by a program stays
 * clean. Where nobody sits there, it says so instead. Gives the function that ends it.
 */
export function askSignInInLines(host: Host, session: Session, options: SignInLinesOptions): () => void {
	const {isDrawn, ask = canAsk(host) ? async (...texts) => askOnStderr(host, ...texts) : undefined} = options;
	let asked: SignInQuestion | undefined;
	return session.subscribe(() => {
		const {signInQuestion} = session.getState();
		if (signInQuestion === asked || isDrawn?.()) return;
		asked = signInQuestion;
		if (!signInQuestion || signInQuestion.isChecking) return;
		if (ask) void answer(session, signInQuestion, ask, host.runInForeground);
		else session.declineSignIn(signInTexts(signInQuestion).nobodyToAsk);
	});
}

/** Waits until nobody is asked to sign in: two questions at once would take each other's answer. */
export async function whenNoSignInIsAsked(session: Session): Promise<void> {
	const isFree = (): boolean => session.getState().signInQuestion === undefined;
	if (isFree()) return;
	await new Promise<void>((resolve) => {
		const end = session.subscribe(() => {
			if (!isFree()) return;
			end();
			resolve();
		});
	});
}

function canAsk({stdin, stderr}: Host): boolean {
	return Boolean(stdin.isTTY && stderr.isTTY);
}

async function answer(
	session: Session,
	question: SignInQuestion,
	ask: AskLine,
	runInForeground: Host['runInForeground'],
): Promise<void> {
	const {line, question: asks, answerIn, fault, nothingTyped, runs} = signInTexts(question);
	let head = question.refusal ?? line;
	for (;;) {
		const text = await ask(head, asks);
		// It may have been taken back meanwhile.
		if (session.getState().signInQuestion !== question) return;
		if (text?.trim() === '' && head !== nothingTyped) {
			head = nothingTyped;
			continue;
		}

		if (text === undefined || text.trim() === '' || (runs && /^no?$/i.test(text.trim()))) {
			session.declineSignIn();
			return;
		}

		const given = answerIn(text);
		if (given !== undefined) {
			session.answerSignIn(runs ? ((await runInForeground(runs)) ?? given) : given);
			return;
		}

		head = fault;
	}
}

/** Asks where lines for people do not go: standard output may be read by a program. */
export async function askOnStderr(host: Host, head: string, question: string): Promise<string | undefined> {
	const lines = typedLines(host);
	writeLines(host.stderr, [head]);
	writeQuestion(host.stderr, `${question}: `);
	let endInterrupts = (): void => undefined;
	try {
		const line = await new Promise<string | undefined>((resolve) => {
			lines.once('line', resolve);
			lines.once('close', () => resolve(undefined));
			endInterrupts = host.onInterrupt(() => resolve(undefined));
		});
		if (line === undefined) writeLines(host.stderr, ['']);
		return line;
	} finally {
		endInterrupts();
		lines.close();
	}
}
