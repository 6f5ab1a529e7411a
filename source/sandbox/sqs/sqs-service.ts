import * as schemas from '@aws-sdk/client-sqs';
import {jsonProtocol} from '../http/rpc-protocol.js';
import {type RpcServiceDefinition} from '../http/rpc-service.js';
import {operationsOf} from '../wire/operation.js';
import {type SqsCall} from './action.js';
import {sqsActions} from './actions.js';
import {queryCodeOf, sqsServiceErrors} from './errors.js';
import {makeCall} from './make-call.js';

/** The longest batch of messages, every byte of them escaped. */
const bodyLimitBytes = 8 * 1024 * 1024;

/** SQS, over the JSON 1.0 protocol. */
export const sqsService: RpcServiceDefinition<SqsCall<unknown>> = {
	name: 'sqs',
	protocols: [
		jsonProtocol({
			version: '1.0',
			targetPrefix: 'AmazonSQS',
			namespace: 'com.amazonaws.sqs#',
			queryCodeOf,
		}),
	],
	bodyLimitBytes,
	operations: operationsOf(schemas),
	actions: sqsActions,
	makeCall,
	errors: sqsServiceErrors,
};
