import * as schemas from '@aws-sdk/client-sts';
import {queryService} from '../iam/query-service.js';
import {assumeRoleWithWebIdentity} from './actions/assume-role-with-web-identity.js';
import {stsActions} from './actions.js';

export const stsService = queryService({
	name: 'sts',
	version: '2011-06-15',
	schemas,
	actions: stsActions,
	unsigned: assumeRoleWithWebIdentity,
});
