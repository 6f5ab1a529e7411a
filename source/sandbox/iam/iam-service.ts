import * as schemas from '@aws-sdk/client-iam';
import {iamActions} from './actions.js';
import {iamError} from './errors.js';
import {queryService} from './query-service.js';

export const iamService = queryService({
	name: 'iam',
	version: '2010-05-08',
	schemas,
	actions: iamActions,
	// IAM is one service for all regions of the partition, signed for as one of them (General Reference, IAM endpoints).
	isRegion: (region, {globalRegions}) => globalRegions.includes(region),
	// Without MFA sessions may not call IAM at all (STS API reference, GetSessionToken; the code: third-party).
	checkIdentity: (identity) => {
		const isWithoutMfa = identity.kind === 'user' && identity.isSession && identity.mfaAtMs === undefined;
		if (isWithoutMfa) throw iamError('InvalidClientTokenId');
	},
});
