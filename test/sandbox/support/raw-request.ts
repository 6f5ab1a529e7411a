import {createHash, createHmac} from 'node:crypto';
import {connect} from 'node:net';
import {type Credentials} from './open-sandbox.js';

type Headers = Readonly<Record<string, string>>;
type Pairs = readonly (readonly [name: string, value: string])[];

export type RawAnswer = {
	readonly status: number;
	readonly body: string;
	/** Names and values as they came, in turn. */
	readonly headers: readonly string[];
};

export type RawRequest = {
	readonly method: string;
	/** Percent-encoded. */
	readonly path: string;
	readonly query?: Pairs;
	readonly headers?: Headers;
	/** Sent without being signed. */
	readonly unsignedHeaders?: Headers;
	readonly body?: Buffer | string;
	/** What the request says of its body; the digest of it where nothing is given. */
	readonly payload?: string | undefined;
	/** In the URL, for so many seconds; the parameters that are given stand in place of the usual ones. */
	readonly presigned?: {readonly expires: string; readonly parameters?: Readonly<Record<string, string>>};
	readonly service?: string;
	/** Stands before the path, as it does in what is sent to a proxy. */
	readonly origin?: string;
	/** Behind the signature is taken, the URL's end. */
	readonly addedQuery?: string;
	/** Names that are left out of the signed ones. */
	readonly leftOut?: readonly string[];
};

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (secret: Buffer | string, text: string): Buffer =>
	createHmac('sha256', secret).update(text).digest();
const escaped = (text: string): string =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Signs by the book (IAM User Guide, create-signed-request), without the care of an SDK, and sends. */
export async function sendRaw(
	endpointUrl: string,
	key: Credentials | undefined,
	request: RawRequest,
): Promise<RawAnswer> {
	const {method, path, body = '', presigned, service = 's3'} = request;
	const given = request.headers ?? {};
	const {origin = ''} = request;
	if (key === undefined)
		return send(endpointUrl, method, `${origin}${urlOf(path, request.query ?? [])}`, given, body);
	const longDate = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
	const scope = `${longDate.slice(0, 8)}/us-east-1/${service}/aws4_request`;
	const payload = 'payload' in request ? request.payload : presigned ? undefined : sha256(body);
	const headers: Headers = {
		host: new URL(endpointUrl).host,
		...(payload === undefined ? {} : {'x-amz-content-sha256': payload}),
		...(presigned ? {} : {'x-amz-date': longDate}),
		...given,
	};
	const names = Object.keys(headers)
		.filter((name) => !(request.leftOut ?? []).includes(name))
		.sort();
	const parameters: Pairs = [
		...(request.query ?? []),
		...(presigned
			? Object.entries({
					'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
					'X-Amz-Credential': `${key.accessKeyId}/${scope}`,
					'X-Amz-Date': longDate,
					'X-Amz-Expires': presigned.expires,
					'X-Amz-SignedHeaders': names.join(';'),
					...presigned.parameters,
				})
			: []),
	];
	const canonical = [
		method,
		path,
		parameters
			.map(([name, value]) => [escaped(name), escaped(value)] as const)
			.sort((left, right) => order(left[0], right[0]) || order(left[1], right[1]))
			.map(([name, value]) => `${name}=${value}`)
			.join('&'),
		...names.map((name) => `${name}:${headers[name]?.trim()}`),
		'',
		names.join(';'),
		payload ?? 'UNSIGNED-PAYLOAD',
	].join('\n');
	const signingKey = scope
		.split('/')
		.reduce((secret: Buffer | string, part) => hmac(secret, part), `AWS4${key.secretAccessKey}`);
	const signature = hmac(
		signingKey,
		['AWS4-HMAC-SHA256', longDate, scope, sha256(canonical)].join('\n'),
	).toString('hex');
	const url = urlOf(path, presigned ? [...parameters, ['X-Amz-Signature', signature]] : parameters);
	const authorization = `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
	return send(
		endpointUrl,
		method,
		`${origin}${url}${request.addedQuery ?? ''}`,
		{...headers, ...(presigned ? {} : {authorization}), ...request.unsignedHeaders},
		body,
	);
}

function urlOf(path: string, parameters: Pairs): string {
	const search = parameters.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
	return search === '' ? path : `${path}?${search}`;
}

/** Over a socket, as UTF-8 like most clients: node's own client writes headers now in one encoding, now in another. */
async function send(
	endpointUrl: string,
	method: string,
	url: string,
	headers: Headers,
	body: Buffer | string,
): Promise<RawAnswer> {
	const {hostname, port, host} = new URL(endpointUrl);
	const all = {host, 'content-length': String(Buffer.byteLength(body)), connection: 'close', ...headers};
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	const head = `${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`;
	const bytes = await new Promise<Buffer>((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = connect(Number(port), hostname);
		socket.on('data', (chunk) => chunks.push(chunk));
		socket.on('end', () => {
			resolve(Buffer.concat(chunks));
		});
		socket.on('error', reject);
		socket.write(Buffer.concat([Buffer.from(head), Buffer.from(body)]));
	});
	const end = bytes.indexOf('\r\n\r\n');
	const [statusLine = '', ...headerLines] = bytes.toString('latin1', 0, end).split('\r\n');
	return {
		status: Number(statusLine.split(' ')[1]),
		body: bytes.toString('utf8', end + 4),
		headers: headerLines.flatMap((line) => {
			const colon = line.indexOf(':');
			return [line.slice(0, colon), line.slice(colon + 1).trim()];
		}),
	};
}

/** The code of an error's answer. */
export function codeOf({body}: RawAnswer): string | undefined {
	return /<Code>(\w+)<\/Code>/.exec(body)?.[1];
}

/** The value of the header with the name, lower-case; a character each byte. */
export function headerOf({headers}: RawAnswer, name: string): string | undefined {
	const place = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
	return place === -1 ? undefined : headers[place + 1];
}
