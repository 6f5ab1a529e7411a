import {bucketOfArn} from '../../../domain/arn.js';
import {ruleName} from '../../../domain/rule/rule-name.js';
import type {DiagnosedRule} from '../../../session/state/diagnosed-rule.js';
import {isWrong} from '../../../domain/diagnose/finding.js';
import {filterOf, filterText} from '../../../domain/rule/rule-filter.js';
import {type Line, plain, quiet, type Span} from '../../components/text/line.js';
import {truncateEnd} from '../../components/text/truncate.js';
import type {Glyphs} from '../../theme.js';

/** A rule with its destination, and what was found of it: a row each, over what it has of room. */
export const diagnosedLines = (one: DiagnosedRule, glyphs: Glyphs, width: number): readonly Line[] => {
	const {rule, causes} = one;
	const {sign, role, text} = verdictOf(one, glyphs);
	const room = Math.max(10, width - 6);
	const takes = filterText(filterOf(rule));
	const head = `${ruleName(rule)}: ${takes} ${glyphs.arrow} ${bucketOfArn(rule.Destination.Bucket)}`;
	const told = causes.length > 1 ? `${text} (and ${causes.length - 1} more)` : text;
	return [
		[{text: `${sign} `, role}, plain(truncateEnd(head, room, glyphs.more))],
		[quiet(`  ${truncateEnd(told, room - 2, glyphs.more)}`)],
	];
};

type Verdict = Pick<Span, 'role'> & {readonly sign: string; readonly text: string};

const verdictOf = ({rule, causes, isDestinationSeen}: DiagnosedRule, glyphs: Glyphs): Verdict => {
	const [first] = causes;
	if (first && isWrong(first))
		return {sign: glyphs.failed, role: 'error', text: `${first.reason}  ${first.headline}`};
	if (rule.Status !== 'Enabled')
		return {sign: glyphs.skipped, role: 'secondary', text: 'It is disabled: it replicates nothing.'};
	if (isDestinationSeen === false)
		return {sign: '?', role: 'pending', text: 'No profile sees the destination: P chooses one.'};
	if (first) return {sign: glyphs.warning, role: 'warning', text: first.headline};
	return {sign: glyphs.ok, role: 'ok', text: 'Nothing is wrong.'};
};
