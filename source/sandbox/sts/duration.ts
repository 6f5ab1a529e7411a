import {iamError} from '../iam/errors.js';

/** Throws ValidationError for a session of a length that STS does not give, in seconds (STS API reference). */
export function checkDuration(seconds: number | undefined, minSeconds: number, maxSeconds: number): void {
	if (seconds === undefined || (seconds >= minSeconds && seconds <= maxSeconds)) return;
	const rule =
		seconds < minSeconds ? `greater than or equal to ${minSeconds}` : `less than or equal to ${maxSeconds}`;
	throw iamError(
		'ValidationError',
		`1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${rule}`,
	);
}
