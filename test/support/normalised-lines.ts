/** A line of `--json`, or one of a record. */
export type Line = {readonly type: string; readonly [field: string]: unknown};

/** What is another number or text in every run: by field, or by how it looks wherever it stands. */
const byField =
	/"(at|startedAt|durationMs|delayMs|uncertaintyMs|attempt|p50|p95|p99|max|versionId|replaces)":("[^"]*"|\d+)/g;
const byLook: ReadonlyArray<readonly [RegExp, string]> = [
	[/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'],
	[/Request id \w+/g, 'Request id ID'],
	[/"[^" ]*\/(report\.(?:md|json|csv))"/g, '"FOLDER/$1"'],
	[/"[^" ]*\/(config|credentials)"/g, '"FOLDER/$1"'],
];

const runId = /\b\d{8}-\d{6}-[\da-f]{4}\b/g;

/** Gives runs their number instead of their id, in the order in which a world has named them. */
export class RunNumbers {
	readonly #ids: string[] = [];

	in(text: string): string {
		return text.replaceAll(runId, (id) => {
			if (!this.#ids.includes(id)) this.#ids.push(id);
			return `RUN-${this.#ids.indexOf(id) + 1}`;
		});
	}

	/** Puts the ids back into a command's arguments. */
	out(argument: string): string {
		return argument.replaceAll(
			/\bRUN-(\d+)\b/g,
			(_all, number: string) => this.#ids[Number(number) - 1] ?? '',
		);
	}
}

/**
 * Lines without what is different in every run. Checks come in any order, and so do operations and objects that go on at the same time:
 * they are sorted by what they speak of, and what is said again and again of one is said once.
 */
export function normalisedLines(stdout: string, numbers: RunNumbers): readonly Line[] {
	const lines = stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(normalisedText(numbers.in(line))) as Line);
	const byKey = new Map(lines.map((line, index) => [sortKey(line, index), line]));
	return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function normalisedText(line: string): string {
	const fields = line.replaceAll(byField, (_all, field: string, value: string) => {
		const same = value.startsWith('"') ? `"${field.toUpperCase()}"` : '0';
		return `"${field}":${same}`;
	});
	return byLook.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), fields);
}

const order = ['run-started', 'sandbox-started', 'check-finished', 'plan-made'];
const last = 'run-finished';
const inTheirOrder = ['run-listed', ...order.filter((type) => type !== 'check-finished'), last];

function sortKey({type, id, key, destination, reason}: Line, index: number): string {
	const place = type === last ? 9 : order.includes(type) ? order.indexOf(type) : 5;
	const subject = inTheirOrder.includes(type)
		? String(index).padStart(4, '0')
		: [id, key, destination, reason].join(' ');
	return `${place} ${type} ${subject}`;
}
