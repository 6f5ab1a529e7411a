/** An answer that is an error: AWS's code, message and status, with the extra fields and headers AWS gives. */
export class ServiceError extends Error {
	readonly code: string;
	readonly status: number;
	readonly fields: Readonly<Record<string, string>>;
	readonly headers: Readonly<Record<string, string>>;

	constructor(
		code: string,
		status: number,
		message: string,
		extra: {
			readonly fields?: Readonly<Record<string, string>>;
			readonly headers?: Readonly<Record<string, string>>;
		} = {},
	) {
		super(message);
		this.name = 'ServiceError';
		this.code = code;
		this.status = status;
		this.fields = extra.fields ?? {};
		this.headers = extra.headers ?? {};
	}
}

/** The message of an answer that only a mistake in the sandbox can cause: it names it, so that it can be mended. */
export function describeBug(error: unknown): string {
	return `We encountered an internal error. Please try again. (${String(error)})`;
}

/** Takes the errors of a service, gives what makes one of them: the message is the usual one unless another is given. */
export function errorsOf<Code extends string>(
	table: Readonly<Record<Code, readonly [status: number, message: string]>>,
): (code: Code, message?: string) => ServiceError {
	return (code, message) => new ServiceError(code, table[code][0], message ?? table[code][1]);
}

/** The sentence about what the sandbox does not do: it refuses rather than pretend. */
export function unimplemented(what: string): string {
	return `The sandbox does not implement ${what}.`;
}
