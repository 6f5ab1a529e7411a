import {bucketOfArn} from '../arn.js';
import type {RoleGap} from './role-gaps.js';

/** Each gap or doubt once. */
export function uniqueGaps<T extends object>(gaps: readonly T[]): readonly T[] {
	return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()];
}

/** A gap for people: `s3:ReplicateObject on dst/* is missing`. */
export function gapText({reason, actions, resource, deniedBy}: RoleGap): string {
	const what = `${actions.join(', ')} on ${bucketOfArn(resource)}`;
	if (reason === 'missing') return `${what} is missing`;
	if (reason === 'boundary') return `${what} is not allowed by its permissions boundary`;
	return `${what} is denied by ${deniedBy.join(', ')}`;
}
