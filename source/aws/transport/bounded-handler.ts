import type {S3Client} from '@aws-sdk/client-s3';
import type {NodeHttpHandler} from '@smithy/node-http-handler';
import type {HttpRequest, HttpResponse} from '@smithy/types';
import type {TransportLimits} from './transport-limits.js';
import {UnexpectedAnswer} from '../responses/unexpected-answer.js';

export type RequestHandler = S3Client['config']['requestHandler'];

/** What the SDK's type leaves out: how a client tells its defaults. */
type Configurable = Partial<Pick<NodeHttpHandler, 'httpHandlerConfigs' | 'updateHttpClientConfig'>>;

type Options = {readonly abortSignal?: AbortSignal};

type Stop = {aborted: boolean; onabort: (() => void) | null};

/**
 * Sends requests with another handler and holds every limit: on the wait for headers, on the body's rate, time and size.
 * Bodies are read whole here, so that nothing behind waits for an endpoint: no call of this program reads an object's body.
 * Where a limit is passed or the signal fires, the request ends at once, whatever the other handler still waits for.
 *
 * The SDK's own limits are not enough: its `requestTimeout` ends with the headers, its `socketTimeout` begins anew with every
 * byte, and nothing limits a body's size.
 */
export function boundedHandler(sender: RequestHandler, limits: TransportLimits): RequestHandler {
	const configurable = sender as Configurable;
	const bounded: Pick<RequestHandler, 'metadata' | 'destroy' | 'handle'> & Configurable = {
		metadata: sender.metadata,
		destroy: () => sender.destroy?.(),
		httpHandlerConfigs: () => configurable.httpHandlerConfigs?.() ?? {},
		updateHttpClientConfig(key, value) {
			configurable.updateHttpClientConfig?.(key, value);
		},
		async handle(request: HttpRequest, options) {
			const {abortSignal} = (options ?? {}) as Options;
			if (abortSignal?.aborted) throw abortError();
			// As the handlers take a signal of the SDK's own shape: an `AbortController` a request costs a twentieth of the whole.
			const stop: Stop = {aborted: false, onabort: null};
			let fail: (error: Error) => void = () => undefined;
			const isOver = new Promise<never>((_resolve, reject) => {
				fail = reject;
			});
			isOver.catch(() => undefined);
			const onAbort = (): void => fail(abortError());
			abortSignal?.addEventListener('abort', onAbort, {once: true});
			const headersMs = limits.headersMs + (lengthOf(request.headers) / limits.minUploadBytesPerS) * 1000;
			const deadline = setTimeout(
				() => fail(tooSlow(`No answer came within ${secondsText(headersMs)}.`)),
				headersMs,
			);
			try {
				const sent: Promise<{response: HttpResponse}> = sender.handle(request, {
					...options,
					abortSignal: stop,
				});
				sent.catch(() => undefined);
				const {response} = await Promise.race([sent, isOver]);
				clearTimeout(deadline);
				if (isStream(response.body))
					response.body = await Promise.race([readWhole(response.body, limits), isOver]);
				return {response};
			} catch (error) {
				stop.aborted = true;
				stop.onabort?.();
				throw error;
			} finally {
				clearTimeout(deadline);
				abortSignal?.removeEventListener('abort', onAbort);
			}
		},
	};
	return bounded as RequestHandler;
}

/** Reads a body within the limits; what is beyond them ends it. */
async function readWhole(body: NodeJS.ReadableStream, limits: TransportLimits): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	let sizeBefore = 0;
	let timers: readonly NodeJS.Timeout[] = [];
	try {
		await new Promise<void>((resolve, reject) => {
			timers = [
				setInterval(() => {
					if (size - sizeBefore < limits.minSpanBytes)
						reject(
							tooSlow(
								`The answer stalled: ${size - sizeBefore} bytes of it came in ${secondsText(limits.rateSpanMs)}.`,
							),
						);
					sizeBefore = size;
				}, limits.rateSpanMs),
				setTimeout(
					() => reject(tooSlow(`The answer was not whole within ${secondsText(limits.bodyMs)}.`)),
					limits.bodyMs,
				),
			];
			body.on('data', (chunk: Uint8Array) => {
				size += chunk.length;
				chunks.push(chunk);
				if (size > limits.maxBodyBytes)
					reject(
						new UnexpectedAnswer(
							`The answer is longer than ${limits.maxBodyBytes} bytes, which no answer of this call is.`,
						),
					);
			});
			body.once('end', resolve);
			body.once('error', reject);
			body.once('close', () =>
				reject(Object.assign(new Error('The answer broke off.'), {code: 'ECONNRESET'})),
			);
		});
	} finally {
		for (const timer of timers) clearTimeout(timer);
		// What still comes is let go: the request ends when this throws.
		body.removeAllListeners('data');
	}

	return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

function isStream(body: unknown): body is NodeJS.ReadableStream {
	return typeof (body as Partial<NodeJS.ReadableStream> | undefined)?.on === 'function';
}

function lengthOf(headers: Readonly<Record<string, string>>): number {
	return Number(headers['content-length'] ?? headers['Content-Length'] ?? 0) || 0;
}

/** With the name and code that the SDK sends a request again for. */
function tooSlow(message: string): Error {
	return Object.assign(new Error(message), {name: 'TimeoutError', code: 'ETIMEDOUT'});
}

function abortError(): Error {
	return Object.assign(new Error('Request aborted'), {name: 'AbortError'});
}

function secondsText(milliseconds: number): string {
	return `${Math.round(milliseconds / 100) / 10} s`;
}
