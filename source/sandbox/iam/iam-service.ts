import * as schemas from '@aws-sdk/client-iam';
import {operationsOf} from '../wire/operation.js';
import {iamActions} from './actions.js';
import {iamError} from './errors.js';
import {type QueryServiceDefinition} from './query-service.js';

export const iamService: QueryServiceDefinition = {
	name: 'iam',
	version: '2010-05-08',
	xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
	operations: operationsOf(schemas),
	actions: iamActions,
	unsignedActions: new Map(),
	// IAM is one service for all regions of the partition, signed for as one of them (General Reference, IAM endpoints).
	checkRegion(region, {globalRegions}) {
		if (!globalRegions.includes(region)) {
			throw iamError('SignatureDoesNotMatch', 'Credential should be scoped to a valid region.');
		}
	},
};
