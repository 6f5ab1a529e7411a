import * as schemas from '@aws-sdk/client-sqs';
import {type JsonServiceDefinition} from '../http/json-service.js';
import {operationsOf} from '../wire/operation.js';
import {sqsActions} from './actions.js';
import {queryCodeOf, sqsServiceErrors} from './errors.js';
import {makeCall} from './make-call.js';

/** The longest batch of messages, every byte of them escaped. */
const bodyLimitBytes = 8 * 1024 * 1024;

/** SQS, over the JSON 1.0 protocol. */
export const sqsService: JsonServiceDefinition = {
	name: 'sqs',
	targetPrefix: 'AmazonSQS',
	contentType: 'application/x-amz-json-1.0',
	bodyLimitBytes,
	operations: operationsOf(schemas),
	actionOf: (name) => {
		const action = sqsActions.get(name);
		return (
			action &&
			(({world, identity, exchange, input}) => action.run(makeCall(world, identity, exchange, input)))
		);
	},
	errors: sqsServiceErrors,
	// Smithy, awsQueryCompatible: the header tells the code of the query protocol, and whose fault it is.
	renderError: ({code, status, message}) => ({
		body: {__type: `com.amazonaws.sqs#${code}`, ...(message === '' ? {} : {message})},
		headers: {'x-amzn-query-error': `${queryCodeOf(code)};${status < 500 ? 'Sender' : 'Receiver'}`},
	}),
};
