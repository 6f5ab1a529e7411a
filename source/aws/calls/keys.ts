import type {KMSClient} from '@aws-sdk/client-kms';
import type {KeyDescription} from '../../domain/observed/observed-key.js';
import {ProblemError} from '../../domain/problem.js';
import type {Keys} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {errorOf} from '../problems/problem-of.js';
import {allPages} from '../responses/all-pages.js';
import {needed, neededText} from '../responses/needed.js';
import {textOf} from '../../policy/document-text.js';
import {policyIn} from '../responses/policy-in.js';

/** Keys and their aliases, over KMS; the client of a region is made when it is first asked. Source: KMS API Reference. */
export function keysPort(client: (region: string) => Promise<KMSClient>, caller: Caller): Keys {
	async function call<T>(
		operation: string,
		region: string,
		target: string | undefined,
		send: (kms: KMSClient, sdk: typeof import('@aws-sdk/client-kms')) => Promise<T>,
	): Promise<T> {
		try {
			return await send(await client(region), await import('@aws-sdk/client-kms'));
		} catch (error) {
			throw errorOf(error, {...caller, operation, ...(target === undefined ? {} : {target})});
		}
	}

	return {
		async describe({key, region}, signal) {
			return call('DescribeKey', region, `key ${key}`, async (kms, {DescribeKeyCommand}) => {
				const answer = await kms.send(new DescribeKeyCommand({KeyId: key}), {abortSignal: signal});
				const metadata = needed(answer.KeyMetadata, 'KeyMetadata');
				const arn = neededText(metadata.Arn, 'Arn');
				return {
					arn,
					accountId: metadata.AWSAccountId ?? arn.split(':')[4] ?? '',
					state: neededText(metadata.KeyState, 'KeyState'),
					manager: metadata.KeyManager === 'AWS' ? 'AWS' : 'CUSTOMER',
					spec: metadata.KeySpec ?? 'SYMMETRIC_DEFAULT',
				} satisfies KeyDescription;
			}).catch(absentAsUndefined);
		},
		async getPolicy({key, region}, signal) {
			return call('GetKeyPolicy', region, `key ${key}`, async (kms, {GetKeyPolicyCommand}) => {
				const answer = await kms.send(new GetKeyPolicyCommand({KeyId: key}), {abortSignal: signal});
				return policyIn(answer.Policy, 'Policy');
			});
		},
		async putPolicy({key, region}, policy) {
			await call('PutKeyPolicy', region, `key ${key}`, async (kms, {PutKeyPolicyCommand}) =>
				kms.send(
					new PutKeyPolicyCommand({
						KeyId: key,
						Policy: textOf(policy),
						BypassPolicyLockoutSafetyCheck: false,
					}),
				),
			);
		},
		async listAliases(region, signal) {
			return call('ListAliases', region, undefined, async (kms, {ListAliasesCommand}) =>
				allPages(async (marker) => {
					const answer = await kms.send(new ListAliasesCommand({Marker: marker}), {abortSignal: signal});
					const items = needed(answer.Aliases, 'Aliases').map(({AliasName: name}) =>
						neededText(name, 'AliasName'),
					);
					return {items, isTruncated: answer.Truncated, next: answer.NextMarker};
				}),
			);
		},
	};
}

function absentAsUndefined(error: unknown): undefined {
	if (error instanceof ProblemError && error.answer?.code === 'NotFoundException') return undefined;
	throw error;
}
