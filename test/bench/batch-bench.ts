import type {VersionPage} from '../../source/aws/ports.js';
import {countReport} from '../../source/domain/batch/failure-groups.js';
import {compareBuckets} from '../../source/engine/batch/compare-buckets.js';
import type {ListPage} from '../../source/engine/batch/version-cursor.js';
import {readReport} from '../../source/engine/batch/read-report.js';
import type {Row, Say} from './row.js';

const perPage = 1000;
const reportLines = 100_000;

/** A listing of so many objects that is made page by page: nothing of it is kept. */
function simulated(objects: number): ListPage {
	return async ({keyMarker}): Promise<VersionPage> => {
		const from = keyMarker === undefined ? 0 : Number(keyMarker) + 1;
		const count = Math.min(perPage, objects - from);
		const versions = Array.from({length: count}, (_, index) => ({
			key: String(from + index).padStart(8, '0'),
			versionId: `v${from + index}`,
			sizeBytes: 1,
			lastModified: 1,
			isLatest: true,
		}));
		const last = versions.at(-1);
		const isMore = from + count < objects;
		return {versions, markers: [], ...(isMore && last ? {next: {keyMarker: last.key}} : {})};
	};
}

/** Compares two simulated buckets; gives the time and the most memory beside what was there before. */
async function compared(
	objects: number,
): Promise<{readonly ms: number; readonly pages: number; readonly heapBytes: number}> {
	const before = process.memoryUsage().heapUsed;
	let most = 0;
	const startedAt = performance.now();
	const {pages} = await compareBuckets({
		source: simulated(objects),
		destination: simulated(objects),
		terms: {filters: [{prefix: '', tags: []}], youngSince: 2},
		mostObjects: objects,
		onOdd: () => undefined,
		onPage() {
			most = Math.max(most, process.memoryUsage().heapUsed - before);
		},
		signal: new AbortController().signal,
	});
	return {ms: performance.now() - startedAt, pages: pages.source + pages.destination, heapBytes: most};
}

/** A report of 100,000 failures, read as pieces of an object. */
async function readLines(): Promise<{readonly ms: number; readonly heapBytes: number}> {
	const place = {bucket: 'b', region: 'r', accountId: '1'};
	const manifest = JSON.stringify({Results: [{TaskExecutionStatus: 'failed', Bucket: 'b', Key: 'f'}]});
	const line = 'b,folder%2Fkey,version,failed,403,AccessDenied,"DstPutObjectNotPermitted, here"\n';
	const sizeBytes = line.length * reportLines;
	const objects = {
		async read(
			_reference: object,
			{key, from, count}: {readonly key: string; readonly from: number; readonly count: number},
		) {
			if (key !== 'f') return {bytes: Buffer.from(manifest), sizeBytes: manifest.length};
			const length = Math.min(count, sizeBytes - from);
			const begun = from % line.length;
			const text = line.repeat(Math.ceil((begun + length) / line.length)).slice(begun, begun + length);
			return {bytes: Buffer.from(text), sizeBytes};
		},
	};
	const before = process.memoryUsage().heapUsed;
	let most = 0;
	const startedAt = performance.now();
	const counted = countReport();
	for await (const results of readReport(objects, place, {prefix: '', jobId: '1'})) {
		for (const result of results) counted.add(result);
		most = Math.max(most, process.memoryUsage().heapUsed - before);
	}

	return {ms: performance.now() - startedAt, heapBytes: most};
}

const mebibytes = (bytes: number): number => bytes / 1024 / 1024;

/** What comparing buckets and reading reports takes of this machine, without AWS. */
export async function* batchRows(say: Say): AsyncIterable<Row> {
	say('comparing two simulated buckets');
	const small = await compared(10_000);
	const large = await compared(1_000_000);
	const perSecond = 1_000_000 / (large.ms / 1000);
	yield {
		what: 'batch --verify, 1,000,000 objects a side: own time an object',
		measured: `${Math.round(perSecond)} objects/s`,
		against: '20,000 objects/s',
		figure: 20_000 / perSecond,
		target: 1,
	};
	yield {
		what: 'batch --verify: requests, 1,000 versions each',
		measured: `${large.pages}`,
		against: '2,000 pages',
		figure: large.pages / 2000,
		target: 1,
	};
	yield {
		what: 'batch --verify: memory, 1,000,000 objects a side',
		measured: `${mebibytes(large.heapBytes).toFixed(0)} MB`,
		against: `10,000 objects: ${mebibytes(small.heapBytes).toFixed(0)} MB`,
		figure: mebibytes(large.heapBytes),
		target: 150,
	};
	say('reading a report');
	const report = await readLines();
	yield {
		what: `report of ${reportLines} failures: memory`,
		measured: `${mebibytes(report.heapBytes).toFixed(0)} MB in ${report.ms.toFixed(0)} ms`,
		against: '150 MB',
		figure: mebibytes(report.heapBytes),
		target: 150,
	};
}
