import * as schemas from '@aws-sdk/client-cloudwatch';
import {cborProtocol} from '../http/cbor-protocol.js';
import {queryProtocol} from '../http/query-protocol.js';
import {jsonProtocol} from '../http/rpc-protocol.js';
import {type RpcRequest, type RpcServiceDefinition} from '../http/rpc-service.js';
import {byOperation, operationsOf} from '../wire/operation.js';
import {cloudWatchServiceErrors, queryCodeOf} from './errors.js';
import {getMetricData} from './get-metric-data.js';

const serviceName = 'GraniteServiceVersion20100801';

/** What the sandbox does of CloudWatch; every other operation answers NotImplemented. */
export const cloudWatchActions = byOperation([{name: 'GetMetricData', run: getMetricData}]);

/** CloudWatch, over the three protocols that its clients speak: the SDK's JSON, boto3's CBOR, and older ones' forms. */
export const cloudWatchService: RpcServiceDefinition<RpcRequest> = {
	name: 'monitoring',
	protocols: [
		jsonProtocol({
			version: '1.0',
			targetPrefix: serviceName,
			namespace: 'com.amazonaws.cloudwatch#',
			queryCodeOf,
		}),
		cborProtocol({serviceName, namespace: 'com.amazonaws.cloudwatch#', queryCodeOf}),
		queryProtocol({xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/', queryCodeOf}),
	],
	bodyLimitBytes: 1024 * 1024,
	operations: operationsOf(schemas),
	actions: cloudWatchActions,
	makeCall: (request) => request,
	errors: cloudWatchServiceErrors,
};
