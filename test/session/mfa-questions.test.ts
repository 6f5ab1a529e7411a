import {expect, test} from 'vitest';
import {mfaCodeMissing, type MfaRequest} from '../../source/domain/mfa.js';
import {type ProblemError} from '../../source/domain/problem.js';
import {createMfaQuestions} from '../../source/session/mfa-questions.js';

const of = (profile: string): MfaRequest => ({profile, serial: `arn:aws:iam::111122223333:mfa/${profile}`});

function questions() {
	const shown: Array<string | undefined> = [];
	let isStopped = false;
	const mfa = createMfaQuestions(
		(question) => shown.push(question?.profile),
		() => isStopped,
	);
	return {
		...mfa,
		shown,
		stop() {
			isStopped = true;
			mfa.withdraw();
		},
	};
}

const codeOf = async (call: Promise<unknown>): Promise<unknown> =>
	call.then(
		(code) => code,
		(error: unknown) => (error as ProblemError).problem.code,
	);

test('questions are shown one after the other, and each gets its own code', async () => {
	const {ask, answerMfaCode, shown} = questions();
	const codes = Promise.all([ask(of('prod')), ask(of('partner'))]);
	answerMfaCode('111111');
	answerMfaCode('222222');
	expect(await codes).toEqual(['111111', '222222']);
	expect(shown).toEqual(['prod', 'prod', 'partner', undefined]);
});

test('a question that is declined takes the others of its profile with it, and is not asked again before somebody begins something', async () => {
	const {ask, declineMfaCode, answerMfaCode, begin, shown} = questions();
	const ends = Promise.all([ask(of('prod')), ask(of('partner')), ask(of('prod'))].map(codeOf));
	declineMfaCode();
	answerMfaCode('222222');
	expect(await ends).toEqual(['mfa-code-missing', '222222', 'mfa-code-missing']);
	expect(await codeOf(ask(of('prod')))).toBe(mfaCodeMissing(of('prod')).code);
	expect(shown.at(-1)).toBe(undefined);
	begin();
	void ask(of('prod'));
	expect(shown.at(-1)).toBe('prod');
});

test('where everything is stopped all questions are taken back, and no more are asked', async () => {
	const {ask, stop, shown} = questions();
	const ends = Promise.all([ask(of('prod')), ask(of('partner'))].map(codeOf));
	stop();
	expect(await ends).toEqual(['cancelled', 'cancelled']);
	expect(await codeOf(ask(of('prod')))).toBe('cancelled');
	expect(shown.at(-1)).toBe(undefined);
});
