import {createRunActions, type RunActions} from './run-actions.js';
import {createSessionCore, type SessionCore, type SessionOptions} from './session-core.js';
import {createWizardActions, type WizardActions} from './wizard-actions.js';

/** A run from its first question to its summary: the state, those who look at it, and everything that can be done. */
export type Session = Pick<SessionCore, 'getState' | 'subscribe' | 'onEvent' | 'runId'> &
	WizardActions &
	RunActions;

/** Starts a session. Nothing is asked of AWS before an action does. */
export function createSession(options: SessionOptions): Session {
	const core = createSessionCore(options);
	return {
		runId: core.runId,
		getState: core.getState,
		subscribe: core.subscribe,
		onEvent: core.onEvent,
		...createWizardActions(core),
		...createRunActions(core),
	};
}
