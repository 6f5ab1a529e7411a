import {createContext, useContext, useRef} from 'react';
import type {Session} from '../../session/session.js';
import type {SessionState} from '../../session/state/session-state.js';
import {useSampled} from './use-sampled.js';

/** The session that all screens show and act on. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The session: what can be done. */
export const useSession = (): Session => {
	const session = useContext(SessionContext);
	if (!session) throw new Error('There is no session around this screen.');
	return session;
};

/** The session's state, drawn anew in the frame after a change. */
export const useSessionState = (): SessionState => {
	const session = useSession();
	return useSampled(session.subscribe, session.getState);
};

const isShallowlyEqual = (left: object, right: object): boolean => {
	const values: Readonly<Record<string, unknown>> = {...right};
	const entries = Object.entries(left);
	return (
		entries.length === Object.keys(values).length &&
		entries.every(([name, value]) => Object.is(value, values[name]))
	);
};

/**
 * A few values of the session's state; drawn anew only when one of them is another, whatever else happens.
 *
 * @param select gives an object with the values
 */
export const useSessionValues = <T extends object>(select: (state: SessionState) => T): T => {
	const session = useSession();
	const last = useRef<T>(undefined);
	return useSampled(session.subscribe, () => {
		const values = select(session.getState());
		last.current = last.current && isShallowlyEqual(last.current, values) ? last.current : values;
		return last.current;
	});
};
