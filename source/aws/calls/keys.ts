import type {KMSClient} from '@aws-sdk/client-kms';
import type {KeyDescription} from '../../domain/observed/observed-key.js';
import type {Keys} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {needed, neededText} from '../responses/needed.js';
import {textOf} from '../../policy/document-text.js';
import {policyIn} from '../responses/policy-in.js';
import {absent, type ClientOf, serviceCaller} from './call-service.js';

/** Keys and their aliases, over KMS; the client of a region is made when it is first asked. Source: KMS API Reference. */
export function keysPort(client: ClientOf<KMSClient>, caller: () => Caller): Keys {
	const {call, list} = serviceCaller(async () => import('@aws-sdk/client-kms'), client, caller);
	return {
		async describe({key, region}, signal) {
			const about = {region, target: `key ${key}`, signal};
			return call('DescribeKey', {KeyId: key}, about, (answer) => {
				const metadata = needed(answer.KeyMetadata, 'KeyMetadata');
				const arn = neededText(metadata.Arn, 'Arn');
				return {
					arn,
					accountId: metadata.AWSAccountId ?? arn.split(':')[4] ?? '',
					state: neededText(metadata.KeyState, 'KeyState'),
					manager: metadata.KeyManager === 'AWS' ? 'AWS' : 'CUSTOMER',
					spec: metadata.KeySpec ?? 'SYMMETRIC_DEFAULT',
				} satisfies KeyDescription;
			}).catch(absent('NotFoundException'));
		},
		async getPolicy({key, region}, signal) {
			const about = {region, target: `key ${key}`, signal};
			return call('GetKeyPolicy', {KeyId: key}, about, ({Policy: policy}) => policyIn(policy, 'Policy'));
		},
		async putPolicy({key, region}, policy) {
			const input = {KeyId: key, Policy: textOf(policy), BypassPolicyLockoutSafetyCheck: false};
			await call('PutKeyPolicy', input, {region, target: `key ${key}`});
		},
		async listAliases(region, signal) {
			return list(
				'ListAliases',
				(marker) => ({Marker: marker}),
				{region, signal},
				(answer) => {
					const items = needed(answer.Aliases, 'Aliases').map(({AliasName: name}) =>
						neededText(name, 'AliasName'),
					);
					return {items, isTruncated: answer.Truncated, next: answer.NextMarker};
				},
			);
		},
	};
}
