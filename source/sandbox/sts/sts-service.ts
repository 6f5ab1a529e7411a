import * as schemas from '@aws-sdk/client-sts';
import {iamError} from '../iam/errors.js';
import {type QueryServiceDefinition} from '../iam/query-service.js';
import {operationsOf} from '../wire/operation.js';
import {assumeRoleWithWebIdentity} from './actions/assume-role-with-web-identity.js';
import {stsActions} from './actions.js';

export const stsService: QueryServiceDefinition = {
	name: 'sts',
	version: '2011-06-15',
	xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
	operations: operationsOf(schemas),
	actions: stsActions,
	unsignedActions: new Map([[assumeRoleWithWebIdentity.name, assumeRoleWithWebIdentity as never]]),
	checkRegion(region, {regions}) {
		if (!regions.has(region)) {
			throw iamError('SignatureDoesNotMatch', 'Credential should be scoped to a valid region.');
		}
	},
};
