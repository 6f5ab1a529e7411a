import xterm from '@xterm/headless';
import {describe, expect, it} from 'vitest';
import {createFrameWriter} from '../../source/ui/terminal/frame-writer.js';
import {type TerminalSize} from '../../source/ui/terminal/terminal-size.js';
import {randomFrames, type RandomFrame} from './support/random-frames.js';
import {readGrid} from './support/read-grid.js';

const escape = '\u001B';

/** A writer on a terminal that takes everything at once; tells what was written last. */
const openWriter = (first: TerminalSize = {columns: 20, rows: 4}) => {
	let size = first;
	const written: string[] = [];
	const writer = createFrameWriter(
		{
			write(text, callback) {
				written.push(text);
				callback?.();
				return true;
			},
		},
		{get: () => size, subscribe: () => () => undefined},
	);
	return {
		writer,
		written,
		resize(next: TerminalSize) {
			size = next;
			writer.clearBeforeNextFrame();
		},
		/** Shows a frame; gives what was written for it, without the marks of its begin and end. */
		async show(...lines: readonly string[]): Promise<string> {
			const before = written.length;
			writer.stream.write(lines.join('\n'));
			await Promise.resolve();
			return written
				.slice(before)
				.join('')
				.replace(`${escape}[?2026h`, '')
				.replace(`${escape}[?2026l`, '')
				.replaceAll(escape, '^');
		},
	};
};

describe('a frame after another one', () => {
	it.each<readonly [string, readonly string[], readonly string[], string]>([
		['writes nothing where nothing changed', ['one', 'two'], ['one', 'two'], ''],
		['writes the changed cells alone', ['pending 12', 'x'], ['pending 13', 'x'], '^[1;10H3'],
		['joins changes over a short gap', ['a1 b1'], ['a2 b2'], '^[1;2H2 b2'],
		['jumps over a long gap', ['1 unchanged 1'], ['2 unchanged 2'], '^[1;1H2^[11C2'],
		['erases what is no longer there', ['a long line'], ['a'], '^[1;2H^[K'],
		['erases rows that are no longer there', ['a', 'b', 'c'], ['a'], '^[2;1H^[K^[3;1H^[K'],
		['takes an empty frame for an empty screen', ['a'], [''], '^[1;1H^[K'],
		['keeps a colour for its cells and gives it back', ['a b'], ['a ^[36mB^[39m'], '^[1;3H^[36mB^[m'],
		['changes a colour without the text', ['^[36mab^[39m'], ['^[31mab^[39m'], '^[1;1H^[31mab^[m'],
		['ends bold before dim begins', ['xy'], ['^[1mx^[22m^[2my^[22m'], '^[1;1H^[1mx^[0;2my^[m'],
		['leaves equal styles alone however they are written', ['^[1m^[31ma^[0m'], ['^[31;1ma^[39;22m'], ''],
		[
			'keeps colours of 256 and of 16 million',
			['a'],
			['^[38;5;208ma^[48;2;1;2;3mb'],
			'^[1;1H^[38;5;208ma^[0;38;5;208;48;2;1;2;3mb^[m',
		],
		['cuts what is too wide', ['x'], ['0123456789012345678901234'], '^[1;1H01234567890123456789'],
		['cuts what is too high', ['1'], ['1', '2', '3', '4', '5'], '^[2;1H2^[3;1H3^[4;1H4'],
		['blanks both halves before a wide character', ['abcd'], ['a漢d'], '^[1;2H  ^[2G漢^[4Gd'],
		['writes the neighbour of a joined letter again', ['xab'], ['e\u0301ab'], '^[1;1H ^[1Ge\u0301^[2Ga'],
		['trusts a letter that is one code point', ['xab'], ['éab'], '^[1;1Hé'],
		[
			'drops a wide character that would stand half outside',
			['x'],
			['0123456789012345678漢'],
			'^[1;1H0123456789012345678',
		],
		['shows a control character as an escape', ['abc'], ['a\tc'], '^[1;2H\\tc'],
		['passes no foreign sequence on', ['a'], ['^[2J^[10;10Hb^]0;title\u0007'], '^[1;1Hb'],
		[
			'writes links, and ends them with BEL',
			['ab'],
			['^]8;;https://a.example^\\a^]8;;^\\b'],
			'^[1;1H^]8;;https://a.example\u0007a^]8;;\u0007',
		],
	])('%s', async (_title, before, after, expected) => {
		const real = (lines: readonly string[]) => lines.map((line) => line.replaceAll('^', escape));
		const {show} = openWriter();
		await show(...real(before));
		expect(await show(...real(after))).toBe(expected);
	});
});

describe('the writer', () => {
	it('clears the screen for the first frame and after a resize, and never the scrollback', async () => {
		const {show, resize, written} = openWriter();
		expect(await show('a')).toBe('^[m^[2J^[1;1Ha');
		resize({columns: 5, rows: 2});
		expect(await show('a')).toBe('^[m^[2J^[1;1Ha');
		expect(written.join('')).not.toContain(`${escape}[3J`);
	});

	it('writes each frame in one piece between the marks of a synchronized update', async () => {
		const {writer, written} = openWriter();
		writer.stream.write('a\nb');
		await Promise.resolve();
		expect(written).toEqual([expect.stringMatching(/^\u001B\[\?2026h.*\u001B\[\?2026l$/s)]);
	});

	it('leaves modes to their owner', async () => {
		const {show} = openWriter();
		await show('a');
		expect(await show(`${escape}[?25l`)).toBe('');
		expect(await show('a')).toBe('');
	});

	it('paints the last frame again when asked to', async () => {
		const {writer, written, show} = openWriter();
		await show('ab');
		writer.repaint();
		await Promise.resolve();
		expect(written[1]).toContain(`${escape}[2J`);
		expect(written[1]).toContain('ab');
	});

	it('writes nothing any more when closed', async () => {
		const {writer, written} = openWriter();
		writer.close();
		writer.stream.write('a');
		writer.repaint();
		await Promise.resolve();
		expect(written).toEqual([]);
	});

	it('lets frames wait for a slow terminal, and writes the newest of them', async () => {
		const written: string[] = [];
		const taken: Array<() => void> = [];
		const writer = createFrameWriter(
			{
				write(text, callback) {
					written.push(text);
					if (callback) taken.push(callback);
					return false;
				},
			},
			{get: () => ({columns: 10, rows: 2}), subscribe: () => () => undefined},
		);
		for (const frame of ['1', '2', '3', '4']) {
			writer.stream.write(frame);
			await Promise.resolve();
		}

		expect(written).toHaveLength(1);
		taken.shift()?.();
		expect(written).toHaveLength(2);
		expect(written[1]).toBe(`${escape}[?2026h${escape}[1;1H4${escape}[?2026l`);
		taken.shift()?.();
		expect(written).toHaveLength(2);
	});
});

describe('random frames, colours and sizes', () => {
	const play = async (frames: readonly RandomFrame[]) => {
		const first = frames[0]?.size ?? {columns: 1, rows: 1};
		const terminal = new xterm.Terminal({...toXterm(first), allowProposedApi: true});
		// As `TerminalModes` does: a line that is full does not go on below.
		terminal.write(`${escape}[?7l`);
		let {size} = frames[0] ?? {size: first};
		const writer = createFrameWriter(
			{
				write(text, callback) {
					terminal.write(text);
					callback?.();
					return true;
				},
			},
			{get: () => size, subscribe: () => () => undefined},
		);
		for (const frame of frames) {
			if (frame.size.columns !== size.columns || frame.size.rows !== size.rows) {
				size = frame.size;
				terminal.resize(size.columns, size.rows);
			}

			writer.stream.write(frame.text);
			await Promise.resolve();
		}

		await new Promise<void>((resolve) => {
			terminal.write('', resolve);
		});
		const grid = readGrid(terminal);
		terminal.dispose();
		return grid;
	};

	it.each(Array.from({length: 60}, (_, seed) => seed))(
		'end as the last one alone (seed %i)',
		async (seed) => {
			const frames = randomFrames(seed, 40);
			expect(await play(frames)).toEqual(frames.at(-1)?.grid);
		},
	);
});

const toXterm = ({columns, rows}: TerminalSize) => ({cols: columns, rows});
