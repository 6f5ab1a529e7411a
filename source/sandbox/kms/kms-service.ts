import * as schemas from '@aws-sdk/client-kms';
import {jsonProtocol} from '../http/rpc-protocol.js';
import {type RpcServiceDefinition} from '../http/rpc-service.js';
import {operationsOf} from '../wire/operation.js';
import {type KmsCall} from './action.js';
import {kmsActions} from './actions.js';
import {kmsServiceErrors} from './errors.js';
import {makeCall} from './make-call.js';

/** KMS, over the JSON 1.1 protocol. */
export const kmsService: RpcServiceDefinition<KmsCall<unknown>> = {
	name: 'kms',
	protocols: [jsonProtocol({version: '1.1', targetPrefix: 'TrentService'})],
	bodyLimitBytes: 1024 * 1024,
	operations: operationsOf(schemas),
	actions: kmsActions,
	makeCall,
	errors: kmsServiceErrors,
};
