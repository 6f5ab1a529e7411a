type ProxyFacts = {
	/** Host and port of the proxy: what else its URL holds is nobody's business. */
	readonly place: string;
	/** The variable that names it. */
	readonly variable: string;
	/** Whether its URL says https: it is spoken to with TLS then. */
	readonly isTls?: boolean;
	/** What it answered, where it did. */
	readonly status?: number;
	/** Whether it said that a tunnel is open, and none was. */
	readonly isNoTunnel?: boolean;
	/** The ways to sign in that it named. */
	readonly asksFor?: readonly string[];
	/** Node's code of the connection. */
	readonly code?: string;
};

/** What a proxy said, or why nothing came from it; it passes for a failed connection wherever one may be tried again. */
export class ProxyFailure extends Error {
	override readonly name = 'ProxyFailure';
	/** Node's code of the connection, else what the proxy answered. */
	readonly code: string;
	readonly facts: ProxyFacts;

	constructor(message: string, facts: ProxyFacts) {
		super(message);
		this.facts = facts;
		const {status, code} = facts;
		this.code = code ?? (status === undefined ? 'ProxyFailed' : `ProxyAnswered${status}`);
	}
}
