import type {RunEvent} from '../../domain/event.js';
import {createNotifier, type Notifier} from './notifier.js';
import type {Sample} from './watch-options.js';

/** A file that S3 has not begun with for so long: something may stand in its way. */
const overdueMs = 30_000;
/** One file tells what the others of its kind would; so many kinds are looked at, however many folders others write to. */
const maxSamples = 12;
/** So many are enough to notice that nothing happens. */
const maxFollowed = 100;

/** When the causes of failures are worth a look, and with which files: one of each kind, however many fail. */
type CauseTriggers = {
	/** Takes in what happened; `sentAt` says when a version was sent that is on its way. */
	readonly note: (event: RunEvent, now: number) => void;
	readonly isWanted: boolean;
	/** Whether nobody has looked since the first trigger. */
	readonly isFirst: boolean;
	/** The files to look with; what has failed from now on wants another look. */
	readonly take: () => readonly Sample[];
	readonly notifier: Notifier;
};

/** @param isSure whether something stands in the way for certain before anything is sent */
export function createCauseTriggers(destinations: readonly string[], isSure = false): CauseTriggers {
	const notifier = createNotifier();
	/** By kind: where and how it failed, and in which folder, since policies allow and deny by what keys begin with. */
	const samples = new Map<string, Sample>();
	/** When some of the files of this run were sent that have not arrived. */
	const sentAt = new Map<string, number>();
	let isWanted = isSure;
	let isFirst = true;

	function follow(versionId: string, now: number): void {
		if (sentAt.size < maxFollowed) sentAt.set(versionId, now);
	}

	function want(sample?: Sample): void {
		if (sample) {
			const kind = `${sample.destination ?? ''} ${sample.status ?? ''} ${folderOf(sample.key)}`;
			if (samples.size < maxSamples || samples.has(kind)) samples.set(kind, sample);
		}

		if (isWanted) return;
		isWanted = true;
		notifier.notify();
	}

	return {
		note(event, now) {
			switch (event.type) {
				case 'object-uploaded': {
					if (event.isOurs) follow(event.versionId, now);
					return;
				}

				case 'object-resent': {
					follow(event.versionId, now);
					return;
				}

				case 'object-failed': {
					const {key, versionId, destination} = event;
					if (versionId !== null) sentAt.delete(versionId);
					// What could not even be uploaded tells its reason itself.
					if (versionId !== null) want({key, versionId, destination, status: 'FAILED'});
					return;
				}

				case 'status-seen': {
					const {key, versionId, status} = event;
					const since = sentAt.get(versionId);
					// Others may write what no rule takes, and want it so.
					if (since === undefined || (status !== null && status !== 'PENDING')) return;
					if (status === null || now - since >= overdueMs) want({key, versionId, destination: null, status});
					return;
				}

				case 'object-replicated': {
					sentAt.delete(event.versionId);
					// Somebody has mended something: what stood in the way is looked at again.
					if (samples.size > 0) want();
					return;
				}

				case 'request-failed': {
					if (event.isFirst && destinations.includes(event.bucket)) want();
					return;
				}

				default: {
					return;
				}
			}
		},
		get isWanted() {
			return isWanted;
		},
		get isFirst() {
			return isFirst;
		},
		take() {
			isWanted = false;
			isFirst = false;
			return [...samples.values()];
		},
		notifier,
	};
}

function folderOf(key: string): string {
	return key.slice(0, key.lastIndexOf('/') + 1);
}
