import * as schemas from '@aws-sdk/client-kms';
import {jsonProtocol} from '../http/rpc-protocol.js';
import {type RpcServiceDefinition} from '../http/rpc-service.js';
import {operationsOf} from '../wire/operation.js';
import {describeBug} from '../wire/service-error.js';
import {kmsActions} from './actions.js';
import {kmsAuthenticationErrors, kmsError, kmsFaultErrors, notImplemented} from './errors.js';
import {makeCall} from './make-call.js';

/** KMS, over the JSON 1.1 protocol. */
export const kmsService: RpcServiceDefinition = {
	name: 'kms',
	protocols: [jsonProtocol({version: '1.1', targetPrefix: 'TrentService'})],
	bodyLimitBytes: 1024 * 1024,
	operations: operationsOf(schemas),
	actionOf: (name) => {
		const action = kmsActions.get(name);
		return (
			action &&
			(({world, identity, exchange, input}) => action.run(makeCall(world, identity, exchange, input)))
		);
	},
	errors: {
		tooLong: () => kmsError('SerializationException', 'The request is too long'),
		incompleteSignature: () => kmsError('IncompleteSignatureException'),
		missingSignature: () => kmsError('MissingAuthenticationTokenException'),
		wrongPayload: () => kmsError('InvalidSignatureException'),
		wrongScope: ({service}) =>
			kmsError(
				'InvalidSignatureException',
				service === 'kms'
					? 'Credential should be scoped to a valid region.'
					: "Credential should be scoped to correct service: 'kms'.",
			),
		unknownOperation: () => kmsError('UnknownOperationException'),
		notImplemented,
		notDeserializable: () => kmsError('SerializationException'),
		missingMember: (name) =>
			kmsError(
				'ValidationException',
				`1 validation error detected: Value null at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
			),
		internal: (error) => kmsError('KMSInternalException', describeBug(error)),
		authentication: kmsAuthenticationErrors,
		fault: kmsFaultErrors,
	},
};
