import {unescapeUri} from '../wire/percent.js';

/** A request as it came over the wire, before its body. */
export type WireRequest = {
	readonly method: string;
	/** As it was sent, percent-encoded: the signature covers these very bytes. */
	readonly rawPath: string;
	readonly query: ReadonlyMap<string, string>;
	/** All of them as they came, the repeated ones among them: the signature covers each. */
	readonly parameters: Parameters;
	/** Lower-case names; without a prototype, since any name may come. */
	readonly headers: Readonly<Record<string, string>>;
	/** Of the headers with bytes above ASCII those very bytes, a character each: what is kept is given back as it came. */
	readonly headerBytes: ReadonlyMap<string, string>;
};

/** Parameters in the order in which they came. */
export type Parameters = readonly (readonly [name: string, value: string])[];

const aboveAscii = /[\x80-\xff]/;

/** Takes node's request line and raw headers, gives the request. */
export function readWireRequest(method: string, url: string, rawHeaders: readonly string[]): WireRequest {
	const split = url.indexOf('?');
	let headerBytes = none;
	const headers = Object.create(null) as Record<string, string>;
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const name = rawHeaders[index]!.toLowerCase();
		const value = rawHeaders[index + 1]!;
		const isAscii = !aboveAscii.test(value);
		const text = isAscii ? value : textOf(value);
		if (!isAscii) {
			const before = headerBytes.get(name) ?? headers[name];
			headerBytes = new Map(headerBytes).set(name, before === undefined ? value : `${before},${value}`);
		}
		headers[name] = headers[name] === undefined ? text : `${headers[name]},${text}`;
	}
	const parameters = split === -1 ? noParameters : parseParameters(url.slice(split + 1), false);
	return {
		method,
		rawPath: split === -1 ? url : url.slice(0, split),
		query: parameters.length === 0 ? none : new Map(parameters),
		parameters,
		headers,
		headerBytes,
	};
}

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** Node gives a header's bytes as Latin-1. Most clients sign and send UTF-8, those that run on node sign it and send Latin-1. */
function textOf(value: string): string {
	try {
		return utf8.decode(Buffer.from(value, 'latin1'));
	} catch {
		return value;
	}
}

const noParameters: Parameters = [];
const none: ReadonlyMap<string, string> = new Map();

/**
 * Takes `a=b&c` and gives its parameters, of repeated ones the last; in a form a plus is a space, in a query string it
 * is a plus.
 */
export function parseForm(text: string): ReadonlyMap<string, string> {
	return text === '' ? none : new Map(parseParameters(text, true));
}

function parseParameters(text: string, isForm: boolean): Parameters {
	const parameters: (readonly [string, string])[] = [];
	for (const part of text.split('&')) {
		if (part === '') continue;
		const equals = part.indexOf('=');
		const name = equals === -1 ? part : part.slice(0, equals);
		const value = equals === -1 ? '' : part.slice(equals + 1);
		parameters.push([decode(name, isForm), decode(value, isForm)]);
	}
	return parameters;
}

function decode(text: string, isForm: boolean): string {
	return unescapeUri(isForm ? text.replaceAll('+', ' ') : text);
}
