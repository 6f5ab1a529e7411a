import type {SignInAdvice} from './sign-in-advice.js';
import {withoutUserInfo} from './endpoint/endpoint-url.js';
import {masked} from './text/masked.js';

/**
 * What went wrong, as a value that a person can act on.
 * `fixable`: the person can do something. `cancelled`: the person stopped it. `bug`: ours.
 */
export type ProblemKind = 'fixable' | 'cancelled' | 'bug';

export type Problem = {
	/** Stable, kebab-case; AWS's own code, where there is one, stands in `cause`. */
	readonly code: string;
	/** What is wrong now. */
	readonly headline: string;
	/** Why, with the evidence: AWS's code and request id where there is one. */
	readonly cause: string;
	/** What belongs to the cause, a line each for people; see `wholeCause`. */
	readonly details?: readonly string[];
	/** What to do, most likely first. */
	readonly nextSteps: readonly string[];
	readonly kind: ProblemKind;
	/** The sign-in that ends it, where a command does: it can be offered. */
	readonly signIn?: SignInAdvice;
	/** What a next step speaks of, to be handed on as it is: a policy, for one. */
	readonly documents?: readonly ProblemDocument[];
};

export type ProblemDocument = {
	readonly title: string;
	readonly value: unknown;
	/** What is there, where a way out makes `value` of it: shown as what would change. */
	readonly before?: unknown;
	/** The answer whose yes makes that change of what others made. */
	readonly consent?: string;
};

/** A problem that the person can act on. Passwords in web addresses that were typed, wherever, are not repeated in it. */
export function fixable(
	code: string,
	headline: string,
	cause: string,
	nextSteps: readonly string[],
): Problem {
	return {
		code,
		headline: withoutUserInfo(headline),
		cause: withoutUserInfo(cause),
		nextSteps: nextSteps.map(withoutUserInfo),
		kind: 'fixable',
	};
}

/** The cause with its details, in sentences: for who wants one text. */
export function wholeCause({cause, details = []}: Problem): string {
	return [cause, ...details.map((detail) => `${detail}.`)].join(' ');
}

const outages = new Set(['endpoint-unreachable', 'proxy-unreachable']);

/** Whether nothing came from the other end, or from what stands on the way there: it may pass. */
export function isOutage({code}: Problem): boolean {
	return outages.has(code);
}

/** What AWS answered, for code that has to tell one refusal from another. */
export type AwsErrorResponse = {
	/** The API's operation, such as `PutBucketPolicy`. */
	readonly operation: string;
	/** AWS's error code on the wire, such as `MalformedPolicy`. */
	readonly code: string;
	readonly message: string;
	/** Where the bucket is, if the answer says so (`x-amz-bucket-region`). */
	readonly bucketRegion?: string;
	/** Absent where no answer came. */
	readonly httpStatus?: number;
	/** How many requests the SDK made of the call: an earlier one may have had an effect, though its answer was lost. */
	readonly attempts?: number;
};

/** Whether an answer says that the caller may not do it: S3 and IAM by the status, KMS with HTTP 400 by the code. Source: KMS API Reference, "Common Errors". */
export function isRefusal({httpStatus, code}: AwsErrorResponse): boolean {
	return httpStatus === 403 || code === 'AccessDeniedException';
}

/** The way a problem travels through code that throws; it is caught once per boundary. */
export class ProblemError extends Error {
	override readonly name = 'ProblemError';
	readonly problem: Problem;
	readonly answer: AwsErrorResponse | undefined;

	constructor(problem: Problem, answer?: AwsErrorResponse) {
		super(`${problem.headline}: ${problem.cause}`);
		this.problem = problem;
		this.answer = answer;
	}
}

/** What AWS answered, where that is what was thrown. */
export function answerOf(thrown: unknown): AwsErrorResponse | undefined {
	return thrown instanceof ProblemError ? thrown.answer : undefined;
}

/** The problem that says: the person stopped this. */
export const cancelled: Problem = {
	code: 'cancelled',
	headline: 'Cancelled',
	cause: 'It was stopped by Ctrl-C or a signal.',
	nextSteps: ['Run the same command again.'],
	kind: 'cancelled',
};

/** Turns whatever was thrown into a problem. Never throws. An error that nobody foresaw is called a bug of ours. */
export function problemFrom(thrown: unknown): Problem {
	if (thrown instanceof ProblemError) return thrown.problem;
	if (thrown instanceof Error && thrown.name === 'AbortError') return cancelled;
	return {
		code: 'unexpected',
		headline: 'Cannot go on: something unforeseen happened',
		cause: faultText(thrown),
		nextSteps: ['Run the same command again.', 'Report it, with this text.'],
		kind: 'bug',
	};
}

/** What was thrown, as whoever threw it says it: of files, as node does. */
export function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What is told of an error that nobody foresaw: whoever made it may have put a secret in. */
export function faultText(thrown: unknown): string {
	return masked(
		withoutUserInfo(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)),
	);
}

/** Several problems as one: the first in full, the others named. */
export function joined(problems: readonly Problem[]): Problem {
	const [first, ...others] = problems;
	if (!first) throw new Error('There is no problem.');
	if (others.length === 0) return first;
	const documents = problems.flatMap((problem) => problem.documents ?? []);
	return {
		...first,
		cause: `${first.cause} Also: ${others.map(({headline, cause}) => `${headline}. ${cause}`).join(' ')}`,
		nextSteps: [...new Set([...first.nextSteps, ...others.flatMap(({nextSteps}) => nextSteps)])],
		...(documents.length === 0 ? {} : {documents}),
	};
}
