import {drawingRows} from './drawing-bench.js';
import {filterRow} from './filter-bench.js';
import {memoryRows} from './memory-bench.js';
import {programRows, uploadRow} from './program-bench.js';
import type {Row} from './row.js';

/** What a watch of 10,000 objects costs: drawing alone, memory alone with a million, and the whole program. */
export async function watchRows(): Promise<readonly Row[]> {
	return [
		filterRow(),
		...(await drawingRows()),
		...(await memoryRows()),
		...(await programRows()),
		...(await uploadRow()),
	];
}
