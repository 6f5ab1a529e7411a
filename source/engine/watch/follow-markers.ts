import {problemFrom} from '../../domain/problem.js';
import {markerDestinations} from '../../domain/rule/marker-destinations.js';
import type {FoundMarker} from './marker-sides.js';
import {createNotifier, rest} from './notifier.js';
import type {RunningWatch, WatchedEnd} from './running-watch.js';

const quickMs = 1000;
const slowMs = 5000;
/** Each costs a request a round. */
const maxARound = 20;

type MarkerFollower = {
	/** Tells of a marker, and looks for it where a rule replicates it to. */
	readonly found: (marker: FoundMarker) => void;
	/** Looks at the destinations until the signal fires. */
	readonly run: () => Promise<void>;
};

type Missing = FoundMarker & {lookedAt: number};

/**
 * Follows delete markers. They have no replication status (HEAD answers 405 for them), so that the rules say whether they are replicated,
 * and the destination whether they have arrived. Nothing waits for them: S3 promises no time for them, with RTC neither.
 * Source: S3 User Guide, "Replicating delete markers between buckets".
 */
export function createMarkerFollower(watch: RunningWatch, ends: readonly WatchedEnd[]): MarkerFollower {
	const {options, clock, emit, signal} = watch;
	const rules = options.others?.rules ?? [];
	const added = createNotifier();
	const following = ends.map((end) => ({end, missing: new Set<Missing>(), seen: new Set<string>()}));
	return {
		found(marker) {
			const {key, versionId, writtenAt} = marker;
			const destinations = markerDestinations(rules, key);
			emit({type: 'delete-marker-found', key, versionId, destinations});
			for (const {end, missing} of following)
				if (destinations.includes(end.reference.bucket)) missing.add({...marker, lookedAt: writtenAt});
			added.notify();
		},
		async run() {
			await Promise.all(following.map(look));
		},
	};

	async function look({end, missing, seen}: (typeof following)[number]): Promise<void> {
		let pauseMs = quickMs;
		while (!signal.aborted) {
			await watch.whilePaused();
			if (missing.size === 0) {
				pauseMs = quickMs;
				await rest(clock, undefined, [added], signal);
				continue;
			}

			try {
				const before = missing.size;
				for (const marker of [...missing].slice(0, maxARound)) await lookFor(marker);
				pauseMs = missing.size < before ? quickMs : Math.min(slowMs, pauseMs * 1.2);
				await clock.wait(pauseMs, signal);
			} catch (error) {
				if (signal.aborted) throw error;
				const {code, kind} = problemFrom(error);
				if (kind === 'bug') throw error;
				// The look for replicas says that it may not be listed.
				if (code === 'not-allowed') return;
				end.gate.fail(error);
			}
		}

		async function lookFor(marker: Missing): Promise<void> {
			const {key, versionId, writtenAt, withinMs, lookedAt} = marker;
			const passed = await end.gate.pass(signal);
			const began = clock.now();
			const {markers} = await end.objects.listVersions(end.reference, {prefix: key}, signal);
			end.gate.succeed(passed);
			const at = clock.now();
			missing.delete(marker);
			// Whether it keeps its version id is documented nowhere: the newest of the key that no other was taken for is it, too.
			const found = markers.find(
				(one) =>
					one.key === key &&
					(one.versionId === versionId || (one.isLatest === true && !seen.has(`${key}\n${one.versionId}`))),
			);
			if (!found) {
				missing.add({...marker, lookedAt: began});
				return;
			}

			seen.add(`${key}\n${found.versionId}`);
			const delayMs = at - writtenAt;
			const uncertaintyMs = Math.min(delayMs, at - lookedAt + withinMs);
			emit({
				...({type: 'delete-marker-replicated', key, versionId, destination: end.reference.bucket} as const),
				...{delayMs, uncertaintyMs},
			});
		}
	}
}
