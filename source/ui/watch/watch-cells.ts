import {durationText} from '../../domain/text/duration-text.js';
import type {Arrival, WatchedObject} from '../../session/watch/watched-object.js';
import {type Glyphs} from '../theme.js';
import {quiet, type Span} from '../components/text/line.js';
import {truncateEnd} from '../components/text/truncate.js';

/** As wide as the column of delays. */
const reasonWidth = 13;

/** How long ago, in whole seconds: `8 s`, `2:31`. */
export const ageText = (ageMs: number): string => {
	const wholeMs = Math.max(0, Math.floor(ageMs / 1000) * 1000);
	return wholeMs < 60_000 ? `${wholeMs / 1000} s` : durationText(wholeMs);
};

/** A delay as it was seen, with the time before it in which it may have happened: `1.4 s −0.5`. */
export const delayText = ({delayMs, uncertaintyMs}: Arrival, minus: string): string => {
	const delay = durationText(delayMs);
	if (delay.endsWith(' ms')) return `${delay} ${minus}${Math.round(uncertaintyMs)}`;
	if (delay.endsWith(' s')) return `${delay} ${minus}${(uncertaintyMs / 1000).toFixed(1)}`;
	return `${delay} ${minus}${durationText(uncertaintyMs)}`;
};

/** What the source's bucket says of it. */
export const sourceCell = ({state, status, versionId}: WatchedObject, glyphs: Glyphs): Span => {
	if (state === 'deleteMarker') return quiet(`${glyphs.skipped} deleted`);
	if (state === 'uploading') return quiet(`${glyphs.more} sending`);
	if (state === 'deletedAtSource') return quiet(`${glyphs.skipped} deleted`);
	if (state === 'failed' && versionId === undefined)
		return {text: `${glyphs.failed} not sent`, role: 'error'};
	if (state === 'failed') return {text: `${glyphs.failed} FAILED`, role: 'error'};
	switch (status) {
		case undefined:
			return quiet(
				state === 'pending' || state === 'slow' ? `${glyphs.more} sent` : `${glyphs.skipped} not asked`,
			);
		case null:
			return quiet(`${glyphs.skipped} none`);
		case 'FAILED':
			return {text: `${glyphs.failed} FAILED`, role: 'error'};
		case 'PENDING':
			return {text: `${glyphs.pending} PENDING`, role: 'pending'};
		case 'COMPLETED':
			return {text: `${glyphs.ok} COMPLETED`, role: 'ok'};
		case 'REPLICA':
			return quiet('REPLICA');
	}
};

/** Whether it is there at every destination. */
export const replicaCell = (
	{state, arrivals, markerTo = []}: WatchedObject,
	glyphs: Glyphs,
	destinationCount: number,
): Span => {
	const arrived = Object.keys(arrivals).length;
	switch (state) {
		case 'replicated':
			// Under the empty name stands what the source's status alone tells.
			return {text: `${glyphs.ok} ${arrivals[''] ? 'reported' : 'REPLICA'}`, role: 'ok'};
		case 'failed':
			return {text: `${glyphs.failed} none`, role: 'error'};
		case 'slow':
			return {text: `${glyphs.warning} slow`, role: 'warning'};
		case 'unseen':
			return {text: `${glyphs.warning} not seen`, role: 'warning'};
		case 'deleteMarker':
			if (markerTo.length > 0 && arrived >= markerTo.length) return {text: `${glyphs.ok} marker`, role: 'ok'};
			return arrived > 0
				? {text: `${arrived} of ${markerTo.length}`, role: 'pending'}
				: quiet(markerTo.length === 0 ? glyphs.skipped : glyphs.more);
		case 'unmatched':
		case 'deletedAtSource':
			return quiet(glyphs.skipped);
		case 'uploading':
		case 'pending':
			return arrived > 0 ? {text: `${arrived} of ${destinationCount}`, role: 'pending'} : quiet(glyphs.more);
	}
};

/** The delay to the last destination; before that, whether the file was sent again. */
export const delayCell = ({arrivals, resends, state, reasons}: WatchedObject, glyphs: Glyphs): Span => {
	const last = Object.values(arrivals).sort((left, right) => right.delayMs - left.delayMs)[0];
	if (last?.wasInterrupted) return quiet('over a pause');
	if (last) return {text: delayText(last, glyphs.minus), role: 'plain'};
	// Too long for the cell: the details have all of it.
	const [told] = reasons ?? [];
	if (told && state === 'failed')
		return {text: truncateEnd(told.reason, reasonWidth, glyphs.more), role: 'error'};
	if (resends > 0 && state !== 'failed')
		return {text: `${glyphs.retry} sent ${resends + 1}x`, role: 'warning'};
	return quiet('');
};
