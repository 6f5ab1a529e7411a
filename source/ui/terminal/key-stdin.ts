import {EventEmitter} from 'node:events';
import {StringDecoder} from 'node:string_decoder';
import {isUnfinishedPaste, orphanTail, parseKeys, settleRest, type KeyToken} from './key-parser.js';
import {whenReactIsQuiet} from './when-react-is-quiet.js';

/** The part of a terminal's input stream that is used. `process.stdin` is one. */
export type TerminalInput = {
	readonly isTTY?: boolean;
	readonly setRawMode?: (isRaw: boolean) => unknown;
	readonly on: ((event: 'data', listener: (chunk: Buffer | string) => void) => unknown) &
		((event: 'end' | 'error', listener: () => void) => unknown);
	readonly off: (event: 'data', listener: (chunk: Buffer | string) => void) => unknown;
	readonly pause: () => unknown;
	readonly resume: () => unknown;
	readonly ref?: () => unknown;
	readonly unref?: () => unknown;
};

type KeyStdinOptions = {
	/** The real terminal input. */
	readonly source: TerminalInput;
	/** Ctrl-C. Called at once; keys typed before it that nobody has read are dropped, as a terminal does. */
	readonly onInterrupt: () => void;
	/** Ctrl-Z. Called at once. */
	readonly onSuspend?: () => void;
	/** The terminal is gone. */
	readonly onEnd?: () => void;
	/** Calls back when the next key may be read. */
	readonly whenQuiet?: (callback: () => void) => void;
};

/** Rest of an arrow key may follow its Esc this late. */
const escapeWaitMs = 50;
/** Longer wait for what cannot be a lone Esc: half a sequence, half a paste. */
const restWaitMs = 300;

/**
 * The input stream given to Ink: hands over one key (or one paste) a read, and the next only when React is quiet again.
 * Ink 6.8 and the stock components lose or misread keys that come faster (docs/decisions.md, "Ink, pinned at 6.8").
 *
 * Raw mode is on from `start` to `stop`. Ink's own switching (off + on whenever a screen is swapped) never reaches the
 * terminal, so nothing typed in between is echoed, held back by line, or turned into a signal.
 */
export class KeyStdin extends EventEmitter {
	readonly isTTY = true;
	readonly #options: KeyStdinOptions;
	readonly #decoder = new StringDecoder('utf8');
	#queue: string[] = [];
	#ready: string | undefined;
	#rest = '';
	#isWaiting = false;
	#isStarted = false;
	#restTimer: NodeJS.Timeout | undefined;
	#orphanTimer: NodeJS.Timeout | undefined;

	constructor(options: KeyStdinOptions) {
		super();
		this.#options = options;
		options.source.on('end', this.#end);
		// A terminal that is closed makes reading fail (EIO); unheard, that would be a crash.
		options.source.on('error', this.#end);
		this.on('newListener', (event) => {
			if (event === 'readable') setImmediate(() => this.#pump());
		});
	}

	/** Takes the terminal: raw mode on, reading. Call again after a suspend. */
	start(): void {
		if (this.#isStarted) return;
		this.#isStarted = true;
		const {source} = this.#options;
		source.setRawMode?.(true);
		source.on('data', this.#receive);
		source.ref?.();
		source.resume();
	}

	/** Gives the terminal back: raw mode off, no longer reading, nothing keeps the process alive. Safe to call twice. */
	stop(): void {
		if (!this.#isStarted) return;
		this.#isStarted = false;
		clearTimeout(this.#restTimer);
		clearTimeout(this.#orphanTimer);
		const {source} = this.#options;
		source.off('data', this.#receive);
		source.pause();
		source.unref?.();
		// A terminal that is gone throws here; there is nothing to restore then.
		try {
			source.setRawMode?.(false);
		} catch {
			this.#queue = [];
		}
	}

	/** Ink's side: the key that is ready, once. */
	read(): string | null {
		const key = this.#ready ?? null;
		this.#ready = undefined;
		return key;
	}

	setEncoding(): this {
		return this;
	}

	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	/** Text that Ink puts back (only its kitty probe does). */
	unshift(chunk: Buffer | string): void {
		this.#receive(chunk);
	}

	readonly #end = (): void => {
		if (this.#isStarted) this.#options.onEnd?.();
	};

	readonly #receive = (chunk: Buffer | string): void => {
		let text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
		clearTimeout(this.#restTimer);

		if (this.#orphanTimer) {
			text = text.replace(orphanTail, '');
			clearTimeout(this.#orphanTimer);
			this.#orphanTimer = undefined;
		}

		// Ctrl-C pressed while the end of a paste is missing must not become part of the paste.
		if (isUnfinishedPaste(this.#rest) && text === '\u0003') this.#rest = '';

		const {tokens, rest} = parseKeys(this.#rest + text);
		this.#rest = rest;
		if (rest !== '') {
			this.#restTimer = setTimeout(this.#settle, rest === '\u001B' ? escapeWaitMs : restWaitMs);
		}

		this.#take(tokens);
	};

	readonly #settle = (): void => {
		const rest = this.#rest;
		this.#rest = '';
		if (rest === '\u001B') {
			this.#orphanTimer = setTimeout(() => {
				this.#orphanTimer = undefined;
			}, restWaitMs - escapeWaitMs);
			this.#orphanTimer.unref();
		}

		this.#take(settleRest(rest));
	};

	#take(tokens: readonly KeyToken[]): void {
		for (const token of tokens) {
			switch (token.kind) {
				case 'key':
					this.#queue.push(token.sequence);
					break;
				case 'paste':
					this.#queue.push(token.text);
					break;
				case 'interrupt':
					this.#queue = [];
					this.#options.onInterrupt();
					break;
				case 'suspend':
					this.#options.onSuspend?.();
					break;
			}
		}

		this.#pump();
	}

	#pump(): void {
		if (this.#isWaiting || this.#queue.length === 0 || this.listenerCount('readable') === 0) return;
		this.#isWaiting = true;
		(this.#options.whenQuiet ?? whenReactIsQuiet)(() => {
			this.#isWaiting = false;
			// The screen may have been taken down meanwhile: then the key waits for the next reader.
			if (this.listenerCount('readable') === 0) return;
			this.#ready = this.#queue.shift();
			if (this.#ready === undefined) return;
			this.emit('readable');
			this.#pump();
		});
	}
}
