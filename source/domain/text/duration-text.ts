/** A duration for people: `340 ms`, `4.2 s`, `1:05`, `2:03:09`. */
export function durationText(durationMs: number): string {
	if (Math.round(durationMs) < 1000) return `${Math.round(durationMs)} ms`;
	if (durationMs < 60_000) return `${(Math.floor(Math.round(durationMs) / 100) / 10).toFixed(1)} s`;
	const seconds = Math.floor(durationMs / 1000);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const shown = parts[0] === 0 ? parts.slice(1) : parts;
	return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** A size for people, in AWS's binary units: `512 B`, `1.0 KB`, `4.0 MB`. */
export function sizeText(sizeBytes: number): string {
	const units = ['B', 'KB', 'MB', 'GB', 'TB'];
	let size = sizeBytes;
	let unit = 0;
	// What would be written as 1024.0 is 1.0 of the next unit.
	while (size >= (unit === 0 ? 1024 : 1023.95) && unit < units.length - 1) {
		size /= 1024;
		unit++;
	}

	return unit === 0 ? `${sizeBytes} B` : `${size.toFixed(1)} ${units[unit]}`;
}

/** A limit for people, in the largest unit that says it whole: `500 ms`, `28 s`, `2 min`. */
export function spanText(limitMs: number): string {
	if (limitMs % 60_000 === 0) return `${limitMs / 60_000} min`;
	return limitMs % 1000 === 0 ? `${limitMs / 1000} s` : `${limitMs} ms`;
}

/** How long ago something was, in whole minutes: `just now`, `3 min ago`, `2 h ago`. */
export function agoText(ageMs: number): string {
	const minutes = Math.floor(ageMs / 60_000);
	if (minutes < 1) return 'just now';
	return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
