import {boundedHandler, type RequestHandler} from './bounded-handler.js';
import {hasProxy} from './proxies.js';
import {agentOptions} from './proxy-agents.js';
import {routedHandler} from './routed-handler.js';
import {type TransportLimits, transportLimits} from './transport-limits.js';

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
export async function makeTransport({
	limits = transportLimits,
	sender,
	authorities,
	environment = {},
}: TransportOptions): Promise<RequestHandler> {
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
