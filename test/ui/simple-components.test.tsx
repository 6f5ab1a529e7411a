import {render} from 'ink-testing-library';
import {describe, expect, it} from 'vitest';
import {ProblemPanel} from '../../source/ui/components/problems/problem-panel.js';
import {Paragraph} from '../../source/ui/components/text/paragraph.js';
import {ProgressBar} from '../../source/ui/components/text/progress-bar.js';
import {ThemeContext} from '../../source/ui/hooks/use-theme.js';
import {createTheme} from '../../source/ui/theme.js';

const ascii = createTheme({hasColour: false, hasUnicode: false});

describe('a progress bar', () => {
	it.each([
		[0, 8, '────────'],
		[1, 1000, '━───────'],
		[4, 8, '━━━━────'],
		[999, 1000, '━━━━━━━─'],
		[8, 8, '━━━━━━━━'],
		[0, 0, '────────'],
	])('shows %i of %i as %s: full only when all is done', (done, total, bar) => {
		expect(render(<ProgressBar done={done} total={total} width={8} />).lastFrame()).toBe(bar);
	});

	it('has signs that every terminal knows', () => {
		const bar = (
			<ThemeContext value={ascii}>
				<ProgressBar done={1} total={2} width={4} />
			</ThemeContext>
		);

		expect(render(bar).lastFrame()).toMatch(/^[\x20-\x7E]{4}$/);
	});
});

describe('a paragraph', () => {
	it.each([
		['✓', undefined],
		['ok', ascii],
	])('parts its sign %s from the text, and sets in what follows', (sign, theme) => {
		const paragraph = <Paragraph sign={sign} text="Run r is undone." width={16} />;
		const frame = render(
			theme ? <ThemeContext value={theme}>{paragraph}</ThemeContext> : paragraph,
		).lastFrame();
		expect(frame?.split('\n').map((line) => line.trimEnd())).toEqual([
			` ${sign} Run r is`,
			`${' '.repeat(sign.length + 2)}undone.`,
		]);
	});
});

describe('a problem', () => {
	it('is told as headline, cause and numbered next steps, without what a terminal would obey', () => {
		const panel = (
			<ProblemPanel
				headline="Cannot read the rule"
				cause={'AWS says AccessDenied.\u001B[2J'}
				nextSteps={['Ask for the permission.', 'Choose another profile.']}
				width={60}
			/>
		);
		const frame = render(panel).lastFrame() ?? '';

		expect(frame.split('\n').map((line) => line.trim())).toEqual([
			'✗ Cannot read the rule',
			expect.stringMatching(/^cause +AWS says AccessDenied\./),
			expect.stringMatching(/^next +1 +Ask for the permission\.$/),
			expect.stringMatching(/^2 +Choose another profile\.$/),
		]);
		expect(frame).not.toContain('\u001B[2J');
	});
});
