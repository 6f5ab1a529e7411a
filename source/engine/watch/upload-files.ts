import {problemFrom} from '../../domain/problem.js';
import {testFileBody, testFileKey, testFileMark} from '../../domain/watch/test-file.js';
import {createNotifier, rest} from './notifier.js';
import {failureKind} from './request-gate.js';
import {waits} from '../waits.js';
import type {ResendQueue} from './resend-queue.js';
import type {RunningWatch} from './running-watch.js';
import type {ResendRequest} from './watch-options.js';

const parallelUploads = 16;
/** How often one file is tried while the service answers others. */
const maxTries = 8;
/** So many refusals in a row, and the rest would be refused as well. */
const maxRefusals = 25;

/** How far the uploads are. */
export type Uploads = {
	/** Whether nothing is being sent, and nothing is left to send as things are. */
	readonly isIdle: boolean;
	/** Whether as many files are being sent as may be at once. */
	readonly isFlatOut: boolean;
	/** Sends files until the signal fires. */
	readonly run: () => Promise<void>;
};

type Item = ResendRequest & {readonly resends: number};

/**
 * Uploads as many test files as are wanted, and more whenever more are; sends files again that were asked for, or are due.
 * After a new role or policy one goes first: S3 never tries a file again that came before the permissions had spread.
 * A file that cannot be uploaded is told as failed, and the rest goes on.
 */
export function createUploads(watch: RunningWatch, resends: ResendQueue): Uploads {
	const {options, tracker, source, clock, emit, signal} = watch;
	const {control, testFiles} = options;
	const body = testFileBody(testFiles.folder, testFiles.sizeBytes);
	const again: Item[] = [];
	let ready: Promise<void> | undefined;
	/** Notifies when a file has been sent, or will not be. */
	const freed = createNotifier();
	let sent = 0;
	let sending = 0;
	let refusals = 0;
	let refusedAt = 0;
	let probeUntil: number | undefined;
	let hasWritten = false;
	/** Nothing may be written here, and nothing has to be. */
	let isRefused = false;

	/** After too many refusals nothing new is tried until a person wants more. */
	const isGivenUp = (): boolean =>
		isRefused || (refusals >= maxRefusals && control.filesWanted() <= refusedAt);
	/** Whether the first file is still being tried, where nobody may be allowed to write. */
	const isTrying = (): boolean => options.mayBeRefused === true && !hasWritten && !isRefused;

	function nextItem(): Item | undefined {
		for (const request of control.takeResends()) {
			refusals = 0;
			resends.drop(request.key);
			again.push({...request, resends: 0});
		}

		for (const file of control.takeFiles()) {
			refusals = 0;
			again.push({...file, resends: 0});
		}

		again.push(...resends.takeDue(clock.now()));
		const resend = again.shift();
		if (resend) return resend;
		if (isProbing() || (isTrying() && sent > 0) || sent >= control.filesWanted() || isGivenUp())
			return undefined;
		sent++;
		const key = testFileKey(testFiles.folder, testFiles.sentBefore + sent, testFiles.way);
		return {key, sizeBytes: testFiles.sizeBytes, resends: 0};
	}

	/** Whether the first file is still waited for. */
	function isProbing(): boolean {
		if (probeUntil === undefined) return false;
		if (!tracker.hasArrival && clock.now() < probeUntil) return true;
		probeUntil = undefined;
		return false;
	}

	/** The first file is on its way: the rest waits for it, and that is said. */
	function tellProbe(): void {
		if (probeUntil !== Infinity) return;
		probeUntil = clock.now() + waits.probe.limitMs;
		emit({type: 'probe-waited', ...waits.probe});
	}

	async function send(item: Item): Promise<void> {
		ready ??= options.beforeFirstUpload();
		await ready;
		const {key, versionId: replaces} = item;
		const content = await contentOf(item);
		if (content === undefined) return;
		const sizeBytes = content.byteLength;
		const versionId = await put(key, content, replaces ?? null);
		if (versionId === undefined) return;
		tracker.track({
			key,
			versionId,
			sizeBytes,
			isOurs: true,
			uploadedAt: clock.now(),
			resends: replaces === undefined ? 0 : item.resends + 1,
		});
		if (replaces === undefined) emit({type: 'object-uploaded', key, versionId, sizeBytes, isOurs: true});
		else emit({type: 'object-resent', key, versionId, replaces, sizeBytes});
	}

	/** What a file holds, told that it is sent; of a person's own what is in it now, or nothing and why. */
	async function contentOf({key, sizeBytes, versionId: replaces}: Item): Promise<Uint8Array | undefined> {
		if (replaces === undefined) emit({type: 'upload-started', key, sizeBytes});
		const read = control.contentOf(key);
		if (!read) return sizeBytes === testFiles.sizeBytes ? body : testFileBody(testFiles.folder, sizeBytes);
		try {
			return await read();
		} catch (error) {
			const problem = problemFrom(error);
			if (problem.kind === 'bug') throw error;
			emit({type: 'object-failed', key, versionId: replaces ?? null, destination: null, problem});
			return undefined;
		}
	}

	/** Uploads, and waits out what passes; gives nothing where that is in vain, and tells why. */
	async function put(key: string, content: Uint8Array, replaces: string | null): Promise<string | undefined> {
		let refusedSince: number | undefined;
		for (let tries = 1; ; tries++) {
			await watch.whilePaused();
			const passed = await source.gate.pass(signal);
			try {
				options.uploadNotes?.beginning();
				const {versionId, attempts} = await source.objects.put(
					source.reference,
					{key, body: content, tags: testFiles.tags, metadata: testFileMark(key)},
					signal,
				);
				options.uploadNotes?.uploaded(key, versionId, attempts === 1);
				source.gate.succeed(passed);
				refusals = 0;
				hasWritten = true;
				return versionId;
			} catch (error) {
				const problem = problemFrom(error);
				if (signal.aborted || problem.kind === 'bug') throw error;
				const kind = failureKind(error);
				if (kind !== 'final') source.gate.fail(error);
				refusedSince ??= clock.now();
				if (kind === 'credentials' || (kind === 'passing' && isWorthAnother(tries, refusedSince))) continue;
				if (isTrying() && problem.code === 'not-allowed') {
					isRefused = true;
					emit({type: 'way-back-refused', bucket: source.reference.bucket, problem});
					return undefined;
				}

				if (++refusals >= maxRefusals) refusedAt = control.filesWanted();
				emit({type: 'object-failed', key, versionId: replaces, destination: null, problem});
				return undefined;
			}
		}
	}

	/** Whether a file is tried again that has been refused since a time, by a service that will answer some day: at most as long as arrivals are waited for. */
	function isWorthAnother(tries: number, refusedSince: number): boolean {
		const {failingSince = Infinity} = source.gate;
		if (clock.now() - failingSince >= Math.min(waits.outage.limitMs, options.timeoutMs ?? Infinity))
			return false;
		return tries < maxTries || failingSince <= refusedSince;
	}

	/** How long until something is due that is not now. */
	function untilNextMs(): number | undefined {
		const now = clock.now();
		const waits = [control.nextChangeMs(), resends.untilNextMs(now)];
		if (probeUntil !== undefined && probeUntil !== Infinity) waits.push(Math.max(1, probeUntil - now));
		const known = waits.filter((wait) => wait !== undefined);
		return known.length === 0 ? undefined : Math.min(...known);
	}

	return {
		get isIdle() {
			const isMoreWanted = sent < control.filesWanted() && !isGivenUp();
			return sending === 0 && again.length === 0 && resends.size === 0 && !isMoreWanted;
		},
		get isFlatOut() {
			return sending >= parallelUploads;
		},
		async run() {
			const failed = new AbortController();
			const over = AbortSignal.any([signal, failed.signal]);
			let problem: unknown;
			while (!over.aborted) {
				await watch.whilePaused();
				const item = sending < parallelUploads ? nextItem() : undefined;
				if (item) {
					sending++;
					const isProbe = options.isSetupNew && sent === 1 && probeUntil === undefined;
					// Until it has been sent nobody knows how long it is waited for.
					if (isProbe && control.filesWanted() > 1) probeUntil = Infinity;
					void send(item)
						.then(tellProbe)
						.catch((error: unknown) => {
							problem ??= error;
							failed.abort();
						})
						.finally(() => {
							sending--;
							freed.notify();
							if (sending === 0) tracker.notifier.notify();
						});
					continue;
				}

				const notifiers = [freed, control.notifier, resends.notifier];
				if (probeUntil !== undefined) notifiers.push(tracker.notifier);
				await rest(clock, untilNextMs(), notifiers, over);
			}

			if (failed.signal.aborted) throw problem;
		},
	};
}
