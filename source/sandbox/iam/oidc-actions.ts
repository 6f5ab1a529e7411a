import {
	type AddClientIDToOpenIDConnectProviderRequest,
	type CreateOpenIDConnectProviderRequest,
	type GetOpenIDConnectProviderRequest,
	type UpdateOpenIDConnectProviderThumbprintRequest,
} from '@aws-sdk/client-iam';
import {type OidcProvider} from '../world/account.js';
import {type World} from '../world/world.js';
import {type QueryAction, type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {checkClientIds, checkProviderUrl, checkThumbprints, findOidcProvider} from './oidc-providers.js';
import {withTags} from './tags.js';
import {iamArn} from '../world/partition.js';

const create: QueryAction<CreateOpenIDConnectProviderRequest, object> = {
	name: 'CreateOpenIDConnectProvider',
	permission: ({world, account, input}) => ({
		action: 'iam:CreateOpenIDConnectProvider',
		resource: arnOf(world, account.accountId, urlOf(input.Url ?? '')),
	}),
	target: ({Url}) => Url,
	run({world, account, input}) {
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
};

const list: QueryAction<object, object> = {
	name: 'ListOpenIDConnectProviders',
	permission: ({world, account}) => ({
		action: 'iam:ListOpenIDConnectProviders',
		resource: arnOf(world, account.accountId, '*'),
	}),
	run: ({account}) => ({
		OpenIDConnectProviderList: [...account.oidcProviders.keys()].map((Arn) => ({Arn})),
	}),
};

/** OIDC providers; their tags are in the table of what carries tags. Words of refusals: third-party (moto) or guessed. */
export const oidcActions: ReadonlyArray<QueryAction<never, object>> = [
	create,
	list,
	onProvider('GetOpenIDConnectProvider', (_call, provider) => ({
		Url: provider.url,
		ClientIDList: provider.clientIds,
		ThumbprintList: provider.thumbprints,
		CreateDate: new Date(Math.floor(provider.createdMs / 1000) * 1000),
		...tagsOf(provider),
	})),
	// Again is no error (IAM API reference, of both).
	onProvider<AddClientIDToOpenIDConnectProviderRequest>(
		'AddClientIDToOpenIDConnectProvider',
		({input}, provider) => {
			provider.clientIds = checkClientIds([...provider.clientIds, input.ClientID ?? '']);
			return {};
		},
	),
	onProvider<AddClientIDToOpenIDConnectProviderRequest>(
		'RemoveClientIDFromOpenIDConnectProvider',
		({input}, provider) => {
			provider.clientIds = provider.clientIds.filter((clientId) => clientId !== input.ClientID);
			return {};
		},
	),
	onProvider<UpdateOpenIDConnectProviderThumbprintRequest>(
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

function onProvider<Input extends GetOpenIDConnectProviderRequest>(
	name: string,
	run: (call: QueryCall<Input>, provider: OidcProvider) => object,
): QueryAction<never, object> {
	const action: QueryAction<Input, object> = {
		name,
		permission: ({input}) => ({action: `iam:${name}`, resource: input.OpenIDConnectProviderArn ?? ''}),
		target: ({OpenIDConnectProviderArn}) => OpenIDConnectProviderArn,
		run: (call) => run(call, findOidcProvider(call, call.input.OpenIDConnectProviderArn)),
	};
	return action;
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
