import {notImplemented, sqsError} from './errors.js';

/** Throws where a queue cannot have the name (SQS API reference, CreateQueue; text: third-party). */
export function checkQueueName(name: string): void {
	if (name.endsWith('.fifo')) throw notImplemented('FIFO queues');
	if (/^[\w-]{1,80}$/.test(name)) return;
	throw sqsError(
		'InvalidParameterValueException',
		'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
	);
}
