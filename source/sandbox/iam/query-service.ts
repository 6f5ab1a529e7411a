import {rpcServiceErrors} from '../http/rpc-errors.js';
import {type RpcAction, type RpcServiceDefinition, type UnsignedAction} from '../http/rpc-service.js';
import {queryProtocol} from '../http/query-protocol.js';
import {operationsOf} from '../wire/operation.js';
import {openAccount} from '../world/world.js';
import {type QueryCall} from './action.js';
import {iamError, notImplemented} from './errors.js';

/** IAM API reference, CommonErrors. */
const errorCodes = {
	notReadable: 'InvalidInput',
	incompleteSignature: 'IncompleteSignature',
	missingSignature: 'MissingAuthenticationToken',
	wrongSignature: 'SignatureDoesNotMatch',
	unknownKey: 'InvalidClientTokenId',
	expiredToken: 'ExpiredToken',
	unknownOperation: 'InvalidAction',
	accessDenied: 'AccessDenied',
	slowDown: 'Throttling',
	internal: 'InternalFailure',
	unavailable: 'ServiceUnavailable',
} as const;

/** Takes what IAM and STS do not have in common, gives the one of them, over the AWS query protocol. */
export function queryService({
	name,
	version,
	schemas,
	unsigned,
	...rest
}: {
	readonly name: 'iam' | 'sts';
	readonly version: string;
	/** The exports of the SDK's client module. */
	readonly schemas: Readonly<Record<string, unknown>>;
	readonly actions: ReadonlyMap<string, RpcAction<never>>;
	readonly unsigned?: UnsignedAction<never, object>;
} & Pick<RpcServiceDefinition, 'isRegion' | 'checkIdentity'>): RpcServiceDefinition<QueryCall<unknown>> {
	return {
		...rest,
		name,
		protocols: [
			queryProtocol({
				xmlNamespace: `https://${name}.amazonaws.com/doc/${version}/`,
				queryCodeOf: (code) => code,
			}),
		],
		bodyLimitBytes: 1024 * 1024,
		operations: operationsOf(schemas),
		makeCall: ({world, identity, input}) => ({
			world,
			identity,
			account: openAccount(world, identity.accountId),
			input,
		}),
		unsignedAction: (action) => {
			// It comes unsigned as well.
			if (action === 'AssumeRoleWithSAML') throw notImplemented(action);
			return action === unsigned?.name ? unsigned : undefined;
		},
		errors: {
			...rpcServiceErrors(iamError, name, errorCodes),
			unknownOperation: (action, asked = version) =>
				iamError('InvalidAction', `Could not find operation ${action} for version ${asked}`),
		},
	};
}
