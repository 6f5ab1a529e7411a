import type {Answers} from '../../source/domain/answers/answers.js';
import type {RunEvent, Stamped} from '../../source/domain/event.js';
import {createSession, type Session} from '../../source/session/session.js';
import {newSessionState, type SessionState} from '../../source/session/state/session-state.js';
import {createWatchStore, type WatchStore} from '../../source/session/watch/watch-store.js';

/** Longer than a row of a small screen, as paths in a state directory are. */
export const reportPlace =
	'/home/somebody/.local/state/s3-replicate/reports/s3-replicate-20261122-101500-1a2b';

/** A wizard's session at its watch whose events come from the caller instead of an engine; nothing is asked of anybody. */
export type SimulatedWatch = {
	readonly session: Session;
	readonly store: WatchStore;
	/** What happens, at its own time. */
	readonly play: (...events: ReadonlyArray<Stamped<RunEvent>>) => void;
	readonly update: (change: Partial<SessionState>) => void;
	/** Names of the actions that were called, in their order. */
	readonly calls: readonly string[];
};

const answers: Answers = {
	environment: 'aws',
	mode: 'cross-region',
	sourceBucket: 'acme-logs-prod',
	destinationBucket: 'acme-logs-dr',
};

const never = async (): Promise<never> => {
	throw new Error('A simulated watch asks nobody.');
};

export function simulateWatch(filesWanted = 0): SimulatedWatch {
	const store = createWatchStore();
	const listeners = new Set<() => void>();
	const eventListeners = new Set<(event: Stamped<RunEvent>) => void>();
	const calls: string[] = [];
	let state: SessionState = {
		...newSessionState(answers, new Set(), 'abc123'),
		stepId: 'watch',
		phase: 'watching',
		environment: {state: 'ready', value: {kind: 'aws', endpointUrl: null}},
		filesWanted,
	};
	const update = (change: Partial<SessionState>): void => {
		state = {...state, ...change};
		for (const listener of listeners) listener();
	};
	const base = createSession({
		command: 'wizard',
		answers,
		services: {
			openEnvironment: never,
			findProfiles: never,
			clock: {now: () => 0, wait: never},
			newRunId: () => '20261122-101500-1a2b',
			newSuffix: () => 'abc123',
		},
	});
	const note = (name: string) => (): void => {
		calls.push(name);
	};
	const session: Session = {
		...base,
		watchView: store,
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		onEvent(listener) {
			eventListeners.add(listener);
			return () => eventListeners.delete(listener);
		},
		async watchPlanned() {
			calls.push('watchPlanned');
			return true;
		},
		uploadMore(count) {
			calls.push(`uploadMore ${count}`);
			update({filesWanted: state.filesWanted + count});
		},
		resend(ids) {
			calls.push(`resend ${ids.length}`);
		},
		pauseWatching: note('pauseWatching'),
		resumeWatching: note('resumeWatching'),
		async watchAgain() {
			calls.push('watchAgain');
			return true;
		},
		async writeReport() {
			calls.push('writeReport');
			return {ok: true, files: ['md', 'json', 'csv'].map((ending) => `${reportPlace}.${ending}`)};
		},
		async cleanUpWatched() {
			calls.push('cleanUpWatched');
			return true;
		},
		stopWatching: note('stopWatching'),
		back: note('back'),
	};
	return {
		session,
		store,
		calls,
		update,
		play(...events) {
			for (const event of events) {
				store.fold(event);
				for (const listener of eventListeners) listener(event);
			}
		},
	};
}
