import type {RunEvent, Stamped} from '../../domain/event.js';
import {type Entry, hasWholeTimeline, newEntry, note} from './entry.js';
import type {ObjectBook} from './object-book.js';
import type {Moment} from './watched-object.js';

/** Takes in what happens to one object, its arrivals left out. Of older versions nothing is news. */
export function foldObjectEvent(event: Stamped<RunEvent>, book: ObjectBook): void {
	const {at} = event;
	const atMs = Math.round(at - book.frame.epochMs);
	switch (event.type) {
		case 'upload-started': {
			const {key, sizeBytes} = event;
			const begun: Moment = {at, what: 'upload-started'};
			const present = book.get(key);
			if (present) {
				book.restart(present, (one) => {
					one.state = 'uploading';
					one.sizeBytes = sizeBytes;
					one.startedMs = atMs;
					note(one, begun);
				});
				return;
			}

			const entry = newEntry({key, isOurs: true, sizeBytes, state: 'uploading', startedMs: atMs});
			book.add(entry);
			return;
		}

		case 'object-uploaded': {
			const {key, versionId, sizeBytes, isOurs} = event;
			const present = book.get(key);
			const moment: Moment = {at, what: isOurs ? 'uploaded' : 'found', versionId};
			const uploaded = (one: Entry): void => {
				one.state = 'pending';
				one.versionId = versionId;
				one.sizeBytes = sizeBytes;
				one.uploadedMs = atMs;
				if (hasWholeTimeline(one)) note(one, moment);
			};

			if (present?.state === 'uploading') book.change(present, uploaded);
			else if (present?.isOurs === isOurs) {
				book.restart(present, (one) => {
					one.startedMs = atMs;
					uploaded(one);
				});
			} else {
				if (present) book.drop(present);
				const entry = newEntry({key, isOurs, sizeBytes, state: 'pending', startedMs: atMs});
				uploaded(entry);
				book.add(entry);
			}

			return;
		}

		case 'object-resent': {
			const {key, versionId} = event;
			const entry = book.get(key);
			if (!entry) return;
			book.restart(entry, (one) => {
				one.state = 'pending';
				one.versionId = versionId;
				one.startedMs = atMs;
				one.uploadedMs = atMs;
				note(one, {at, what: 'resent', versionId});
			});
			return;
		}

		case 'status-seen': {
			const entry = book.versionOf(event.key, event.versionId);
			if (!entry) return;
			const {status} = event;
			book.change(entry, (one) => {
				note(one, {at, what: 'asked', status, lastAt: at, times: 1});
			});
			return;
		}

		case 'object-unseen': {
			const entry = book.versionOf(event.key, event.versionId);
			if (entry?.state !== 'pending') return;
			const {destination} = event;
			book.change(entry, (one) => {
				one.state = 'unseen';
				note(one, {at, what: 'unseen', destination});
			});
			return;
		}

		case 'object-failed': {
			const entry = book.versionOf(event.key, event.versionId);
			const {problem} = event;
			if (!entry) return;
			book.change(entry, (one) => {
				one.state = 'failed';
				note(one, {at, what: 'failed', problem});
			});
			return;
		}

		case 'object-vanished': {
			const entry = book.versionOf(event.key, event.versionId);
			if (!entry) return;
			book.change(entry, (one) => {
				one.state = 'vanished';
				note(one, {at, what: 'vanished'});
			});
			return;
		}

		case 'object-untaken': {
			const entry = book.versionOf(event.key, event.versionId);
			if (entry?.state !== 'pending') return;
			book.change(entry, (one) => {
				one.state = 'untaken';
			});
			return;
		}

		default: {
			return;
		}
	}
}
