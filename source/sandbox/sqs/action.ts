import {type RpcAction} from '../http/rpc-service.js';
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

export type SqsAction = RpcAction<SqsCall<never>>;

/** Makes an action of the caller's account. */
export function sqsAction<Input, Output extends object>(
	name: string,
	run: (call: SqsCall<Input>) => Output,
): SqsAction {
	return {name, run};
}

/** Makes an action on the queue that its input names; the permission is called as the action is, unless another is said. */
export function onQueue<
	Input extends {readonly QueueUrl: string | undefined},
	Output extends object = object,
>(
	name: string,
	run: (call: SqsCall<Input>, queue: Queue) => Output | Promise<Output>,
	permission = `sqs:${name}`,
): SqsAction {
	const action: RpcAction<SqsCall<Input>> = {
		name,
		run: (call) => run(call, call.queueAt(call.input.QueueUrl, permission)),
	};
	return action;
}
