import {S3Client} from '@aws-sdk/client-s3';

type Handler = S3Client['config']['requestHandler'];

/** Sends requests as the SDK does, and gives those up that are held as soon as all others are answered: then only time would pass. */
export function impatientSender(): {
	readonly handler: Handler;
	/** One of the requests under way will never be answered. */
	readonly hold: () => void;
} {
	const {requestHandler: sender} = new S3Client({region: 'us-east-1'}).config;
	const underWay = new Set<(error: Error) => void>();
	let heldCount = 0;
	const giveUp = (): void => {
		if (heldCount === 0 || underWay.size > heldCount) return;
		heldCount = 0;
		// As @smithy/node-http-handler says it.
		for (const end of underWay)
			end(Object.assign(new Error('No answer in time'), {name: 'TimeoutError', code: 'ETIMEDOUT'}));
	};

	const handler: Pick<Handler, 'handle' | 'metadata'> = {
		metadata: sender.metadata,
		async handle(request, options) {
			const stop = new AbortController();
			let end: (error: Error) => void = () => undefined;
			const isOver = new Promise<never>((_resolve, reject) => {
				end = (error) => {
					reject(error);
					stop.abort();
				};
			});
			underWay.add(end);
			try {
				const given = (options as {readonly abortSignal?: AbortSignal} | undefined)?.abortSignal;
				const abortSignal = given ? AbortSignal.any([given, stop.signal]) : stop.signal;
				const sent = sender.handle(request, {...options, abortSignal});
				sent.catch(() => undefined);
				return await Promise.race([sent, isOver]);
			} finally {
				underWay.delete(end);
				giveUp();
			}
		},
	};
	return {
		handler: handler as Handler,
		hold() {
			heldCount++;
			giveUp();
		},
	};
}
