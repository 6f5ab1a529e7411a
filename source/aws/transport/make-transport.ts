import {boundedHandler, type RequestHandler} from './bounded-handler.js';
import {type TransportLimits, transportLimits} from './transport-limits.js';

type TransportOptions = {
	readonly limits?: TransportLimits;
	/** Sends requests in place of the SDK's own way; its limits are added to it. */
	readonly sender?: RequestHandler;
	/** The authorities that are trusted, as PEM, in place of those of Node.js. */
	readonly authorities?: string;
};

/** The way to the network of one client: the one place where its connections are made. */
export async function makeTransport({
	limits = transportLimits,
	sender,
	authorities,
}: TransportOptions): Promise<RequestHandler> {
	if (sender) return boundedHandler(sender, limits);
	const {NodeHttpHandler} = await import('@smithy/node-http-handler');
	// No `requestTimeout`: it would also be how long the SDK waits for a `100 Continue`, 6 s otherwise.
	const handler = new NodeHttpHandler({
		connectionTimeout: limits.connectMs,
		...(authorities !== undefined && {httpsAgent: {ca: authorities}}),
	});
	return boundedHandler(handler as RequestHandler, limits);
}
