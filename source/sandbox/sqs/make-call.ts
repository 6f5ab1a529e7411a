import {type Socket} from 'node:net';
import {explainDenial} from '../../policy/explain.js';
import {type RpcRequest} from '../http/rpc-service.js';
import {type Queue} from '../world/queue.js';
import {type SqsCall} from './action.js';
import {decideQueueUse} from './decide-queue.js';
import {sqsError} from './errors.js';
import {addressOf, findQueue, queueArn} from './find-queue.js';

/** Makes what an action is given: its input, and the questions about queues and the caller's permissions. */
export function makeCall({
	world,
	identity,
	exchange: {region, log, request, message},
	input,
}: RpcRequest): SqsCall<unknown> {
	const decided = (action: string, arn: string, queue: Queue | undefined): void => {
		const {request: asked, decision} = decideQueueUse(world, identity, {
			// SQS writes actions in small letters (third-party: texts in public reports).
			action: action.toLowerCase(),
			arn,
			region,
			queue,
		});
		if (!decision.isAllowed) throw sqsError('AccessDeniedException', explainDenial(asked, decision));
	};
	return {
		world,
		identity,
		region,
		input,
		get gone() {
			return goneSignalOf(message.socket);
		},
		queueAt: (queueUrl = '', action) => {
			const address = addressOf(queueUrl);
			log.target = address === undefined ? queueUrl : address.name;
			if (address === undefined) {
				throw sqsError('InvalidAddress', `The address ${queueUrl} is not valid for this endpoint.`);
			}
			const {accountId, name} = address;
			const queue = findQueue(world, region, accountId, name);
			decided(action, queueArn(region, accountId, name), queue);
			if (queue === undefined) throw sqsError('QueueDoesNotExist');
			return queue;
		},
		requireRight: (action, arn) => {
			log.target = arn.slice(arn.lastIndexOf(':') + 1);
			decided(action, arn, world.queues.get(arn));
		},
		urlOf: ({accountId, name}) => `http://${request.headers['host'] ?? ''}/${accountId}/${name}`,
	};
}

const signals = new WeakMap<Socket, AbortSignal>();

/** Gives a signal that ends with the connection; one for each, however many requests come over it. */
function goneSignalOf(socket: Socket): AbortSignal {
	const known = signals.get(socket);
	if (known !== undefined) return known;
	const controller = new AbortController();
	signals.set(socket, controller.signal);
	if (socket.destroyed) controller.abort();
	socket.once('close', () => {
		controller.abort();
	});
	return controller.signal;
}
