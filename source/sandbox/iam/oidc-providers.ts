import {type OidcProvider} from '../world/account.js';
import {type QueryCall} from './action.js';
import {iamError, invalidMember} from './errors.js';
import {localArn} from '../world/partition.js';

/** IAM User Guide, reference_iam-quotas. */
const maxClientIds = 100;
const maxThumbprints = 5;
const maxUrlLength = 255;
const thumbprintLength = 40;

/** Finds a provider of the caller's account. Throws InvalidInput and NoSuchEntity; words: third-party (moto). */
export function findOidcProvider(
	{world, account}: QueryCall<unknown>,
	arn: string | undefined,
): OidcProvider {
	if (!/^iam::\d{12}:oidc-provider\/.+$/.test(localArn(world, arn ?? ''))) {
		throw iamError('InvalidInput', `Invalid ARN: ${arn ?? ''}`);
	}
	const provider = account.oidcProviders.get(arn ?? '');
	if (provider !== undefined) return provider;
	throw iamError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn ?? ''}`);
}

/**
 * Takes the URL of a provider, gives it as tokens name it. Only `https://` (IAM API reference,
 * CreateOpenIDConnectProvider), and on this machine `http://`, since no certificate is needed there to try things.
 */
export function checkProviderUrl(text: string | undefined): string {
	const url = text ?? '';
	if (url.length > maxUrlLength) {
		throw invalidMember('url', `have length less than or equal to ${maxUrlLength}`, url);
	}
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	const isKnownScheme =
		parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isOnThisMachine(parsed));
	if (!isKnownScheme || url.includes('?') || url.includes('#')) {
		throw iamError('ValidationError', 'Invalid Open ID Connect Provider URL');
	}
	return url;
}

/** Says whether a URL leads to this machine: the sandbox asks nobody else. */
export function isOnThisMachine({hostname}: URL): boolean {
	return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** Throws where IAM would not take these audiences. Repeated ones count once. */
export function checkClientIds(clientIds: readonly string[]): readonly string[] {
	const wrong = clientIds.find(({length}) => length < 1 || length > maxUrlLength);
	if (wrong !== undefined) {
		throw invalidMember(
			'clientIDList',
			'satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]',
			`[${clientIds.join(', ')}]`,
		);
	}
	const different = [...new Set(clientIds)];
	if (different.length > maxClientIds) {
		throw iamError(
			'LimitExceeded',
			`Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${maxClientIds}`,
		);
	}
	return different;
}

/** Throws where these are no SHA-1 thumbprints of certificates, or too many. */
export function checkThumbprints(thumbprints: readonly string[]): readonly string[] {
	if (thumbprints.some(({length}) => length !== thumbprintLength)) {
		throw invalidMember(
			'thumbprintList',
			'satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]',
			`[${thumbprints.join(', ')}]`,
		);
	}
	if (thumbprints.length > maxThumbprints) {
		throw iamError('InvalidInput', 'Thumbprint list must contain fewer than 5 entries.');
	}
	return thumbprints.map((thumbprint) => thumbprint.toLowerCase());
}
