import {type Identity} from '../world/credential.js';
import {type Queue} from '../world/queue.js';
import {type World} from '../world/world.js';

export type SqsCall<Input> = {
	readonly world: World;
	readonly identity: Identity;
	readonly region: string;
	readonly input: Input;
	/** Ends when the client is gone: nothing is taken out of a queue for nobody. */
	readonly gone: AbortSignal;
	/** Finds a queue by its URL and throws unless it is there and the caller may do this with it. */
	readonly queueAt: (queueUrl: string | undefined, action: string) => Queue;
	/** Throws unless the caller may do this with a queue of its own account, which need not be there. */
	readonly requireRight: (action: string, queueArn: string) => void;
	/** Gives the URL by which a client reaches the queue here. */
	readonly urlOf: (queue: Pick<Queue, 'accountId' | 'name'>) => string;
};

/** An action of SQS. */
export type SqsAction<Input, Output> = {
	/** The operation's. */
	readonly name: string;
	readonly run: (call: SqsCall<Input>) => Output | Promise<Output>;
};

/** Actions by their names: what SQS does here, and every other operation answers NotImplemented. */
export function sqsActionsOf(
	...actions: ReadonlyArray<SqsAction<never, object>>
): ReadonlyMap<string, SqsAction<never, object>> {
	return new Map(actions.map((action) => [action.name, action]));
}
