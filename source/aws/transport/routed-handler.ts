import type {HttpRequest, HttpResponse} from '@smithy/types';
import type {RequestHandler} from './bounded-handler.js';
import {type Proxy, proxyFor} from './proxies.js';
import {answerText, proxyAgents, proxyFailure} from './proxy-agents.js';

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
export function routedHandler({direct, make, environment, authorities, connectMs}: Given): RequestHandler {
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
