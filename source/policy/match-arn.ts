import {matchesPattern, type Pattern} from './pattern.js';

const segmentCount = 6;

/**
 * Says whether an ARN fits a pattern segment by segment: a wildcard never reaches over one of the first five colons,
 * while the resource part may hold colons itself (IAM User Guide, reference_policies_elements_resource and
 * reference_policies_elements_condition_operators, "Amazon Resource Name (ARN) condition operators").
 */
export function matchesArn(pattern: Pattern, arn: string): boolean {
	if (pattern.length === 1 && pattern[0] === 'any-many') return true;
	const patterns = splitPattern(pattern);
	const texts = splitText(arn);
	return (
		patterns.length === texts.length &&
		patterns.every((segment, index) => matchesPattern(segment, texts[index] ?? ''))
	);
}

/** Takes a pattern of ARNs; gives its segments, the last with all that is left. */
export function splitPattern(pattern: Pattern): readonly Pattern[] {
	const segments: Pattern[] = [];
	let start = 0;
	pattern.forEach((part, index) => {
		if (typeof part === 'object' && part.literal === ':' && segments.length < segmentCount - 1) {
			segments.push(pattern.slice(start, index));
			start = index + 1;
		}
	});
	return [...segments, pattern.slice(start)];
}

function splitText(arn: string): readonly string[] {
	const segments = arn.split(':');
	return [...segments.slice(0, segmentCount - 1), ...restOf(segments)];
}

function restOf(segments: readonly string[]): readonly string[] {
	return segments.length < segmentCount ? [] : [segments.slice(segmentCount - 1).join(':')];
}
