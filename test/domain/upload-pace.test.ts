import {describe, expect, test} from 'vitest';
import {uploadPace} from '../../source/domain/watch/upload-pace.js';

describe('files, rate and duration', () => {
	test.each([
		// files, rate, duration → how many, how quickly
		[undefined, undefined, undefined, 5, undefined],
		[20, undefined, undefined, 20, undefined],
		[undefined, 4, undefined, 5, 4],
		[20, 4, undefined, 20, 4],
		[undefined, undefined, 60, 60, 1],
		[undefined, 4, 60, 240, 4],
		[20, undefined, 60, 20, 20 / 60],
		// The one that is reached first ends it.
		[20, 4, 60, 20, 4],
		[500, 4, 60, 240, 4],
		[1, undefined, 3600, 1, 1 / 3600],
	] as const)(
		'%s files, %s a second, %s s: %s at %s a second',
		(files, rate, seconds, fileCount, ratePerSecond) => {
			const pace = uploadPace(files, rate, seconds, 5);
			expect(pace.fileCount).toBe(fileCount);
			expect(pace.ratePerSecond).toBe(ratePerSecond);
		},
	);
});
