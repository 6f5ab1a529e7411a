import {iamError} from './errors.js';

const minSeconds = 3600;
const maxSeconds = 43_200;

/** Throws ValidationError unless sessions of a role may last so long (IAM API reference, CreateRole, "MaxSessionDuration"). */
export function checkMaxSession(seconds: number | undefined): number | undefined {
	if (seconds === undefined || (seconds >= minSeconds && seconds <= maxSeconds)) return seconds;
	const rule =
		seconds < minSeconds ? `greater than or equal to ${minSeconds}` : `less than or equal to ${maxSeconds}`;
	throw iamError(
		'ValidationError',
		`1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${rule}`,
	);
}
