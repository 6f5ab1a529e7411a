/**
 * A value whose changes are seen late, as IAM's and a bucket's configuration are on AWS (IAM User Guide,
 * troubleshoot_general "Changes that I make are not always immediately visible").
 */
export class Propagating<T> {
	readonly #changes: {readonly value: T; readonly seenFromMs: number}[];

	constructor(initial: T) {
		this.#changes = [{value: initial, seenFromMs: Number.NEGATIVE_INFINITY}];
	}

	/** The value as last written. */
	get written(): T {
		return this.#changes[this.#changes.length - 1]!.value;
	}

	/** Writes a value that others see from `seenFromMs` on. */
	write(value: T, seenFromMs: number): void {
		this.#changes.push({value, seenFromMs});
	}

	/** The value that is in effect at `nowMs`. */
	inEffect(nowMs: number): T {
		while (this.#changes.length > 1 && this.#changes[1]!.seenFromMs <= nowMs) this.#changes.shift();
		return this.#changes[0]!.value;
	}
}
