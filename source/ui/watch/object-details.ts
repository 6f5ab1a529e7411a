import {sizeText} from '../../domain/text/duration-text.js';
import {ownOf} from '../../domain/open-record.js';
import type {WatchedEnds} from '../../session/watch/watch-view.js';
import type {Arrival, Moment, ObjectDetails} from '../../session/watch/watched-object.js';
import {type Glyphs, type Role} from '../theme.js';
import {blankLine, type Line, plain, quiet, type Span} from '../components/text/line.js';
import {padEnd, wrapHard, wrapText} from '../components/text/truncate.js';
import {causeLines} from '../components/documents/cause-lines.js';
import {delayText, sourceCell} from './watch-cells.js';

const labelWidth = 10;

/** Since the upload began, to a tenth of a second: `0:02.4`. */
const sinceText = (ms: number): string => {
	const tenths = Math.max(0, Math.floor(ms / 100));
	const seconds = Math.floor(tenths / 10);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.${tenths % 10}`;
};

const momentText = (moment: Moment, startedAt: number, glyphs: Glyphs): Span => {
	switch (moment.what) {
		case 'upload-started':
			return {text: 'upload began', role: 'plain'};
		case 'uploaded':
			return {text: `uploaded as version ${moment.versionId}`, role: 'plain'};
		case 'found':
			return {text: `found, version ${moment.versionId}`, role: 'plain'};
		case 'asked': {
			const often =
				moment.times > 1 ? `, ${moment.times} times until ${sinceText(moment.lastAt - startedAt)}` : '';
			const said = moment.status === null ? 'no status' : moment.status;
			return {
				text: `source says ${said}${often}`,
				role: moment.status === 'FAILED' ? 'error' : moment.status === 'COMPLETED' ? 'ok' : 'pending',
			};
		}

		case 'arrived': {
			const where =
				moment.destination === null ? 'the source reports COMPLETED' : `seen in ${moment.destination}`;
			return {text: `${where}, ${arrivalText(moment, glyphs)}`, role: 'ok'};
		}

		case 'unseen':
			return {text: `source says COMPLETED, not seen in ${moment.destination}`, role: 'warning'};
		case 'failed':
			return {text: moment.problem.headline, role: 'error'};
		case 'told':
			return {text: `S3 says why: ${moment.reason} to ${moment.destination}`, role: 'error'};
		case 'resent':
			return {text: `sent again as version ${moment.versionId}`, role: 'warning'};
		case 'deletedAtSource':
			return {text: 'deleted at the source by somebody', role: 'warning'};
	}
};

/** A delay, or why there is none. */
const arrivalText = (arrival: Arrival, glyphs: Glyphs): string =>
	arrival.wasInterrupted ? 'over a pause' : `after ${delayText(arrival, glyphs.minus)}`;

/** Where an object goes: in a two-way watch the source is the last of the destinations, for what goes back. */
const destinationsOf = (
	ends: WatchedEnds | undefined,
	direction: ObjectDetails['direction'],
): WatchedEnds['destinations'] => {
	if (!ends?.homes) return ends?.destinations ?? [];
	return direction === 'back' ? ends.destinations.slice(-1) : ends.destinations.slice(0, -1);
};

/** The bucket that a file of a two-way watch was written to. */
const homeOf = ({sourceBucket}: WatchedEnds, {from = sourceBucket}: ObjectDetails): string => from;

/** How it stands at each destination; nothing of those that cannot be looked at. */
const destinationCells = (
	{arrivals, state, direction, markerTo}: ObjectDetails,
	ends: WatchedEnds | undefined,
	glyphs: Glyphs,
): ReadonlyArray<Span & {readonly bucket: string}> =>
	destinationsOf(ends, direction).map(({bucket, region}) => {
		if (markerTo && !markerTo.includes(bucket))
			return {
				bucket,
				text: `${glyphs.skipped} stays: no rule replicates the delete marker`,
				role: 'secondary',
			};
		const arrival = ownOf(arrivals, bucket) ?? (region === undefined ? arrivals[''] : undefined);
		if (arrival) return {bucket, text: `${glyphs.ok} ${arrivalText(arrival, glyphs)}`, role: 'ok'};
		if (state === 'failed') return {bucket, text: `${glyphs.failed} none`, role: 'error'};
		return {bucket, text: glyphs.more, role: 'secondary'};
	});

/**
 * Everything that is known of one object, and what happened to it in order, as lines that fit.
 *
 * @param width cells across
 */
export const detailLines = (
	details: ObjectDetails,
	ends: WatchedEnds | undefined,
	glyphs: Glyphs,
	width: number,
): readonly Line[] => {
	const {key, versionId, sizeBytes, isOurs, resends, problem, startedAt, timeline, cause, markerTo} = details;
	// A file that was sent again began with its first upload.
	const begunAt = timeline[0]?.at ?? startedAt;
	const fact = (label: string, {text, role}: Span): readonly Line[] =>
		wrapText(text, Math.max(8, width - labelWidth)).map((line, index) => [
			quiet(padEnd(index === 0 ? label : '', labelWidth)),
			{text: line, role},
		]);
	const said = (text: string, role: Role): readonly Line[] =>
		wrapText(text, width).map((line) => [{text: line, role}]);
	return [
		...wrapHard(key, width).map((line): Line => [{text: line, role: 'strong'}]),
		...(markerTo ? fact('kind', plain('delete marker')) : fact('size', plain(sizeText(sizeBytes)))),
		...(versionId === undefined ? [] : fact('version', plain(versionId))),
		...(ends?.homes ? fact('bucket', plain(homeOf(ends, details))) : []),
		...(isOurs ? [] : fact('from', plain('somebody else, or another program'))),
		...(resends > 0 ? fact('sent', plain(`${resends + 1} times, each a new version`)) : []),
		...fact('source', sourceCell(details, glyphs)),
		...destinationCells(details, ends, glyphs).flatMap(({bucket, ...cell}) =>
			fact('replica', {...cell, text: `${cell.text}   ${bucket}`}),
		),
		blankLine,
		...timeline.flatMap((moment) => {
			const {text, role} = momentText(moment, begunAt, glyphs);
			return fact(sinceText(moment.at - begunAt), {text, role});
		}),
		...(cause ? [blankLine, ...causeLines([cause], glyphs, width)] : []),
		...(problem && (!cause || details.reasons)
			? [
					blankLine,
					...said(problem.cause, 'plain'),
					...problem.nextSteps.flatMap((step, index) => said(`${index + 1}. ${step}`, 'secondary')),
				]
			: []),
		...(details.state === 'failed'
			? [
					blankLine,
					...said(
						't sends the failed files again as new versions: S3 does not try a FAILED object again.',
						'secondary',
					),
				]
			: []),
	];
};
