import {fixable, type Problem} from './problem.js';

/** A bucket that is not there for this profile. `doing`: what cannot be done with it. */
export function bucketNotFound(doing: string, bucket: string, profile: string): Problem {
	return fixable(
		'bucket-not-found',
		`Cannot ${doing} ${bucket}: profile ${profile} does not find it`,
		'No bucket has this name, another account owns it, or s3:ListBucket is missing.',
		['Check the name.', 'Choose the profile of the account that owns it: --source-profile NAME.'],
	);
}

/** A bucket without the rules that something needs. `what`: what cannot be done, and why, in a few words. */
export function notReplicated(what: string, cause: string): Problem {
	return fixable('not-replicated', `Cannot ${what}`, cause, [
		'Set one up: start s3-replicate without a command, or with apply.',
	]);
}

/** A command was not told which bucket. */
export function missingBucket(nextStep: string, ...others: readonly string[]): Problem {
	return fixable('missing-answers', 'Cannot start: --source-bucket is missing', nextStep, [
		'Add --source-bucket NAME.',
		...others,
	]);
}
