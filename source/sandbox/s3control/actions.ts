import type * as control from '@aws-sdk/client-s3-control';
import {byOperation} from '../wire/operation.js';
import {completeAccessBlock} from '../world/public-access-block.js';
import {type ControlAction, controlAction} from './action.js';
import {controlError} from './errors.js';
import {jobActions} from './job-actions.js';

/** Block Public Access of an account. What each takes: Service Authorization Reference, Amazon S3. */
const publicAccessBlockActions: readonly ControlAction[] = [
	controlAction<control.GetPublicAccessBlockRequest, control.GetPublicAccessBlockOutput>(
		'GetPublicAccessBlock',
		({account, require}) => {
			require({action: 's3:GetAccountPublicAccessBlock', resource: '*'});
			const {publicAccessBlock} = account;
			if (publicAccessBlock === undefined) throw controlError('NoSuchPublicAccessBlockConfiguration');
			return {PublicAccessBlockConfiguration: publicAccessBlock};
		},
	),
	controlAction<control.PutPublicAccessBlockRequest>('PutPublicAccessBlock', ({account, input, require}) => {
		require({action: 's3:PutAccountPublicAccessBlock', resource: '*'});
		account.publicAccessBlock = completeAccessBlock(input.PublicAccessBlockConfiguration);
		return undefined;
	}),
	controlAction(
		'DeletePublicAccessBlock',
		({account, require}) => {
			require({action: 's3:PutAccountPublicAccessBlock', resource: '*'});
			account.publicAccessBlock = undefined;
			return undefined;
		},
		204,
	),
];

/** What the sandbox does of S3 Control, by name; every other operation answers NotImplemented. */
export const s3ControlActions = byOperation([...jobActions, ...publicAccessBlockActions]);
