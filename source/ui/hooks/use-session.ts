import {createContext, useContext, useMemo, useSyncExternalStore} from 'react';
import type {Session} from '../../session/session.js';
import type {SessionState} from '../../session/session-state.js';

/** The session that all screens show and act on. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** Data is drawn at most ten times a second; what a key changes is drawn at once. */
const dataFrameMs = 100;

/** The session: what can be done. */
export const useSession = (): Session => {
	const session = useContext(SessionContext);
	if (!session) throw new Error('There is no session around this screen.');
	return session;
};

/** The session's state, drawn anew when it changes. */
export const useSessionState = (): SessionState => {
	const session = useSession();
	const store = useMemo(() => frameStore(session), [session]);
	return useSyncExternalStore(store.subscribe, session.getState);
};

/** Lets answers through at once, and gathers what a run brings in. */
const frameStore = (session: Session) => ({
	subscribe(listener: () => void): () => void {
		let timer: NodeJS.Timeout | undefined;
		const end = session.subscribe(() => {
			const {phase} = session.getState();
			if (phase !== 'applying' && phase !== 'watching') {
				clearTimeout(timer);
				timer = undefined;
				listener();
				return;
			}

			timer ??= setTimeout(() => {
				timer = undefined;
				listener();
			}, dataFrameMs);
		});
		return () => {
			clearTimeout(timer);
			end();
		};
	},
});
