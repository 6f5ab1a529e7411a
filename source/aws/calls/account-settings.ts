import type {S3ControlClient} from '@aws-sdk/client-s3-control';
import type {AccountSettings} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {absent, type ClientOf} from './call-service.js';
import {publicAccessBlockIn} from './bucket-settings.js';

/** Settings of an account that act on all its buckets, over S3 Control. Reads only. Source: S3 Control API Reference. */
export function accountSettingsPort(
	client: ClientOf<S3ControlClient>,
	caller: () => Caller,
): AccountSettings {
	return {
		async getPublicAccessBlock({accountId, region}, signal) {
			const answer = await asked().catch(absent('NoSuchPublicAccessBlockConfiguration'));
			return publicAccessBlockIn(answer?.PublicAccessBlockConfiguration);

			async function asked() {
				try {
					const {GetPublicAccessBlockCommand} = await import('@aws-sdk/client-s3-control');
					const control = await client(region);
					return await control.send(new GetPublicAccessBlockCommand({AccountId: accountId}), {
						abortSignal: signal,
					});
				} catch (error) {
					// The call has a bucket's name, the permission has its own. Source: Service Authorization Reference, Amazon S3.
					const operation = 'GetAccountPublicAccessBlock';
					throw errorOf(error, {...caller(), operation, target: `account ${accountId}`});
				}
			}
		},
	};
}
