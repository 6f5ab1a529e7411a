import {ServiceError} from '../wire/service-error.js';

/** Thrown where a job cannot go on: its code and words, as DescribeJob gives them. */
export class JobFailedError extends Error {
	readonly code: string;

	constructor(code: string, message: string) {
		super(message);
		this.name = 'JobFailedError';
		this.code = code;
	}
}

/** What keeps the manifest from being read or made; the start of the words: third-party (MoJ analytical-platform#8496), the code guessed. */
export function manifestFailure(reason: string): JobFailedError {
	return new JobFailedError('ManifestPreparationFailed', `Error occurred when preparing manifest: ${reason}`);
}

/** Does what S3 or KMS may refuse the role; its reason keeps the manifest from being read or made then. */
export function orManifestFailure<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (error) {
		if (error instanceof ServiceError) throw manifestFailure(error.message);
		throw error;
	}
}
