import {expect, test} from 'vitest';
import type {SignInRequest} from '../../source/domain/sign-in.js';
import {problemFrom} from '../../source/domain/problem.js';
import {createSignInQuestions} from '../../source/session/state/sign-in-questions.js';
import {until} from '../support/until.js';

const of = (profile: string): SignInRequest => ({
	kind: 'mfa-code',
	profile,
	serial: `arn:aws:iam::111122223333:mfa/${profile}`,
});

function questions() {
	const shown: string[] = [];
	let isStopped = false;
	const signIn = createSignInQuestions(
		(question) => {
			const {profile, refusal, isChecking} = question ?? {};
			shown.push([profile ?? 'none', refusal, isChecking && 'checking'].filter(Boolean).join(' '));
		},
		() => isStopped,
	);
	/** Asks for a profile's code, where one of even digits is of use; gives how that ended. */
	const ask = async (profile: string): Promise<string> => {
		let used = '';
		const asked = signIn.ask(of(profile), async (code) => {
			used = code;
			return Number(code) % 2 === 0 ? {} : {refusal: 'odd'};
		});
		return asked.then(
			() => used,
			(error: unknown) => problemFrom(error).code,
		);
	};
	return {
		...signIn,
		ask,
		shown,
		stop() {
			isStopped = true;
			signIn.withdraw();
		},
	};
}

test('one is asked at a time, again while the code is of no use, and the next when it was', async () => {
	const {ask, answerSignIn, shown} = questions();
	const codes = Promise.all([ask('prod'), ask('partner')]);
	answerSignIn('111111');
	answerSignIn('999999');
	await until(() => shown.at(-1) === 'prod odd');
	answerSignIn('222222');
	await until(() => shown.at(-1) === 'partner');
	answerSignIn('444444');
	expect(await codes).toEqual(['222222', '444444']);
	expect(shown).toEqual([
		...['prod', 'prod checking', 'prod odd', 'prod checking'],
		...['partner', 'partner checking', 'none'],
	]);
});

test('a question that is declined takes the others of its profile with it, and is not asked again before somebody begins something', async () => {
	const {ask, declineSignIn, answerSignIn, begin, shown} = questions();
	const ends = Promise.all([ask('prod'), ask('partner'), ask('prod')]);
	declineSignIn();
	answerSignIn('222222');
	expect(await ends).toEqual(['mfa-code-missing', '222222', 'mfa-code-missing']);
	expect(await ask('prod')).toBe('mfa-code-missing');
	expect(shown.at(-1)).toBe('none');
	begin();
	void ask('prod');
	expect(shown.at(-1)).toBe('prod');
});

test('where everything is stopped all questions are taken back, one whose code is being tried as well, and no more are asked', async () => {
	const {ask, stop, answerSignIn, shown} = questions();
	const ends = Promise.all([ask('prod'), ask('partner')]);
	answerSignIn('111111');
	stop();
	expect(await ends).toEqual(['cancelled', 'cancelled']);
	expect(await ask('prod')).toBe('cancelled');
	expect(shown.at(-1)).toBe('none');
});
