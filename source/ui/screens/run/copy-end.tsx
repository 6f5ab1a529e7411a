import {batchLines, comparedText} from '../../../domain/batch/batch-text.js';
import {jobLeft} from '../../../session/state/job-left.js';
import type {SessionState} from '../../../session/state/session-state.js';
import type {Problem} from '../../../domain/problem.js';
import {type Line} from '../../components/text/line.js';
import {Painted} from '../../components/text/painted.js';
import {scrolledLines} from '../../components/text/scrolled-lines.js';
import {wrapText} from '../../components/text/truncate.js';
import {useBody} from '../../hooks/use-body.js';
import {useScroll} from '../../hooks/use-scroll.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import type {Glyphs, Role} from '../../theme.js';

/** What a job has come to: what was copied, what failed and why, what a comparison found, and what comes next. */
export const CopyEnd = () => {
	const state = useSessionState();
	const {columns, rows} = useBody();
	const {glyphs} = useTheme();
	const lines = endLines(state, glyphs, columns);
	const {top} = useScroll(lines.length, rows, true);
	return <Painted width={columns} rows={rows} draw={() => scrolledLines(lines, {top, rows, glyphs})} />;
};

const endLines = (state: SessionState, glyphs: Glyphs, width: number): readonly Line[] => {
	const {copying, run} = state;
	const {finished, comparisons = []} = run.batch ?? {};
	const left = copying?.stage === 'left' ? jobLeft(state) : undefined;
	const problem = copying?.problem;
	const say = (text: string): readonly Line[] => {
		const indent = text.length - text.trimStart().length;
		const [, sign = '', rest = ''] = /^([✓✗?–!] )?(.*)$/s.exec(text.trimStart()) ?? [];
		const {shown, role} = signOf(sign.trim(), glyphs);
		return wrapText(rest, width - indent - 6).map((line, index): Line => [
			{text: ' '.repeat(indent), role: 'plain'},
			{text: sign === '' ? '' : `${index === 0 ? shown : ' '} `, role},
			{text: line, role: 'plain'},
		]);
	};

	return [
		[],
		...(finished ? batchLines(finished).flatMap(say) : []),
		...comparisons.flatMap((one) => [
			[],
			...say(`  ${one.missing + one.different > 0 ? '✗' : '✓'} ${comparedText(one)}`),
		]),
		...(left ? told(left, say, '–') : []),
		...(problem ? [...(finished ? [[]] : []), ...told(problem, say, '✗')] : []),
	];
};

const told = (
	{headline, cause, nextSteps, documents = []}: Problem,
	say: (text: string) => readonly Line[],
	sign: string,
): readonly Line[] => [
	...say(`  ${sign} ${headline}`),
	...say(`    ${cause}`),
	...nextSteps.flatMap((step, index) => say(`    ${index + 1}. ${step}`)),
	...documents.flatMap(({title, value}) => [
		...say(`    ${title}:`),
		...(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2))
			.split('\n')
			.map((line): Line => [{text: `      ${line}`, role: 'plain'}]),
	]),
];

const signOf = (
	sign: string,
	{ok, failed, warning}: Glyphs,
): {readonly shown: string; readonly role: Role} => {
	if (sign === '✓') return {shown: ok, role: 'ok'};
	if (sign === '✗') return {shown: failed, role: 'error'};
	return sign === '!' ? {shown: warning, role: 'warning'} : {shown: sign, role: 'secondary'};
};
