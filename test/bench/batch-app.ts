// The program's own work on listings and reports, without AWS: both are made piece by piece, and nothing of them is kept. Bundled as the
// program is, started by `batch-bench.ts`; prints what it took.
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {VersionPage} from '../../source/aws/ports.js';
import {countReport} from '../../source/domain/batch/failure-groups.js';
import {compareBuckets} from '../../source/engine/batch/compare-buckets.js';
import {readReport} from '../../source/engine/batch/read-report.js';
import type {ListPage} from '../../source/engine/batch/version-cursor.js';

const perPage = 1000;
/** Every tenth entry is a delete marker above the version of the key before it. */
const markerEvery = 10;
/** The memory in use is looked at so often, and each look is a collection of garbage. */
const looks = 20;

/** What is in use when everything that can go is gone: some of it goes only in a later turn. */
async function usedBytes(): Promise<number> {
	for (let turns = 0; turns < 3; turns++) {
		await nextTurn();
		globalThis.gc?.();
	}

	return process.memoryUsage().heapUsed;
}

const keyOf = (index: number): string =>
	String(index % markerEvery === 1 ? index - 1 : index).padStart(8, '0');

/** A listing of so many versions and delete markers, in the order of S3. */
function simulated(entries: number): ListPage {
	return async ({versionIdMarker}): Promise<VersionPage> => {
		const from = versionIdMarker === undefined ? 0 : Number(versionIdMarker.slice(1)) + 1;
		const count = Math.min(perPage, entries - from);
		const page = {
			versions: [] as VersionPage['versions'][number][],
			markers: [] as VersionPage['markers'][number][],
		};
		for (let index = from; index < from + count; index++) {
			const common = {key: keyOf(index), versionId: `v${index}`};
			if (index % markerEvery === 0) page.markers.push({...common, isLatest: true});
			else
				page.versions.push({...common, sizeBytes: 1, lastModified: 1, isLatest: index % markerEvery !== 1});
		}

		const last = from + count - 1;
		const isMore = last + 1 < entries;
		return {...page, ...(isMore ? {next: {keyMarker: keyOf(last), versionIdMarker: `v${last}`}} : {})};
	};
}

async function compare(entries: number) {
	const emptyBytes = await usedBytes();
	let keptBytes = 0;
	let lookMs = 0;
	let pagesSeen = 0;
	const everyPages = Math.max(1, Math.floor((2 * entries) / perPage / looks));
	const cpuBefore = process.cpuUsage();
	const {pages, counts} = await compareBuckets({
		source: simulated(entries),
		destination: simulated(entries),
		terms: {filters: [{prefix: '', tags: []}], youngSince: 2},
		maxObjects: entries,
		onOdd: () => undefined,
		onPage() {
			if (pagesSeen++ % everyPages !== 0) return;
			const before = process.cpuUsage();
			globalThis.gc?.();
			keptBytes = Math.max(keptBytes, process.memoryUsage().heapUsed - emptyBytes);
			const {user, system} = process.cpuUsage(before);
			lookMs += (user + system) / 1000;
		},
		signal: new AbortController().signal,
	});
	const {user, system} = process.cpuUsage(cpuBefore);
	return {keptBytes, pages: pages.source + pages.destination, counts, cpuMs: (user + system) / 1000 - lookMs};
}

async function report(lines: number) {
	const place = {bucket: 'b', region: 'r', accountId: '1'};
	const manifest = JSON.stringify({Results: [{TaskExecutionStatus: 'failed', Bucket: 'b', Key: 'f'}]});
	const line = 'b,folder%2Fkey,version,failed,403,AccessDenied,"DstPutObjectNotPermitted, here"\n';
	const sizeBytes = line.length * lines;
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
	const emptyBytes = await usedBytes();
	let keptBytes = 0;
	const cpuBefore = process.cpuUsage();
	let pieces = 0;
	const counted = countReport();
	for await (const results of readReport(objects, place, {prefix: '', jobId: '1'})) {
		for (const result of results) counted.add(result);
		pieces++;
		globalThis.gc?.();
		keptBytes = Math.max(keptBytes, process.memoryUsage().heapUsed - emptyBytes);
	}

	const {user, system} = process.cpuUsage(cpuBefore);
	return {keptBytes, pieces, failed: counted.counts().failed, cpuMs: (user + system) / 1000};
}

const [what, count] = process.argv.slice(2);
const took = what === 'report' ? await report(Number(count)) : await compare(Number(count));
console.log(JSON.stringify({...took, peakBytes: process.resourceUsage().maxRSS * 1024}));
