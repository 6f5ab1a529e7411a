import {ownOf} from '../../domain/open-record.js';
import {visibleText} from '../../domain/text/visible-text.js';
import {type ReportInput, timeText} from './report-input.js';

/** Every object as a line of comma-separated values, with two columns for each destination, and at the end which way it goes in a two-way watch, and from where. Source: RFC 4180. */
export async function* reportCsv({watch}: ReportInput): AsyncGenerator<string> {
	const buckets = [...watch.destinations().map(({bucket}) => bucket)];
	// What only the source's status tells has no bucket.
	const columns = [...buckets, ''];
	const heads = columns.flatMap((bucket) => {
		const name = bucket === '' ? 'source status' : bucket;
		return [`${name} delayMs`, `${name} uncertaintyMs`];
	});
	const {homes = []} = watch.ends ?? {};
	const isTwoWay = homes.length > 0;
	yield csvLine([
		...['key', 'versionId', 'sizeBytes', 'state', 'isOurs', 'startedAt', 'uploadedAt'],
		...['status', 'resends', 'problem', 'reason'],
		...heads,
		...(isTwoWay ? ['direction', 'from'] : []),
	]);
	for await (const object of watch.everyObject()) {
		const {key, versionId = '', sizeBytes, state, isOurs, status, resends, reason = ''} = object;
		const told = [...new Set(object.reasons?.map((one) => one.reason))].join(' ');
		yield csvLine([
			...[key, versionId, sizeBytes, state, isOurs],
			...[timeText(object.startedAt), timeText(object.uploadedAt), status ?? '', resends],
			object.problem?.code ?? '',
			told === '' ? reason : told,
			...columns.flatMap((bucket): ReadonlyArray<string | number> => {
				const arrival = ownOf(object.arrivals, bucket);
				if (!arrival || arrival.wasInterrupted) return ['', ''];
				return [arrival.delayMs, arrival.uncertaintyMs];
			}),
			...(isTwoWay ? [object.direction ?? 'there', object.from ?? watch.ends?.sourceBucket ?? ''] : []),
		]);
	}
}

/** A line of comma-separated values, harmless to terminals and spreadsheets. */
export function csvLine(cells: ReadonlyArray<string | number | boolean>): string {
	return `${cells.map((cell) => (typeof cell === 'string' ? textCell(cell) : String(cell))).join(',')}\r\n`;
}

/**
 * A spreadsheet takes what begins so for a formula: a quote before it makes it text. Control characters are shown as escapes, so that
 * an object stays a line; the JSON report has keys letter by letter. Source: OWASP, "CSV Injection".
 */
function textCell(text: string): string {
	const cell = `${/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" : ''}${visibleText(text)}`;
	// Other separators, too: which one a spreadsheet takes depends on its language.
	return /[",;']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
