import {iamError} from './errors.js';

const maxLength = 512;

/** Throws ValidationError for a path that IAM does not take (IAM API reference, CreateRole, "Path"). */
export function checkPath(path: string): string {
	if (/^(\/|\/[\x21-\x7e]+\/)$/.test(path) && path.length <= maxLength) return path;
	throw iamError(
		'ValidationError',
		'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
	);
}
