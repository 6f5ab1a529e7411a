import type {HttpRequest, HttpResponse} from '@smithy/types';
import type {CheckedClient} from '../responses/check-answer.js';
import type {RequestHandler} from './bounded-handler.js';
import type {SdkError} from '../responses/sdk-error.js';

/** What may be told of one request and its answer: nothing of its headers' values, its query or its body. */
export type RequestNote = {
	/** As the SDK names it: `s3`, `iam`, `sso`. */
	readonly service: string;
	/** The operation; of a request that the SDK makes to sign in, method and path. */
	readonly operation: string;
	readonly host: string;
	/** HTTP's; absent where no answer came. */
	readonly status?: number;
	readonly durationMs: number;
	/** 1, and one more each time that it is sent again. */
	readonly attempt: number;
	readonly requestId?: string;
	/** AWS's code, or that of the connection; absent where all is well. */
	readonly errorCode?: string;
};

export type NoteRequest = (note: RequestNote) => void;

/**
 * Notes each request of a client as it ends, those that are sent again among them.
 * Outside of what reads the answer, so that its error has AWS's code; inside of what sends again. Source: Smithy, middleware stack.
 */
export function noteRequests<Client extends CheckedClient>(
	client: Client,
	note: NoteRequest,
	now = Date.now,
): Client {
	client.middlewareStack.add(
		(next, context) => async (given) => {
			const {clientName = '', commandName = ''} = context as {clientName?: string; commandName?: string};
			const names = {
				service: clientName.replace(/Client$/, '').toLowerCase(),
				operation: commandName.replace(/Command$/, ''),
			};
			return noted(names, given.request as HttpRequest, async () => next(given), note, now);
		},
		{step: 'deserialize', priority: 'high', name: 'noteRequests'},
	);
	return client;
}

/** Notes what the SDK asks with clients of its own, made for signing in: all that passes this way to the network. */
export function notingHandler(sender: RequestHandler, note: NoteRequest, now = Date.now): RequestHandler {
	const handler: Pick<RequestHandler, 'metadata' | 'destroy' | 'handle'> = {
		metadata: sender.metadata,
		destroy: () => sender.destroy?.(),
		async handle(request: HttpRequest, options) {
			const agent = headerOf(request.headers, 'user-agent') ?? '';
			const service = /\bapi\/([\w-]+)#/.exec(agent)?.[1] ?? '';
			const names = {service, operation: `${request.method} ${request.path}`};
			return noted(names, request, async () => sender.handle(request, options), note, now);
		},
	};
	return handler as RequestHandler;
}

async function noted<Answered extends {readonly response?: unknown}>(
	names: Pick<RequestNote, 'service' | 'operation'>,
	{hostname, port, headers}: HttpRequest,
	send: () => Promise<Answered>,
	note: NoteRequest,
	now: () => number,
): Promise<Answered> {
	const startedAt = now();
	const end = (answer: unknown, failure?: SdkError): void => {
		const response = answer as HttpResponse | undefined;
		const ids = response?.headers ?? {};
		const requestId = plain(ids['x-amz-request-id'] ?? ids['x-amzn-requestid']);
		const isRefused = (response?.statusCode ?? 0) >= 400;
		const errorCode = plain(
			failure
				? (failure.Code ?? failure.code ?? failure.name)
				: isRefused
					? ids['x-amzn-errortype']
					: undefined,
		);
		note({
			...names,
			host: port === undefined ? hostname : `${hostname}:${port}`,
			...(response && {status: response.statusCode}),
			durationMs: now() - startedAt,
			attempt: Number(/\battempt=(\d+)/.exec(headerOf(headers, 'amz-sdk-request') ?? '')?.[1] ?? 1),
			...(requestId !== undefined && {requestId}),
			...(errorCode !== undefined && {errorCode}),
		});
	};
	try {
		const answered = await send();
		end(answered.response);
		return answered;
	} catch (error) {
		const failure = (error ?? {}) as SdkError;
		end(failure.$response, failure);
		throw error;
	}
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
	return headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** An id or a code as AWS writes them: what an endpoint sends in their place is not kept. */
function plain(text: string | undefined): string | undefined {
	return text === undefined ? undefined : (/^[\w.-]{1,64}/.exec(text)?.[0] ?? '…');
}
