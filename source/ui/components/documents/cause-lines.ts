import {isWrong} from '../../../domain/diagnose/finding.js';
import type {Cause} from '../../../domain/event.js';
import type {ProblemDocument} from '../../../domain/problem.js';
import {type Glyphs} from '../../theme.js';
import {blankLine, type Line, type Span} from '../text/line.js';
import {wrapHard, wrapText} from '../text/truncate.js';

/** How a cause looks: something is wrong, or perhaps. */
export const signOf = (cause: Cause, glyphs: Glyphs): Pick<Span, 'role'> & {readonly sign: string} =>
	isWrong(cause) ? {sign: glyphs.failed, role: 'error'} : {sign: glyphs.warning, role: 'warning'};

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
