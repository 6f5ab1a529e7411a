import type {Agent as HttpAgent} from 'node:http';
import {once} from 'node:events';
import type {Socket} from 'node:net';
import {TLSSocket} from 'node:tls';
import type {HttpProxyAgent as PlainProxyAgent} from 'http-proxy-agent';
import type {HttpsProxyAgent as TunnelProxyAgent} from 'https-proxy-agent';
import {ProxyFailure} from '../responses/proxy-failure.js';
import type {Proxy} from './proxies.js';

/** As many connections at once as the SDK's own agents have. Source: @smithy/node-http-handler. */
export const agentOptions = {keepAlive: true, maxSockets: 50};

type Agents = {readonly httpsAgent: HttpAgent; readonly httpAgent: HttpAgent};

/** What the proxy of an agent did, as the error of a request through it. */
export function proxyFailure(
	{url, variable}: Proxy,
	message: string,
	{status, code, headers, isNoTunnel}: Refusal = {},
): ProxyFailure {
	const {host, protocol} = new URL(url);
	return new ProxyFailure(message, {
		...{place: host, variable, isTls: protocol === 'https:', status, code, isNoTunnel},
		asksFor: status === 407 ? schemesIn(headers?.['proxy-authenticate']) : [],
	});
}

type Refusal = {
	readonly status?: number;
	readonly code?: string;
	readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly isNoTunnel?: boolean;
};

/** The ways to sign in that a proxy takes. Source: RFC 9110, 11.7.1. */
function schemesIn(header: string | readonly string[] | undefined): readonly string[] {
	return [header ?? []]
		.flat()
		.flatMap((one) =>
			[...one.matchAll(/(?:^|,\s*)([A-Za-z]+)(?=\s*(?:,|$)|\s+\S)/g)].map(([, scheme = '']) => scheme),
		);
}

/** Whether an answer to CONNECT says that a page follows: an open tunnel has no body. Source: RFC 9110, 9.3.6. */
function isPage(headers: Refusal['headers']): boolean {
	return /^text\/html\b/i.test(String(headers?.['content-type'] ?? ''));
}

export function answerText(status: number, reason = ''): string {
	return `It answers ${status}${reason === '' ? '' : ` ${reason}`}.`;
}

/** What the library hands on of a proxy's answer to CONNECT. */
type Connected = Pick<Refusal, 'headers'> & {readonly statusCode: number; readonly statusText: string};

/** What Node.js calls bytes that are no TLS, and a connection that ends before it is one. Source: Node.js documentation, "Errors". */
const noTls = /^(?:EPROTO|ERR_SSL_\w+)$/;
const ended = /^(?:ECONNRESET|EPIPE)$/;

/**
 * A connection through a tunnel, once TLS is spoken on it. Who answers CONNECT with a page says 200 as well: what comes then is
 * no TLS, and none of the endpoint's doing. What is wrong with a certificate stays what it is.
 */
async function secured(
	socket: TLSSocket,
	failed: (told: string, code?: string) => ProxyFailure,
): Promise<Socket> {
	try {
		await once(socket, 'secureConnect');
		return socket;
	} catch (error) {
		const {code = '', message} = error as NodeJS.ErrnoException;
		if (noTls.test(code)) throw failed(`what comes is no TLS, ${code}`);
		throw ended.test(code) ? failed(`${code}: ${message}`, code) : error;
	}
}

/**
 * The agents that go through a proxy: https by a tunnel (CONNECT), http by asking for the whole URL. Their errors say that it is
 * the proxy that failed; the library would replay its refusal as if the endpoint had given it.
 * @param authorities the authorities that are trusted, as PEM, in place of those of Node.js
 */
export async function proxyAgents(
	proxy: Proxy,
	authorities: string | undefined,
	connectMs: number,
): Promise<Agents> {
	const [{HttpsProxyAgent}, {HttpProxyAgent}] = await Promise.all([
		import('https-proxy-agent'),
		import('http-proxy-agent'),
	]);
	const trusted = authorities === undefined ? {} : {ca: authorities};
	/** Ends a wait for a proxy that does not answer; the connection it waits for goes when it comes. */
	const within = async (connected: Promise<Socket>, late: () => ProxyFailure): Promise<Socket> => {
		let timer: NodeJS.Timeout | undefined;
		const isOver = new Promise<never>((_resolve, reject) => {
			timer = setTimeout(() => {
				connected.then(
					(socket) => socket.destroy(),
					() => undefined,
				);
				reject(late());
			}, connectMs);
		});
		try {
			return await Promise.race([connected, isOver]);
		} finally {
			clearTimeout(timer);
		}
	};
	const waited = `within ${connectMs / 1000} s`;
	const answering = async (connected: Promise<Socket>): Promise<Socket> =>
		within(connected, () => proxyFailure(proxy, `It did not answer ${waited}.`, {code: 'ETIMEDOUT'})).catch(
			(error: unknown) => {
				if (error instanceof ProxyFailure) throw error;
				const {code, message} = error as NodeJS.ErrnoException;
				throw proxyFailure(proxy, code === undefined ? `${message}.` : `${code}: ${message}.`, {code});
			},
		);

	class TunnelAgent extends HttpsProxyAgent<string> {
		override async connect(...[request, options]: Parameters<TunnelProxyAgent<string>['connect']>) {
			let answer: Connected | undefined;
			request.once('proxyConnect', (connect: Connected) => (answer = connect));
			// Its own options are for the proxy alone: what the endpoint must show is said with each connection.
			const socket = await answering(super.connect(request, {...options, ...trusted}));
			if (answer === undefined) return socket;
			const {statusCode: status, statusText, headers} = answer;
			if (status === 200) {
				if (!(socket instanceof TLSSocket)) return socket;
				const opens = answerText(status, statusText).replace(/\.$/, ', ');
				const failed = (told: string, code?: string): ProxyFailure =>
					proxyFailure(
						proxy,
						`${opens}${isPage(headers) ? 'with a web page' : 'but opens no tunnel'} (${told}).`,
						{
							...{status, code, isNoTunnel: true},
						},
					);
				return within(secured(socket, failed), () => {
					socket.destroy();
					return failed(`no TLS ${waited}`, 'ETIMEDOUT');
				});
			}

			socket.destroy();
			if (!Number.isInteger(status)) throw proxyFailure(proxy, 'What it answers is no HTTP.');
			throw proxyFailure(proxy, answerText(status, statusText), {status, headers});
		}
	}

	class PlainAgent extends HttpProxyAgent<string> {
		override async connect(...[request, options]: Parameters<PlainProxyAgent<string>['connect']>) {
			return answering(super.connect(request, options));
		}
	}

	const given = {...agentOptions, ...trusted};
	return {httpsAgent: new TunnelAgent(proxy.url, given), httpAgent: new PlainAgent(proxy.url, given)};
}
