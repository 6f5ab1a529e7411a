import {explainDenial} from '../../policy/explain.js';
import {type Exchange} from '../http/exchange.js';
import {type Identity} from '../world/credential.js';
import {type Queue} from '../world/queue.js';
import {type World} from '../world/world.js';
import {type SqsCall} from './action.js';
import {decideQueueUse} from './decide-queue.js';
import {sqsError} from './errors.js';
import {addressOf, findQueue, queueArn} from './find-queue.js';
import {goneSignalOf} from './gone-signal.js';

/** Makes what an action is given: its input, and the questions about queues and the caller's permissions. */
export function makeCall(
	world: World,
	identity: Identity,
	{region, log, request, message}: Exchange,
	input: Record<string, unknown>,
): SqsCall<never> {
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
		input: input as never,
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
