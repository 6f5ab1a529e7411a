import {setMaxListeners} from 'node:events';
import {readFile} from 'node:fs/promises';
import {setImmediate as turn} from 'node:timers/promises';
import {StandardRetryStrategy} from '@smithy/core/retry';
import type {RetryStrategyV2, StandardRetryToken} from '@smithy/types';
import type {Connection} from '../../source/aws/ports.js';
import type {Mode} from '../../source/domain/answers/mode.js';
import type {Problem} from '../../source/domain/problem.js';
import {leftToUndo} from '../../source/domain/record/run-record.js';
import type {Clock} from '../../source/engine/clock.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import {jsonLine} from '../../source/headless/json-line.js';
import {textLines} from '../../source/headless/text-lines.js';
import {sessionSummary} from '../../source/headless/writer.js';
import type {Session} from '../../source/session/session.js';
import type {RequestEntry} from '../../source/sandbox/start-sandbox.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {impatientSender} from './impatient-sender.js';
import {documentsOf, everything} from './inhabited-world.js';
import {openSandboxAws, sandboxSession, tutorialAnswers} from './sandbox-session.js';

/** How a run or an undo ended, and everything that it has said. */
export type Tried = {
	readonly outcome: string;
	readonly problem: Problem | null;
	/** Events, lines for people, JSON lines and the summary. */
	readonly said: readonly string[];
	/** Whether a request may have been made that changes something, whatever came of it. */
	readonly hasWritten: boolean;
	readonly requests: readonly RequestEntry[];
	/** How many requests met a fault. */
	readonly faultCount: number;
};

export type TryOptions = {
	readonly records: RecordStore;
	/** How many test files a run sends; one by default. */
	readonly fileCount?: number;
	/** Stands between the run and its connections. */
	readonly wrap?: (connection: Connection) => Connection;
	/** What somebody else does while a person reads the plan. */
	readonly meanwhile?: () => Promise<void>;
};

/** A sandbox in which runs are tried one after the other: each is taken back, so that the next begins with the same. */
export type TriedWorld = {
	readonly one: OpenSandbox;
	readonly mode: Mode;
	/** What the program was given as credentials. */
	readonly secrets: readonly string[];
	/** Every document and version, as AWS gives it. */
	readonly everything: () => Promise<Record<string, unknown>>;
	/** The same without the files. */
	readonly documents: () => Promise<Record<string, unknown>>;
	readonly run: (options: TryOptions) => Promise<Tried>;
	readonly undo: (options: TryOptions) => Promise<Tried>;
	/** Takes back every run of the records, the latest first. */
	readonly undoAll: (records: RecordStore) => Promise<readonly Tried[]>;
	readonly close: () => Promise<void>;
};

/** A write of AWS's APIs. */
export const writes = /^(Create|Put|Delete|Complete|Upload)/;

const heldMs = 5000;

/** Nothing is waited for in real time: what waits goes on at once, and an answer that is held comes never. */
function sandboxClock(onHeld: () => void): Clock {
	return {
		now: () => Date.now(),
		async wait(delayMs, signal) {
			if (delayMs < heldMs) return turn();
			onHeld();
			if (signal) setMaxListeners(0, signal);
			return new Promise((_resolve, reject) => {
				signal?.addEventListener('abort', () => reject(signal.reason as Error));
			});
		},
	};
}

type LeapingClock = Clock & {pass: (ms: number) => void};

/** A clock that goes on by whatever is waited for. */
export function leapingClock(): LeapingClock {
	let passedMs = 0;
	return {
		now: () => Date.now() + passedMs,
		async wait(delayMs, signal) {
			signal?.throwIfAborted();
			passedMs += delayMs;
			await turn();
			signal?.throwIfAborted();
		},
		pass(ms) {
			passedMs += ms;
		},
	};
}

/** The SDK's own retries without their pauses; each run begins with its whole allowance, as a new process does. */
function retriesAtOnce(): RetryStrategyV2 & {begin: () => void} {
	const begun = () =>
		new StandardRetryStrategy({
			maxAttempts: 3,
			backoff: {setDelayBase: () => undefined, computeNextBackoffDelay: () => 0},
		});
	let current = begun();
	return {
		acquireInitialRetryToken: async (scope) => current.acquireInitialRetryToken(scope),
		refreshRetryTokenForRetry: async (token, info) =>
			current.refreshRetryTokenForRetry(token as StandardRetryToken, info),
		recordSuccess: (token) => current.recordSuccess(token as StandardRetryToken),
		begin() {
			current = begun();
		},
	};
}

export async function triedWorld(
	mode: Mode,
	prepare: (one: OpenSandbox, mode: Mode) => Promise<void>,
): Promise<TriedWorld> {
	const requests: RequestEntry[] = [];
	let heldCount = 0;
	const sender = impatientSender();
	const one = await openSandbox({
		clock: sandboxClock(() => {
			heldCount++;
			sender.hold();
		}),
		onRequest: (entry) => requests.push(entry),
	});
	await prepare(one, mode);
	const retryStrategy = retriesAtOnce();
	const environment = await openSandboxAws(one.sandbox, {retryStrategy, requestHandler: sender.handler});
	const credentials = await readFile(one.sandbox.credentialsFile, 'utf8');
	const answers = tutorialAnswers(mode);

	async function tried(
		{records, wrap}: TryOptions,
		body: (session: Session, clock: LeapingClock) => Promise<Problem | undefined>,
	): Promise<Tried> {
		const from = requests.length;
		const heldBefore = heldCount;
		const clock = leapingClock();
		retryStrategy.begin();
		const session = sandboxSession(one.sandbox, {answers, records, environment, wrap, clock});
		const said: string[] = [];
		session.onEvent((event) => {
			said.push(JSON.stringify(event), jsonLine(event) ?? '', ...textLines(event, {showsDocuments: true}));
		});
		await session.openEnvironment('aws');
		const outcome = session.finish(await body(session, clock));
		said.push(...sessionSummary(session, true));
		const {problem = null} = session.getState().run.finished ?? {};
		await session.close();
		const made = requests.slice(from);
		const faultCount = made.filter(({fault}) => fault !== undefined).length + heldCount - heldBefore;
		// An answer that is held is not in the log.
		const hasWritten = heldCount > heldBefore || made.some(({operation}) => writes.test(operation));
		return {outcome, problem, said, hasWritten, requests: made, faultCount};
	}

	async function pauseFor({meanwhile}: TryOptions, clock: LeapingClock): Promise<void> {
		if (!meanwhile) return;
		clock.pass(60_000);
		const madeBefore = requests.length;
		await meanwhile();
		// Those of somebody else are not the run's.
		await turn();
		requests.length = madeBefore;
	}

	const world: TriedWorld = {
		one,
		mode,
		secrets: [...credentials.matchAll(/= *(\S+)/g)].map(([, value = '']) => value),
		everything: async () => everything(one, mode),
		documents: async () => documentsOf(one, mode),
		run: async (options) =>
			tried(options, async (session, clock) => {
				const planned = await session.makePlan(answers);
				if (!planned.ok) return planned.problems[0];
				await pauseFor(options, clock);
				const isDone = await session.apply();
				const {fileCount = 1} = options;
				if (isDone && fileCount > 0) {
					const wanted = {staysOpen: false, followsOthers: false, fileCount, fileSizeBytes: 10};
					await session.watchPlanned(wanted);
				}

				return undefined;
			}),
		undo: async (options) =>
			tried(options, async (session, clock) => {
				const planned = await session.makeUndoPlan(undefined);
				if (!planned.ok) return planned.problem;
				await pauseFor(options, clock);
				if (planned.plan) await session.undo();
				return undefined;
			}),
		async undoAll(records) {
			const all: Tried[] = [];
			for (let left = await leftIn(records); left > 0; left = await leftIn(records)) {
				const one = await world.undo({records});
				all.push(one);
				if (one.outcome !== 'succeeded') break;
			}

			return all;
		},
		close: one.close,
	};
	return world;
}

async function leftIn(records: RecordStore): Promise<number> {
	const found = await records.list();
	return found.filter((record) => record.ok && leftToUndo(record.record) > 0).length;
}
