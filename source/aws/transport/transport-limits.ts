/** What a request may take. Each limit ends it with an error; none is lifted by an endpoint that goes on sending something. */
export type TransportLimits = {
	/** Until TCP answers: an address where nothing is. */
	readonly connectMs: number;
	/**
	 * From the first moment until the answer's headers are whole, with connecting, TLS and the wait for a socket in it. What an
	 * endpoint sends before (`100 Continue`, half a header) does not lengthen it; a body of ours does, see `minUploadBytesPerS`.
	 */
	readonly headersMs: number;
	/** As much longer the headers may take for each second that sending our body takes at this rate. */
	readonly minUploadBytesPerS: number;
	/** From the headers until the answer's last byte. */
	readonly bodyMs: number;
	/** In each span of `rateSpanMs` the body brings this much, or ends. */
	readonly minSpanBytes: number;
	readonly rateSpanMs: number;
	/** The longest body. The largest answer there is, a page of 1,000 versions with keys of 1,024 bytes, takes less than a fifth. */
	readonly maxBodyBytes: number;
	/** How long getting credentials takes at most, questions to a person aside: what the SDK asks on its own (a container's or an
	 * instance's endpoint, a process) knows none of the limits above. */
	readonly credentialsMs: number;
};

/**
 * The SDK sends a request three times at most, each within `headersMs + bodyMs`, and waits less than a second in all between
 * them: a call that nobody answers ends after 91 s, one whose answer drips after 31 s, and none takes longer than 5 min
 * (a body of ours aside: 1 MB of it adds a minute to each of the three).
 * AWS states no such limits; these are far above what its answers take.
 */
export const transportLimits: TransportLimits = {
	connectMs: 10_000,
	headersMs: 30_000,
	minUploadBytesPerS: 16_384,
	bodyMs: 60_000,
	minSpanBytes: 10_240,
	rateSpanMs: 10_000,
	maxBodyBytes: 16 * 1024 * 1024,
	credentialsMs: 300_000,
};
