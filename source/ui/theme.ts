import {asciiLine} from '../domain/text/ascii-text.js';

/** What a piece of text is for. Roles, not hues: the theme alone knows colours. */
export type Role = 'accent' | 'secondary' | 'ok' | 'warning' | 'error' | 'pending' | 'strong' | 'plain';

/** Props for Ink's `<Text>`. Only the terminal's own 16 colours, so that the person's palette decides. */
export type TextStyle = {
	readonly color?: 'cyan' | 'yellow' | 'red' | 'green';
	readonly dimColor?: boolean;
	readonly bold?: boolean;
};

/** Every sign the program draws. One cell wide and without the Emoji property, or plain ASCII. */
export type Glyphs = {
	readonly ok: string;
	/** One cell, for the row of dots in the header. */
	readonly stepDone: string;
	readonly failed: string;
	readonly current: string;
	readonly todo: string;
	readonly pending: string;
	readonly focus: string;
	readonly open: string;
	readonly retry: string;
	readonly skipped: string;
	readonly warning: string;
	readonly more: string;
	readonly arrow: string;
	/** The other way, and both. */
	readonly arrowBack: string;
	readonly bothWays: string;
	readonly upDown: string;
	readonly leftRight: string;
	readonly left: string;
	readonly right: string;
	readonly minus: string;
	readonly enter: string;
	readonly prompt: string;
	readonly changed: string;
	readonly caret: string;
	readonly barDone: string;
	readonly barTodo: string;
	readonly rule: string;
	readonly divider: string;
	/** From lowest to highest. */
	readonly levels: readonly string[];
};

const unicodeGlyphs: Glyphs = {
	ok: '✓',
	stepDone: '✓',
	failed: '✗',
	current: '●',
	todo: '○',
	pending: '◐',
	focus: '▸',
	open: '▾',
	retry: '↻',
	skipped: '–',
	warning: '!',
	more: '…',
	arrow: '→',
	arrowBack: '←',
	bothWays: '⇄',
	upDown: '↑↓',
	leftRight: '← →',
	left: '←',
	right: '→',
	minus: '−',
	enter: '⏎',
	prompt: '›',
	changed: '•',
	caret: '▏',
	barDone: '━',
	barTodo: '─',
	rule: '─',
	divider: '│',
	levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

const asciiGlyphs: Glyphs = {
	ok: 'ok',
	stepDone: '#',
	failed: 'x',
	current: '*',
	todo: 'o',
	pending: '~',
	focus: '>',
	open: 'v',
	retry: 'r',
	skipped: '-',
	warning: '!',
	more: asciiLine(unicodeGlyphs.more),
	arrow: asciiLine(unicodeGlyphs.arrow),
	arrowBack: asciiLine(unicodeGlyphs.arrowBack),
	bothWays: asciiLine(unicodeGlyphs.bothWays),
	upDown: 'up/down',
	leftRight: 'left/right',
	left: 'left',
	right: 'right',
	minus: '-',
	enter: 'enter',
	prompt: '>',
	changed: '*',
	caret: '_',
	barDone: '#',
	barTodo: '-',
	rule: '-',
	divider: '|',
	levels: ['.', ':', '-', '=', '+', '*', '%', '#'],
};

const colouredStyles: Readonly<Record<Role, TextStyle>> = {
	accent: {color: 'cyan'},
	secondary: {dimColor: true},
	ok: {color: 'cyan'},
	warning: {color: 'yellow'},
	error: {color: 'red'},
	pending: {color: 'yellow'},
	strong: {bold: true},
	plain: {},
};

const plainStyles: Readonly<Record<Role, TextStyle>> = {
	accent: {},
	secondary: {},
	ok: {},
	warning: {},
	error: {},
	pending: {},
	strong: {},
	plain: {},
};

export type Theme = {
	readonly hasColour: boolean;
	/** May signs beyond ASCII be drawn? */
	readonly hasUnicode: boolean;
	readonly styles: Readonly<Record<Role, TextStyle>>;
	readonly glyphs: Glyphs;
};

/** @param hasUnicode may signs beyond ASCII be drawn */
export const createTheme = ({
	hasColour,
	hasUnicode,
}: {
	readonly hasColour: boolean;
	readonly hasUnicode: boolean;
}): Theme => ({
	hasColour,
	styles: hasColour ? colouredStyles : plainStyles,
	hasUnicode,
	glyphs: hasUnicode ? unicodeGlyphs : asciiGlyphs,
});
