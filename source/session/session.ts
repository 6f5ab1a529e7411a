import type {SignInActions} from './state/sign-in-questions.js';
import {createRunActions, type RunActions} from './actions/run-actions.js';
import {createSessionCore, type SessionCore, type SessionOptions} from './actions/core/session-core.js';
import type {WatchView} from './watch/watch-view.js';
import {createKeyActions, type KeyActions} from './actions/wizard/key-actions.js';
import {createWizardActions, type WizardActions} from './actions/wizard/wizard-actions.js';

/** A run from its first question to its summary: the state, those who look at it, and everything that can be done. */
export type Session = Pick<SessionCore, 'getState' | 'subscribe' | 'onEvent' | 'runId'> &
	WizardActions &
	KeyActions &
	SignInActions &
	RunActions & {
		/** The watch, to be looked at; it changes in place and says so. */
		readonly watchView: WatchView;
	};

/** Starts a session. Nothing is asked of AWS before an action does. */
export function createSession(options: SessionOptions): Session {
	const core = createSessionCore(options);
	return {
		runId: core.runId,
		getState: core.getState,
		subscribe: core.subscribe,
		onEvent: core.onEvent,
		watchView: core.watch,
		answerSignIn: core.signIn.answerSignIn,
		declineSignIn: core.signIn.declineSignIn,
		...createWizardActions(core),
		...createKeyActions(core),
		...createRunActions(core),
	};
}
