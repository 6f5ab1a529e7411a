import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {KeyStdin} from '../../source/ui/terminal/key-stdin.js';

class FakeTerminal extends EventEmitter {
	rawModes: boolean[] = [];
	isPaused = true;

	setRawMode(isRaw: boolean): void {
		this.rawModes.push(isRaw);
	}

	pause(): void {
		this.isPaused = true;
	}

	resume(): void {
		this.isPaused = false;
	}
}

/** A shim whose reader notes every key, and whose quiet moments the test gives out. */
const open = () => {
	const terminal = new FakeTerminal();
	const waiting: Array<() => void> = [];
	const events: string[] = [];
	const keyStdin = new KeyStdin({
		source: terminal,
		onInterrupt: () => events.push('interrupt'),
		onSuspend: () => events.push('suspend'),
		onEnd: () => events.push('end'),
		whenQuiet: (callback) => waiting.push(callback),
	});
	keyStdin.start();
	const read = () => {
		for (let key = keyStdin.read(); key !== null; key = keyStdin.read()) events.push(key);
	};
	keyStdin.on('readable', read);
	return {
		terminal,
		keyStdin,
		events,
		read,
		send: (text: string | Buffer) => terminal.emit('data', text),
		quiet: () => waiting.shift()?.(),
		quietUntilEmpty: () => {
			while (waiting.length > 0) waiting.shift()?.();
		},
	};
};

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

describe('one key a read', () => {
	test('the next key waits until React is quiet', () => {
		const shim = open();
		shim.send('ab\r');
		expect(shim.events).toEqual([]);
		shim.quiet();
		expect(shim.events).toEqual(['a']);
		shim.quiet();
		expect(shim.events).toEqual(['a', 'b']);
		shim.quiet();
		expect(shim.events).toEqual(['a', 'b', '\r']);
	});

	test('keys typed while no screen listens wait for the next screen', () => {
		const shim = open();
		shim.keyStdin.off('readable', shim.read);
		shim.send('x');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual([]);
		shim.keyStdin.on('readable', shim.read);
		vi.advanceTimersByTime(1);
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['x']);
	});

	test('a character split across reads stays whole', () => {
		const shim = open();
		const bytes = Buffer.from('é');
		shim.send(bytes.subarray(0, 1));
		shim.send(bytes.subarray(1));
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['é']);
	});
});

describe('the Escape key', () => {
	test('an arrow split across reads by 40 ms is one arrow', () => {
		const shim = open();
		shim.send('\u001B');
		vi.advanceTimersByTime(40);
		shim.send('[A');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['\u001B[A']);
	});

	test('an Esc alone is Escape after 50 ms', () => {
		const shim = open();
		shim.send('\u001B');
		vi.advanceTimersByTime(49);
		shim.quietUntilEmpty();
		expect(shim.events).toEqual([]);
		vi.advanceTimersByTime(1);
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['\u001B']);
	});

	test('the tail of an arrow that comes too late is not typed as text', () => {
		const shim = open();
		shim.send('\u001B');
		vi.advanceTimersByTime(200);
		shim.send('[Ax');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['\u001B', 'x']);
	});

	test('a bracket typed long after Escape is text', () => {
		const shim = open();
		shim.send('\u001B');
		vi.advanceTimersByTime(400);
		shim.send('[A');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['\u001B', '[', 'A']);
	});

	test('half a sequence whose end never comes is dropped', () => {
		const shim = open();
		shim.send('\u001B[1;');
		vi.advanceTimersByTime(300);
		shim.send('x');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['x']);
	});
});

describe('paste', () => {
	test('a paste in pieces is one edit', () => {
		const shim = open();
		shim.send('\u001B[200~my-');
		vi.advanceTimersByTime(100);
		shim.send('bucket\n\u001B[20');
		shim.send('1~');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['my-bucket']);
	});

	test('Ctrl-C gets through a paste whose end is missing', () => {
		const shim = open();
		shim.send('\u001B[200~abc');
		shim.send('\u0003');
		expect(shim.events).toEqual(['interrupt']);
	});
});

describe('Ctrl-C and Ctrl-Z', () => {
	test('Ctrl-C comes at once and drops what was typed before it', () => {
		const shim = open();
		shim.send('abc\r');
		shim.send('\u0003');
		expect(shim.events).toEqual(['interrupt']);
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['interrupt']);
	});

	test('Ctrl-C works while no screen listens', () => {
		const shim = open();
		shim.keyStdin.off('readable', shim.read);
		shim.send('\u0003');
		expect(shim.events).toEqual(['interrupt']);
	});

	test('Ctrl-Z comes at once', () => {
		const shim = open();
		shim.send('\u001A');
		expect(shim.events).toEqual(['suspend']);
	});
});

describe('the terminal', () => {
	test('raw mode is on from start to stop, whatever Ink switches', () => {
		const shim = open();
		shim.keyStdin.setRawMode();
		shim.keyStdin.unref();
		expect(shim.terminal.rawModes).toEqual([true]);
		shim.keyStdin.stop();
		shim.keyStdin.stop();
		expect(shim.terminal.rawModes).toEqual([true, false]);
		expect(shim.terminal.isPaused).toBe(true);
	});

	test('after a stop nothing is read; after a new start it is', () => {
		const shim = open();
		shim.keyStdin.stop();
		shim.send('a');
		shim.keyStdin.start();
		shim.send('b');
		shim.quietUntilEmpty();
		expect(shim.events).toEqual(['b']);
	});

	test('a terminal that is closed is reported, not thrown', () => {
		const shim = open();
		shim.terminal.emit('error', new Error('EIO'));
		expect(shim.events).toEqual(['end']);
	});
});
