import {boundedHandler, type RequestHandler} from './bounded-handler.js';
import {hasProxy, type Proxy, proxyFor} from './proxies.js';
import {agentOptions, answerText, proxyAgents, proxyFailure} from './proxy-agents.js';
import {type TransportLimits, transportLimits} from './transport-limits.js';
import type {HttpRequest, HttpResponse} from '@smithy/types';

type TransportOptions = {
	readonly limits?: TransportLimits;
	/** Sends requests in place of the SDK's own way; its limits are added to it. */
	readonly sender?: RequestHandler;
	/** The authorities that are trusted, as PEM, in place of those of Node.js. */
	readonly authorities?: string;
	/** Names the proxies. */
	readonly environment?: NodeJS.ProcessEnv;
};

/** The way to the network of one client: the one place where its connections are made. */
export async function makeTransport(given: TransportOptions): Promise<RequestHandler> {
	const {limits = transportLimits, sender, authorities, environment = {}} = given;
	if (sender) return boundedHandler(sender, limits);
	const {NodeHttpHandler} = await import('@smithy/node-http-handler');
	// No `requestTimeout`: it would also be how long the SDK waits for a `100 Continue`, 6 s otherwise.
	const make = (options: object): RequestHandler => new NodeHttpHandler(options) as RequestHandler;
	// An agent of ours, not options: where a body waits for `100 Continue` the SDK makes another one without them.
	const direct = make({
		connectionTimeout: limits.connectMs,
		...(authorities !== undefined && {httpsAgent: await directAgent(authorities)}),
	});
	if (!hasProxy(environment)) return boundedHandler(direct, limits);
	return boundedHandler(
		routedHandler({direct, make, environment, authorities, connectMs: limits.connectMs}),
		limits,
	);
}

async function directAgent(ca: string): Promise<unknown> {
	const {Agent} = await import('node:https');
	return new Agent({...agentOptions, ca});
}

type Given = {
	/** Sends what goes straight. */
	readonly direct: RequestHandler;
	/** A handler whose connections these agents make; how long a proxy may take is theirs to say. */
	readonly make: (agents: object) => RequestHandler;
	readonly environment: NodeJS.ProcessEnv;
	readonly authorities: string | undefined;
	readonly connectMs: number;
};

/** Sends each request straight or through its proxy; a proxy's agents are loaded and made when the first goes through it. */
function routedHandler({direct, make, environment, authorities, connectMs}: Given): RequestHandler {
	const byProxy = new Map<string, Promise<RequestHandler>>();
	const through = async (proxy: Proxy): Promise<RequestHandler> => {
		const made = byProxy.get(proxy.url) ?? proxyAgents(proxy, authorities, connectMs).then(make);
		byProxy.set(proxy.url, made);
		return made;
	};
	const handler: Pick<RequestHandler, 'metadata' | 'destroy' | 'handle'> = {
		metadata: direct.metadata,
		destroy() {
			direct.destroy?.();
			for (const made of byProxy.values()) void made.then((one) => one.destroy?.());
		},
		async handle(request: HttpRequest, options) {
			const proxy = proxyFor(request, environment);
			if (proxy === undefined) return direct.handle(request, options);
			const answered: {response: HttpResponse} = await (await through(proxy)).handle(request, options);
			const {statusCode: status, reason, headers} = answered.response;
			// For plain http a proxy answers in the endpoint's place; no endpoint gives this one.
			if (status === 407) throw proxyFailure(proxy, answerText(status, reason), {status, headers});
			return answered;
		},
	};
	return handler as RequestHandler;
}
