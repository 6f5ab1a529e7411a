/** Thrown within a job that is told to stop. */
export class JobCancelledError extends Error {}

/** How a job is told what its owner wants: it is confirmed, or cancelled. */
export class JobControl {
	readonly #cancelled = new AbortController();
	readonly #closing: AbortSignal;
	#confirm: () => void = () => undefined;
	readonly #confirmed = new Promise<void>((resolve) => {
		this.#confirm = resolve;
	});

	constructor(closing: AbortSignal) {
		this.#closing = closing;
	}

	/** Ends what waits, for whatever reason. */
	get signal(): AbortSignal {
		return AbortSignal.any([this.#closing, this.#cancelled.signal]);
	}

	confirm(): void {
		this.#confirm();
	}

	cancel(): void {
		this.#cancelled.abort();
	}

	/** Throws JobCancelledError where the job is cancelled, or the sandbox ends. */
	check(): void {
		if (this.#cancelled.signal.aborted || this.#closing.aborted) throw new JobCancelledError();
	}

	/** Waits until the job is confirmed; throws JobCancelledError where it is cancelled instead. */
	async confirmed(): Promise<void> {
		const {signal} = this;
		const stopped = new Promise<void>((resolve) => {
			signal.addEventListener('abort', () => {
				resolve();
			});
		});
		await Promise.race([this.#confirmed, stopped]);
		this.check();
	}
}
