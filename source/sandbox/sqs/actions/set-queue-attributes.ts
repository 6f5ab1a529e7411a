import {type SetQueueAttributesRequest} from '@aws-sdk/client-sqs';
import {seenFromMs} from '../../world/world.js';
import {type SqsAction} from '../action.js';
import {sqsError} from '../errors.js';
import {checkedAttributes} from '../queue-attributes.js';
import {readQueuePolicy} from '../queue-policy.js';

export const setQueueAttributes: SqsAction<SetQueueAttributesRequest, object> = {
	name: 'SetQueueAttributes',
	run({world, input, queueAt}) {
		const queue = queueAt(input.QueueUrl, 'sqs:SetQueueAttributes');
		const {Attributes = {}} = input;
		// Recorded: test_set_unsupported_attribute_fifo.
		if (Attributes['FifoQueue'] !== undefined) {
			throw sqsError(
				'InvalidAttributeValue',
				'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
			);
		}
		const attributes = checkedAttributes(Attributes);
		const policy = Attributes.Policy === undefined ? undefined : readQueuePolicy(world, Attributes.Policy);
		for (const [name, value] of attributes) queue.attributes.set(name, value);
		if (Attributes.Policy !== undefined) queue.policy.write(policy, seenFromMs(world));
		queue.modifiedMs = world.clock.now();
		return {};
	},
};
