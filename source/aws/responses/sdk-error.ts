/** What is looked at of an error that came through the SDK: one of its own, one of Node's, or what somebody made of the two. */
export type SdkError = {
	readonly name?: string;
	readonly message?: string;
	/** AWS's code, as XML has it. */
	readonly Code?: string;
	/** Node's, of a connection or a file. */
	readonly code?: string;
	/** Node's, of a file. */
	readonly path?: string;
	readonly syscall?: string;
	/** The same error at each of several addresses. */
	readonly errors?: readonly SdkError[];
	readonly $metadata?: {
		readonly httpStatusCode?: number;
		readonly requestId?: string;
		readonly attempts?: number;
	};
	/** Whose fault it is, where the service itself says so. */
	readonly $fault?: unknown;
	/** Not enumerable: the SDK keeps the answer here. */
	readonly $response?: {readonly headers?: Readonly<Record<string, string>>};
	/** Whom a sign-in asked that failed on the way. */
	readonly signInHost?: string;
};
