import type {Direction} from '../../domain/direction.js';
import type {RunEvent, Stamped} from '../../domain/event.js';
import {type Entry, hasWholeTimeline, markerIdOf, newEntry, note} from './entry.js';
import type {ObjectIndex} from './object-index.js';
import type {Moment} from './watched-object.js';

/** Which way the file of an event goes: 0 there, n the nth way back. */
function wayOf(
	{direction, from = ''}: {readonly direction?: Direction; readonly from?: string},
	{frame: {homes}}: ObjectIndex,
): number {
	return direction === 'back' ? Math.max(0, homes.indexOf(from)) + 1 : 0;
}

/** Takes in what happens to one object, its arrivals left out. Of older versions nothing is news. */
export function foldObjectEvent(event: Stamped<RunEvent>, index: ObjectIndex): void {
	const {at} = event;
	const atMs = Math.round(at - index.frame.epochMs);
	switch (event.type) {
		case 'upload-started': {
			const {key, sizeBytes} = event;
			const origin = index.originOf(true, wayOf(event, index));
			const begun: Moment = {at, what: 'upload-started'};
			const existing = index.get(key);
			if (existing) {
				index.restart(existing, (one) => {
					one.state = 'uploading';
					one.sizeBytes = sizeBytes;
					one.startedMs = atMs;
					note(one, begun);
				});
				return;
			}

			const entry = newEntry({key, origin, sizeBytes, state: 'uploading', startedMs: atMs});
			index.add(entry);
			return;
		}

		case 'object-uploaded': {
			const {key, versionId, sizeBytes, isOurs} = event;
			const origin = index.originOf(isOurs, wayOf(event, index));
			const existing = index.get(key);
			const moment: Moment = {at, what: isOurs ? 'uploaded' : 'found', versionId};
			const uploaded = (one: Entry): void => {
				one.state = 'pending';
				one.versionId = versionId;
				// Others may write one key on both sides.
				one.origin = origin;
				one.sizeBytes = sizeBytes;
				one.uploadedMs = atMs;
				if (hasWholeTimeline(one)) note(one, moment);
			};

			if (existing?.state === 'uploading') index.change(existing, uploaded);
			else if (existing?.origin.isOurs === isOurs) {
				index.restart(existing, (one) => {
					one.startedMs = atMs;
					uploaded(one);
				});
			} else {
				if (existing) index.drop(existing);
				const entry = newEntry({key, origin, sizeBytes, state: 'pending', startedMs: atMs});
				uploaded(entry);
				index.add(entry);
			}

			return;
		}

		case 'object-resent': {
			const {key, versionId} = event;
			const entry = index.get(key);
			if (!entry) return;
			index.restart(entry, (one) => {
				one.state = 'pending';
				one.versionId = versionId;
				one.startedMs = atMs;
				one.uploadedMs = atMs;
				note(one, {at, what: 'resent', versionId});
			});
			return;
		}

		case 'status-seen': {
			const entry = index.versionOf(event.key, event.versionId);
			if (!entry) return;
			const {status} = event;
			index.change(entry, (one) => {
				note(one, {at, what: 'asked', status, lastAt: at, times: 1});
			});
			return;
		}

		case 'object-unseen': {
			const entry = index.versionOf(event.key, event.versionId);
			if (entry?.state !== 'pending') return;
			const {destination} = event;
			index.change(entry, (one) => {
				one.state = 'unseen';
				note(one, {at, what: 'unseen', destination});
			});
			return;
		}

		case 'object-failed': {
			const entry = index.versionOf(event.key, event.versionId);
			const {problem} = event;
			if (!entry) return;
			index.change(entry, (one) => {
				one.state = 'failed';
				note(one, {at, what: 'failed', problem});
			});
			return;
		}

		case 'failure-reason-received': {
			const {key, versionId, destination, ruleId, reason} = event;
			const entry = index.versionOf(key, versionId);
			if (!entry) return;
			index.change(entry, (one) => {
				note(one, {at, what: 'told', destination, ruleId, reason});
			});
			return;
		}

		case 'object-deleted-at-source': {
			const entry = index.versionOf(event.key, event.versionId);
			if (!entry) return;
			index.change(entry, (one) => {
				one.state = 'deletedAtSource';
				note(one, {at, what: 'deletedAtSource'});
			});
			return;
		}

		case 'object-unmatched': {
			const entry = index.versionOf(event.key, event.versionId);
			if (entry?.state !== 'pending') return;
			index.change(entry, (one) => {
				one.state = 'unmatched';
			});
			return;
		}

		case 'delete-marker-found': {
			const {key, versionId, destinations} = event;
			const existing = index.get(markerIdOf(key));
			if (existing) index.drop(existing);
			const origin = {isOurs: false, way: wayOf(event, index), markerTo: destinations};
			const entry = newEntry({key, origin, sizeBytes: 0, state: 'deleteMarker', startedMs: atMs});
			entry.versionId = versionId;
			entry.uploadedMs = atMs;
			index.add(entry);
			return;
		}

		case 'delete-marker-replicated': {
			const {key, versionId, destination, delayMs, uncertaintyMs} = event;
			const entry = index.versionOf(markerIdOf(key), versionId);
			const position = index.frame.buckets.indexOf(destination);
			if (!entry || position < 0) return;
			index.change(entry, (one) => {
				const arrivals = [...one.arrivals];
				arrivals[position] = {delayMs, uncertaintyMs};
				one.arrivals = arrivals;
				note(one, {at, what: 'arrived', destination, delayMs, uncertaintyMs});
			});
			return;
		}

		case 'way-back-refused': {
			const way = index.frame.homes.indexOf(event.bucket) + 1;
			const {uploading} = index.groups;
			for (let entry = uploading.first, after; entry; entry = after) {
				({after} = entry);
				if (entry.origin.way === way) index.drop(entry);
			}

			return;
		}

		default:
			return;
	}
}
