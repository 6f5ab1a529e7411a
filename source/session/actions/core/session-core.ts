import type {Answers, EnvironmentKind} from '../../../domain/answers/answers.js';
import type {Command, RunEvent, Stamped} from '../../../domain/event.js';
import type {AskPerson} from '../../../domain/sign-in.js';
import type {Profile} from '../../../domain/profile.js';
import type {Clock} from '../../../engine/clock.js';
import type {Environment} from '../../../engine/run/environment.js';
import type {RecordStore} from '../../../engine/record/record-store.js';
import {createSignInQuestions, type SignInQuestions} from '../../state/sign-in-questions.js';
import {reduceSession} from '../../state/reduce-session.js';
import type {SessionEvent, StateEvent} from '../../state/session-event.js';
import {newSessionState, type SessionState} from '../../state/session-state.js';
import {steps, type StepId} from '../../state/steps.js';
import type {LocalFiles} from '../../watch/local-files.js';
import type {ExportStore, HandOverStore, ReceiptStore, ReportStore} from '../../report/stores.js';
import type {OpenSettledFile} from '../../watch/settled-archive.js';
import {createWatchStore, type WatchStore} from '../../watch/watch-store.js';

/** What a session takes from outside: where it runs, the time, and names that nobody else has. */
export type SessionServices = {
	readonly openEnvironment: (kind: EnvironmentKind, askPerson: AskPerson) => Promise<Environment>;
	/** The profiles that can be told at once, for what is preselected. Throws the problem of files that cannot be read. */
	readonly findProfiles: () => Promise<readonly Profile[]>;
	/** Where calls go on AWS, if not to AWS itself. */
	readonly awsEndpointUrl?: string;
	readonly clock: Clock;
	/** Where runs are recorded; absent: nowhere. */
	readonly records?: RecordStore;
	/** Where settled objects go that are too many for the memory; absent: nowhere. */
	readonly openSettledFile?: OpenSettledFile;
	/** Where reports go; absent: nowhere. */
	readonly reports?: ReportStore;
	/** Where exports go; absent: nowhere. */
	readonly exports?: ExportStore;
	/** Where receipts go; absent: nowhere. */
	readonly receipts?: ReceiptStore;
	/** Where open hand-overs are noted; absent: nowhere. */
	readonly handOvers?: HandOverStore;
	/** The files of this machine that can be uploaded; absent: none. */
	readonly localFiles?: LocalFiles;
	readonly newRunId: () => string;
	/** A few letters and digits, for bucket names. */
	readonly newSuffix: () => string;
};

export type SessionOptions = {
	readonly command: Command;
	/** What flags have answered already. */
	readonly answers: Answers;
	/** How long a watch without questions waits for its files. */
	readonly timeoutMs?: number;
	readonly services: SessionServices;
};

/** The state of a session, who looks at it, and what its actions share. */
export type SessionCore = {
	readonly options: SessionOptions;
	readonly runId: string;
	/** What the watch has become. */
	readonly watch: WatchStore;
	/** What is asked of a person, so that a profile can be used. */
	readonly signIn: SignInQuestions;
	readonly getState: () => SessionState;
	/** Folds what happens in the session, beside its run, into the state. */
	readonly dispatch: (event: SessionEvent) => void;
	readonly subscribe: (listener: () => void) => () => void;
	/** Stamps an event, folds it into the state, hands it to every listener. */
	readonly emit: (event: RunEvent) => void;
	readonly onEvent: (listener: (event: Stamped<RunEvent>) => void) => () => void;
	/** Where the session runs, once that is known. */
	environment?: Environment;
	/** Lets go of the run that is gone on with, so that others may. */
	letGo?: () => Promise<void>;
	/** Nothing may be started any more: what is still being opened is ended at once. */
	isClosed: boolean;
};

export function createSessionCore(options: SessionOptions): SessionCore {
	const {services, answers} = options;
	const answeredByFlags = new Set<StepId>(
		steps.filter(({id, isAnswered}) => id !== 'environment' && isAnswered(answers)).map(({id}) => id),
	);
	if (answers.environment !== undefined) answeredByFlags.add('environment');
	let state: SessionState = {
		...newSessionState(
			answers,
			answeredByFlags,
			services.newSuffix(),
			options.command === 'watch' ? 'watch' : 'set-up',
		),
		awsEndpointUrl: services.awsEndpointUrl,
	};
	const listeners = new Set<() => void>();
	const eventListeners = new Set<(event: Stamped<RunEvent>) => void>();

	/** A watch has thousands of events that change nothing here: those who look at the state are not told of them. */
	function fold(event: StateEvent): void {
		const before = state;
		state = reduceSession(state, event);
		if (state === before) return;
		for (const listener of listeners) listener();
	}

	const core: SessionCore = {
		options,
		runId: services.newRunId(),
		watch: createWatchStore({openSettledFile: services.openSettledFile}),
		signIn: createSignInQuestions(
			(question) => core.dispatch({type: 'sign-in-question-changed', question}),
			() => state.interrupts > 0 || core.isClosed,
		),
		isClosed: false,
		getState: () => state,
		dispatch: fold,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		emit(event) {
			const stamped = {...event, at: services.clock.now()};
			core.watch.fold(stamped);
			fold(stamped);
			for (const listener of eventListeners) listener(stamped);
		},
		onEvent(listener) {
			eventListeners.add(listener);
			return () => eventListeners.delete(listener);
		},
	};
	return core;
}
