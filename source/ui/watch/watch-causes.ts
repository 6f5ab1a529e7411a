import {isWrong} from '../../domain/diagnose/finding.js';
import type {Cause} from '../../domain/event.js';
import type {ProblemDocument} from '../../domain/problem.js';
import {type Glyphs} from '../theme.js';
import {blankLine, type Line, quiet, type Span} from '../components/text/line.js';
import {displayWidth, truncateEnd, wrapHard, wrapText} from '../components/text/truncate.js';

const gap = '   ';

const signOf = (cause: Cause, glyphs: Glyphs): Pick<Span, 'role'> & {readonly sign: string} =>
	isWrong(cause) ? {sign: glyphs.failed, role: 'error'} : {sign: glyphs.warning, role: 'warning'};

/** What stands in the way of files, in a row: the first cause, how many there are besides, and the keys that help. */
export const causeLine = (
	causes: readonly Cause[],
	{glyphs, width, canMend}: {readonly glyphs: Glyphs; readonly width: number; readonly canMend: boolean},
): Line => {
	const [first, ...more] = causes;
	if (!first) return blankLine;
	const {sign, role} = signOf(first, glyphs);
	const besides = more.length === 0 ? '' : ` (and ${more.length} more)`;
	const keys = `${besides}${gap}d why${canMend ? `${gap}x mend` : ''}`;
	const room = Math.max(10, width - displayWidth(keys) - 1);
	return [
		{text: truncateEnd(`  ${sign} ${first.reason}  ${first.headline}`, room, glyphs.more), role},
		quiet(keys),
	];
};

/** Everything that is known of the causes: what each was read from, who can mend it, and what to hand over. */
export const causeLines = (causes: readonly Cause[], glyphs: Glyphs, width: number): readonly Line[] =>
	causes.flatMap((cause, index) => {
		const {sign, role} = signOf(cause, glyphs);
		const {headline, reason, certainty, ruleId, document} = cause;
		const about = ruleId === null ? '' : `, rule ${ruleId}`;
		return [
			...(index === 0 ? [] : [blankLine]),
			...said(`${sign} ${headline}`, role, width),
			...said(`${reason}, ${certainty}${about}`, 'secondary', width),
			...said(cause.evidence, 'plain', width),
			...said(cause.mend, 'plain', width),
			...(document ? handed(document, width) : []),
		];
	});

const said = (text: string, role: Span['role'], width: number): readonly Line[] =>
	wrapText(text, width - 2).map((line) => [{text: `  ${line}`, role}]);

const handed = ({title, value}: ProblemDocument, width: number): readonly Line[] => [
	...said(`${title}:`, 'secondary', width),
	...JSON.stringify(value, undefined, 2)
		.split('\n')
		.flatMap((line) => wrapHard(line, width - 4).map((part): Line => [{text: `    ${part}`, role: 'plain'}])),
];
