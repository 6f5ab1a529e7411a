import {rangeRule} from '../wire/constraint.js';
import {iamError, invalidMember} from './errors.js';

/** Throws ValidationError for a name that IAM does not take (IAM User Guide, reference_iam-quotas). */
export function checkName(member: string, name: string | undefined, maxLength: number): void {
	const text = name ?? '';
	const broken =
		rangeRule(text.length, 1, maxLength, 'length') ??
		(/^[\w+=,.@-]+$/.test(text) ? undefined : 'satisfy regular expression pattern: [\\w+=,.@-]+');
	if (broken !== undefined) throw invalidMember(member, broken, text);
}

const maxPathLength = 512;

/** Throws ValidationError for a path that IAM does not take (IAM API reference, CreateRole, "Path"). */
export function checkPath(path: string): string {
	if (/^(\/|\/[\x21-\x7e]+\/)$/.test(path) && path.length <= maxPathLength) return path;
	throw iamError(
		'ValidationError',
		'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
	);
}
