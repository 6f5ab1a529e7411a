import {createInterface} from 'node:readline';
import {signInTexts} from '../../domain/sign-in.js';
import type {MfaQuestion} from '../../session/state/mfa-questions.js';
import type {Session} from '../../session/session.js';
import {writeLines, writeQuestion} from '../host/door.js';
import type {Host} from '../host/host.js';

/** Says why, and asks a question that is answered with a line. `undefined`: nobody answers. */
export type AskLine = (head: string, question: string) => Promise<string | undefined>;

export type MfaLinesOptions = {
	/** Is a screen drawn at the moment? Then it asks. */
	readonly isDrawn?: () => boolean;
	/** How somebody is asked who answers lines already; on standard error by default. */
	readonly ask?: AskLine;
};

/**
 * Asks for codes with lines, as long as the session needs some: on standard error, so that what is read by a program stays
 * clean. Where nobody sits there, it says so instead. Gives the function that ends it.
 */
export function askMfaInLines(host: Host, session: Session, options: MfaLinesOptions): () => void {
	const {isDrawn, ask = canAsk(host) ? async (...texts) => askOnStderr(host, ...texts) : undefined} = options;
	let asked: MfaQuestion | undefined;
	return session.subscribe(() => {
		const {mfaQuestion} = session.getState();
		if (mfaQuestion === asked || isDrawn?.()) return;
		asked = mfaQuestion;
		if (!mfaQuestion || mfaQuestion.isChecking) return;
		if (ask) void answer(session, mfaQuestion, ask);
		else session.declineMfaCode(signInTexts(mfaQuestion).nobodyToAsk);
	});
}

/** Waits until no code is asked for: two questions at once would take each other's answer. */
export async function whenNoCodeIsAsked(session: Session): Promise<void> {
	const isFree = (): boolean => session.getState().mfaQuestion === undefined;
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

async function answer(session: Session, question: MfaQuestion, ask: AskLine): Promise<void> {
	const {line, question: asks, answerIn, fault} = signInTexts(question);
	let head = question.refusal ?? line;
	for (;;) {
		const text = await ask(head, asks);
		// It may have been taken back meanwhile.
		if (session.getState().mfaQuestion !== question) return;
		if (text === undefined || text.trim() === '') {
			session.declineMfaCode();
			return;
		}

		const code = answerIn(text);
		if (code !== undefined) {
			session.answerMfaCode(code);
			return;
		}

		head = fault;
	}
}

/** Asks where lines for people do not go: standard output may be read by a program. */
export async function askOnStderr(host: Host, head: string, question: string): Promise<string | undefined> {
	const lines = createInterface({input: host.stdin, terminal: false});
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
