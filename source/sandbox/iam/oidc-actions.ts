import type * as iam from '@aws-sdk/client-iam';
import {type OidcProvider} from '../world/account.js';
import {type World} from '../world/world.js';
import {iamAction, type QueryAction, type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {checkClientIds, checkProviderUrl, checkThumbprints, findOidcProvider} from './oidc-providers.js';
import {withTags} from './tags.js';
import {iamArn} from '../world/partition.js';
import {wholeSeconds} from '../world/clock.js';

/** OIDC providers; their tags are in the table of what carries tags. Words of refusals: third-party (moto) or guessed. */
export const oidcActions: readonly QueryAction[] = [
	iamAction<iam.CreateOpenIDConnectProviderRequest>(
		'CreateOpenIDConnectProvider',
		{
			resource: ({world, account, input}) => arnOf(world, account.accountId, urlOf(input.Url ?? '')),
			target: ({Url}) => Url,
		},
		({world, account, input}) => {
			const issuer = checkProviderUrl(input.Url);
			const url = urlOf(issuer);
			const arn = arnOf(world, account.accountId, url);
			if (account.oidcProviders.has(arn)) {
				throw iamError('EntityAlreadyExists', `Provider with url ${issuer} already exists.`);
			}
			const provider: OidcProvider = {
				arn,
				accountId: account.accountId,
				issuer,
				url,
				createdMs: world.clock.now(),
				clientIds: checkClientIds(input.ClientIDList ?? []),
				thumbprints: checkThumbprints(input.ThumbprintList ?? []),
				tags: withTags([], input.Tags ?? []),
			};
			account.oidcProviders.set(arn, provider);
			return {OpenIDConnectProviderArn: arn, ...tagsOf(provider)};
		},
	),
	iamAction(
		'ListOpenIDConnectProviders',
		{resource: ({world, account}) => arnOf(world, account.accountId, '*')},
		({account}) => ({
			OpenIDConnectProviderList: [...account.oidcProviders.keys()].map((Arn) => ({Arn})),
		}),
	),
	onProvider('GetOpenIDConnectProvider', (_call, provider) => ({
		Url: provider.url,
		ClientIDList: provider.clientIds,
		ThumbprintList: provider.thumbprints,
		CreateDate: wholeSeconds(provider.createdMs),
		...tagsOf(provider),
	})),
	// Again is no error (IAM API reference, of both).
	onProvider<iam.AddClientIDToOpenIDConnectProviderRequest>(
		'AddClientIDToOpenIDConnectProvider',
		({input}, provider) => {
			provider.clientIds = checkClientIds([...provider.clientIds, input.ClientID ?? '']);
			return {};
		},
	),
	onProvider<iam.AddClientIDToOpenIDConnectProviderRequest>(
		'RemoveClientIDFromOpenIDConnectProvider',
		({input}, provider) => {
			provider.clientIds = provider.clientIds.filter((clientId) => clientId !== input.ClientID);
			return {};
		},
	),
	onProvider<iam.UpdateOpenIDConnectProviderThumbprintRequest>(
		'UpdateOpenIDConnectProviderThumbprint',
		({input}, provider) => {
			provider.thumbprints = checkThumbprints(input.ThumbprintList ?? []);
			return {};
		},
	),
	// Roles that trust it stay as they are (IAM API reference, DeleteOpenIDConnectProvider).
	onProvider('DeleteOpenIDConnectProvider', ({account}, {arn}) => {
		account.oidcProviders.delete(arn);
		return {};
	}),
];

function onProvider<Input extends iam.GetOpenIDConnectProviderRequest>(
	name: string,
	run: (call: QueryCall<Input>, provider: OidcProvider) => object,
): QueryAction {
	return iamAction<Input>(
		name,
		{
			resource: ({input}) => input.OpenIDConnectProviderArn ?? '',
			target: ({OpenIDConnectProviderArn}) => OpenIDConnectProviderArn,
		},
		(call) => run(call, findOidcProvider(call, call.input.OpenIDConnectProviderArn)),
	);
}

function urlOf(issuer: string): string {
	return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function arnOf(world: World, accountId: string, url: string): string {
	return iamArn(world, accountId, `oidc-provider/${url}`);
}

function tagsOf({tags}: OidcProvider): object {
	return tags.length === 0 ? {} : {Tags: tags};
}
