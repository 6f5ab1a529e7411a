import type {Answers} from '../../../source/domain/answers/answers.js';
import {createSession, type Session} from '../../../source/session/session.js';

/** A session that has asked nobody anything yet, and that can be asked to go nowhere. */
export function newSession(answers: Answers = {}): Session {
	const nowhere = async (): Promise<never> => Promise.reject(new Error('This test goes nowhere.'));
	return createSession({
		command: 'wizard',
		answers,
		services: {
			openEnvironment: nowhere,
			findProfiles: nowhere,
			clock: {now: () => 0, wait: nowhere},
			newRunId: () => 'run-1',
			newSuffix: () => 'x7k2',
		},
	});
}
