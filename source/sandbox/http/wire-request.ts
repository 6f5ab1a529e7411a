/** A request as it came over the wire, before its body. */
export type WireRequest = {
	readonly method: string;
	/** As it was sent, percent-encoded: the signature covers these very bytes. */
	readonly rawPath: string;
	readonly query: ReadonlyMap<string, string>;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
};

const aboveAscii = /[\x80-\xff]/;

/** Takes node's request line and raw headers, gives the request. */
export function readWireRequest(method: string, url: string, rawHeaders: readonly string[]): WireRequest {
	const split = url.indexOf('?');
	const headers: Record<string, string> = {};
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const name = rawHeaders[index]!.toLowerCase();
		const value = rawHeaders[index + 1]!;
		// Header bytes above ASCII arrive as Latin-1, while clients sign and mean UTF-8.
		const text = aboveAscii.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value;
		headers[name] = headers[name] === undefined ? text : `${headers[name]},${text}`;
	}
	return {
		method,
		rawPath: split === -1 ? url : url.slice(0, split),
		query: parseForm(split === -1 ? '' : url.slice(split + 1), false),
		headers,
	};
}

const none: ReadonlyMap<string, string> = new Map();

/** Takes `a=b&c` and gives its parameters; in a form a plus is a space, in a query string it is a plus. */
export function parseForm(text: string, isForm = true): ReadonlyMap<string, string> {
	if (text === '') return none;
	const parameters = new Map<string, string>();
	for (const part of text.split('&')) {
		if (part === '') continue;
		const equals = part.indexOf('=');
		const name = equals === -1 ? part : part.slice(0, equals);
		const value = equals === -1 ? '' : part.slice(equals + 1);
		parameters.set(decode(name, isForm), decode(value, isForm));
	}
	return parameters;
}

function decode(text: string, isForm: boolean): string {
	const spaced = isForm ? text.replaceAll('+', ' ') : text;
	try {
		return decodeURIComponent(spaced);
	} catch {
		return spaced;
	}
}
