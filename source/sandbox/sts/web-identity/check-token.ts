import {iamError} from '../../iam/errors.js';
import {type Account, type OidcProvider} from '../../world/account.js';
import {type World} from '../../world/world.js';
import {fetchKeys} from './fetch-keys.js';
import {isSignedBy, readToken} from './read-token.js';

/** What a token says that was found to be a provider's. */
export type WebIdentity = {
	readonly provider: OidcProvider;
	readonly subject: string;
	readonly audience: string;
	readonly claims: Readonly<Record<string, unknown>>;
};

/**
 * Takes a token, gives who shows it; throws InvalidIdentityToken and ExpiredTokenException. Words: third-party (shown by
 * clients of AWS) for what is no token, an unknown provider, another audience, an expired one and unreachable keys;
 * guessed for the rest.
 */
export async function checkToken(
	world: World,
	account: Account | undefined,
	text: string,
): Promise<WebIdentity> {
	const token = readToken(text);
	if (token === undefined) {
		throw refused(
			'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
		);
	}
	const {iss, sub, exp, nbf} = token.claims;
	const issuer = typeof iss === 'string' ? iss : '';
	const provider = [...(account?.oidcProviders.values() ?? [])].find((other) =>
		[other.issuer, other.url].includes(issuer),
	);
	if (provider === undefined) throw refused(`No OpenIDConnect provider found in your account for ${issuer}`);
	const audiences = [token.claims['aud']].flat().filter((name) => typeof name === 'string');
	const audience = audiences.find((name) => provider.clientIds.includes(name));
	if (audience === undefined) throw refused('Incorrect token audience');
	if (typeof sub !== 'string') throw refused('Missing a required claim: sub');
	if (typeof exp !== 'number') throw refused('Missing a required claim: exp');
	if (!isSignedBy(token, await fetchKeys(provider))) throw refused('Invalid token signature');
	const nowSeconds = Math.floor(world.clock.now() / 1000);
	if (exp <= nowSeconds) {
		throw iamError(
			'ExpiredTokenException',
			`Token expired: current date/time ${nowSeconds} must be before the expiration date/time ${exp}`,
		);
	}
	if (typeof nbf === 'number' && nbf > nowSeconds) throw refused('Token is not valid yet');
	return {provider, subject: sub, audience, claims: token.claims};
}

function refused(message: string): Error {
	return iamError('InvalidIdentityToken', message);
}
