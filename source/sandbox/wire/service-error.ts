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
