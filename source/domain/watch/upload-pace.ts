/** How many files a watch uploads, and how quickly. */
type UploadPace = {
	readonly fileCount: number;
	/** Absent: as quickly as they go. */
	readonly ratePerSecond?: number;
};

/**
 * What `--files`, `--rate` and `--duration` mean together: files at a rate for so long.
 * A duration alone means one file a second; with a number of files they are spread over it.
 */
export function uploadPace(
	files: number | undefined,
	ratePerSecond: number | undefined,
	durationSeconds: number | undefined,
	defaultFiles: number,
): UploadPace {
	if (durationSeconds === undefined) return {fileCount: files ?? defaultFiles, ratePerSecond};
	const rate =
		ratePerSecond ?? (files === undefined ? 1 : Math.max(files / durationSeconds, Number.MIN_VALUE));
	const fitting = Math.max(1, Math.floor(rate * durationSeconds));
	return {
		fileCount: files === undefined ? fitting : Math.min(files, Math.max(fitting, 1)),
		ratePerSecond: rate,
	};
}
