import {durationText} from '../../domain/text/duration-text.js';
import type {RunEvent, Stamped} from '../../domain/event.js';
import {keptFilesText} from '../../domain/observed/kept-files.js';
import type {ReplicationMetrics} from '../../domain/replication-metrics.js';
import {
	othersUnreadableText,
	reasonsDifferText,
	statusLostText,
	wayBackRefusedText,
} from '../../domain/watch/remark-texts.js';
import type {WatchTrouble} from './watch-view.js';

/** Looks that are further apart make delays so uncertain that it has to be said. */
const tellingMs = 5000;

type Started = Extract<RunEvent, {readonly type: 'watch-started'}>;

/** What is said of a watch as a whole: what cannot be seen in it, what it waits for, and the trouble it has. */
type WatchRemarks = {
	/** Why the rest of the files wait for the first. */
	readonly probe: {readonly reason: string; readonly until: number} | undefined;
	readonly troubles: readonly WatchTrouble[];
	readonly notes: readonly string[];
	/** The newest figures of CloudWatch, a rule each. */
	readonly metrics: readonly ReplicationMetrics[];
	/** When it was paused; milliseconds since 1970. */
	readonly pausedAt: number | undefined;
	/** Another watch begins: only what it says itself is said. */
	readonly begin: (event: Started) => void;
	/** A file has arrived: none is waited for any more. */
	readonly arrived: () => void;
	/** Takes in an event; says whether it has changed anything. */
	readonly fold: (event: Stamped<RunEvent>) => boolean;
};

export function createWatchRemarks(): WatchRemarks {
	let probe: WatchRemarks['probe'];
	let pausedAt: number | undefined;
	let notes: readonly string[] = [];
	const troubles = new Map<string, WatchTrouble>();
	/** By rule: the newest alone is said. */
	const metrics = new Map<string, ReplicationMetrics>();

	function note(...more: readonly string[]): true {
		notes = [...notes, ...more];
		return true;
	}

	return {
		get probe() {
			return probe;
		},
		get troubles() {
			return [...troubles.values()];
		},
		get notes() {
			return notes;
		},
		get metrics() {
			return [...metrics.values()];
		},
		get pausedAt() {
			return pausedAt;
		},
		begin({destinations, blindProfiles = [], leftOut = [], keptFiles = [], remarks = []}) {
			probe = undefined;
			pausedAt = undefined;
			troubles.clear();
			metrics.clear();
			const unseen = destinations.filter(({region}) => region === undefined);
			notes = [
				...unseen.map(({bucket, isAbsent}) => (isAbsent ? notThere(bucket) : outOfSight(bucket))),
				...blindProfiles.map(seesNone),
				...leftOut.map(notReached),
				...keptFiles.map((kept) => `${keptFilesText(kept)}.`),
				...remarks,
			];
		},
		arrived() {
			probe = undefined;
		},
		fold(event) {
			const {at} = event;
			switch (event.type) {
				case 'probe-waited':
					probe = {reason: event.reason, until: at + event.limitMs};
					return true;
				case 'request-failed': {
					const {bucket, problem, delayMs} = event;
					troubles.set(bucket, {bucket, problem, nextTryAt: at + delayMs});
					return true;
				}

				case 'requests-recovered':
					return troubles.delete(event.bucket);
				case 'destination-lost':
					troubles.delete(event.bucket);
					return note(
						`${event.problem.headline}. From now on only the source's status is known of ${event.bucket}.`,
					);
				case 'status-lost':
					return note(statusLostText(event.problem));
				case 'reasons-differ':
					return note(reasonsDifferText(event));
				case 'replication-metrics-read':
					metrics.set(`${event.ruleId} ${event.destination}`, event);
					return true;
				case 'metrics-lost':
					return note(`${event.problem.headline}. The watch goes on without CloudWatch.`);
				case 'others-left-out':
					return note(
						`What others write to ${event.bucket} is not shown: it cannot be listed again and again.`,
					);
				case 'way-back-refused':
					return note(`${wayBackRefusedText(event.bucket)}.`);
				case 'others-unreadable':
					return note(othersUnreadableText(event.bucket));
				case 'others-looked-through': {
					const {bucket, everyMs} = event;
					if (everyMs < tellingMs) return false;
					return note(
						`What others write to ${bucket} is looked for every ${durationText(everyMs)}: so much was there before.`,
					);
				}

				case 'watch-paused':
					pausedAt = at;
					return true;
				case 'watch-resumed':
					pausedAt = undefined;
					return true;
				default:
					return false;
			}
		},
	};
}

/** Rules with other prefixes, or other values of the same tags. */
function notReached(bucket: string): string {
	return `The test files do not reach ${bucket}: the filter of its rule asks for other names or tags.`;
}

/** A name may be mistyped, or an account be another one. */
function seesNone(profile: string): string {
	return `The profile ${profile} sees none of the destinations.`;
}

/** Without a profile that sees a destination, the source's word is all there is. */
function outOfSight(bucket: string): string {
	return `Only the source's status is known of ${bucket}: no profile given sees its replicas.`;
}

function notThere(bucket: string): string {
	return `Bucket ${bucket} does not exist: nothing can arrive there.`;
}
