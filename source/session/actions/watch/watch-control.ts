import type {Clock} from '../../../engine/clock.js';
import {createNotifier} from '../../../engine/watch/notifier.js';
import type {OwnFile, ResendRequest, WatchControl} from '../../../engine/watch/watch-options.js';

type WatchTarget = {
	/** How many files this watch shall upload in all, as of now. */
	readonly filesWanted: () => number;
	/** Whether the watch goes on when every file has come to its end. */
	readonly staysOpen: () => boolean;
	/** How many files a second; absent: as quickly as they go. */
	readonly ratePerSecond?: number;
	/** How long a watch that uploads nothing lasts. */
	readonly followMs?: number;
	readonly contentOf?: WatchControl['contentOf'];
	readonly clock: Clock;
};

/** A watch's control from the side of those who steer it. */
export type WatchController = WatchControl & {
	/** How many files are uploaded in all, those of a rate that are not due yet among them. */
	readonly allFilesWanted: () => number;
	/** What is asked for has changed. */
	readonly wake: () => void;
	/** Stops uploads and looks, and with them the time of a rate and of `followMs`; and lets them go on. */
	readonly setPaused: (isPaused: boolean) => void;
	readonly resend: (target: readonly ResendRequest[]) => void;
	readonly upload: (file: OwnFile) => void;
	/** How long a watch that uploads nothing still lasts; nothing where it has no such end. */
	readonly leftMs: () => number | undefined;
};

/** Files at a rate become due one after the other. */
export function createWatchControl(target: WatchTarget): WatchController {
	const {clock, ratePerSecond, followMs} = target;
	const notifier = createNotifier();
	const startedAt = clock.now();
	let pausedAt: number | undefined;
	let pausedMs = 0;
	let resends: readonly ResendRequest[] = [];
	let files: readonly OwnFile[] = [];

	/** How long the watch has gone on, pauses left out. */
	function elapsedMs(): number {
		return (pausedAt ?? clock.now()) - startedAt - pausedMs;
	}

	function due(): number {
		const wanted = target.filesWanted();
		if (ratePerSecond === undefined) return wanted;
		return Math.min(wanted, Math.floor((elapsedMs() / 1000) * ratePerSecond) + 1);
	}

	function isFollowing(): boolean {
		return followMs !== undefined && elapsedMs() < followMs;
	}

	return {
		filesWanted: due,
		allFilesWanted: target.filesWanted,
		staysOpen: () => target.staysOpen() || due() < target.filesWanted() || isFollowing(),
		isPaused: () => pausedAt !== undefined,
		takeResends() {
			const taken = resends;
			resends = [];
			return taken;
		},
		takeFiles() {
			const taken = files;
			files = [];
			return taken;
		},
		contentOf: target.contentOf ?? (() => undefined),
		leftMs: () => (followMs === undefined ? undefined : Math.max(0, followMs - elapsedMs())),
		nextChangeMs() {
			if (pausedAt !== undefined) return undefined;
			if (ratePerSecond !== undefined && due() < target.filesWanted()) {
				return Math.max(1, (due() / ratePerSecond) * 1000 - elapsedMs());
			}

			return isFollowing() && followMs !== undefined ? Math.max(1, followMs - elapsedMs()) : undefined;
		},
		notifier,
		wake: () => notifier.notify(),
		setPaused(isPaused) {
			if (isPaused) pausedAt ??= clock.now();
			else if (pausedAt !== undefined) {
				pausedMs += clock.now() - pausedAt;
				pausedAt = undefined;
			}

			notifier.notify();
		},
		upload(file) {
			files = [...files, file];
			notifier.notify();
		},
		resend(more) {
			resends = [...resends, ...more];
			notifier.notify();
		},
	};
}
