import {type ReportInput, timeText} from './report-input.js';

/** Every object as a line of comma-separated values, with two columns for each destination. Source: RFC 4180. */
export async function* reportCsv({watch}: ReportInput): AsyncGenerator<string> {
	const buckets = [...watch.destinations().map(({bucket}) => bucket)];
	// What only the source's status tells has no bucket.
	const columns = [...buckets, ''];
	const heads = columns.flatMap((bucket) => {
		const name = bucket === '' ? 'source status' : bucket;
		return [`${name} delayMs`, `${name} uncertaintyMs`];
	});
	yield line([
		'key',
		'versionId',
		'sizeBytes',
		'state',
		'isOurs',
		'startedAt',
		'uploadedAt',
		'status',
		'resends',
		'problem',
		...heads,
	]);
	for await (const object of watch.everyObject()) {
		const {key, versionId, sizeBytes, state, isOurs, startedAt, uploadedAt, status, resends, problem} =
			object;
		yield line([
			key,
			versionId ?? '',
			sizeBytes,
			state,
			isOurs,
			timeText(startedAt),
			timeText(uploadedAt),
			status ?? '',
			resends,
			problem?.code ?? '',
			...columns.flatMap((bucket) => {
				const arrival = object.arrivals[bucket];
				return [arrival?.delayMs ?? '', arrival?.uncertaintyMs ?? ''];
			}),
		]);
	}
}

function line(cells: ReadonlyArray<string | number | boolean>): string {
	return `${cells.map((cell) => quoted(String(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
	return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
