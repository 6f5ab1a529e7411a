/** What a proxy said, or why nothing came from it; it passes for a failed connection wherever one may be tried again. */
export class ProxyFailure extends Error {
	override readonly name = 'ProxyFailure';
	/** Node's code of the connection, else what the proxy answered. */
	readonly code: string;
	/** Host and port of the proxy: what else its URL holds is nobody's business. */
	readonly place: string;
	/** The variable that names it. */
	readonly variable: string;
	/** What it answered, where it did. */
	readonly status?: number;

	constructor(place: string, variable: string, message: string, status?: number, code?: string) {
		super(message);
		this.place = place;
		this.variable = variable;
		this.status = status;
		this.code = code ?? (status === undefined ? 'ProxyFailed' : `ProxyAnswered${status}`);
	}
}
