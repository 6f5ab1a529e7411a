import {createPublicKey, type JsonWebKey, type KeyObject, verify} from 'node:crypto';

/** A token as it was sent: nothing of it is to be believed before its signature was looked at. */
type Token = {
	readonly algorithm: string;
	readonly keyId: string | undefined;
	readonly claims: Readonly<Record<string, unknown>>;
	readonly signed: Buffer;
	readonly signature: Buffer;
};

/** What IAM takes (IAM User Guide, id_roles_providers_create_oidc), with how node calls the digest and the key. */
const algorithms: Readonly<Record<string, {readonly digest: string; readonly curve?: string}>> = {
	RS256: {digest: 'sha256'},
	RS384: {digest: 'sha384'},
	RS512: {digest: 'sha512'},
	ES256: {digest: 'sha256', curve: 'P-256'},
	ES384: {digest: 'sha384', curve: 'P-384'},
	ES512: {digest: 'sha512', curve: 'P-521'},
};

/** Takes the text of a JSON Web Token (RFC 7519), gives its pieces; undefined where it is none. */
export function readToken(text: string): Token | undefined {
	const parts = text.split('.');
	const [header, claims] = parts.slice(0, 2).map(recordIn);
	if (parts.length !== 3 || header === undefined || claims === undefined) return undefined;
	const {alg, kid} = header;
	return {
		algorithm: typeof alg === 'string' ? alg : '',
		keyId: typeof kid === 'string' ? kid : undefined,
		claims,
		signed: Buffer.from(`${parts[0]}.${parts[1]}`),
		signature: Buffer.from(parts[2]!, 'base64url'),
	};
}

/**
 * Says whether one of the keys signed the token (RFC 7515, RFC 7517): of the kind that its algorithm wants, so that no
 * public key is taken for a shared secret, and of its name where it tells one.
 */
export function isSignedBy(
	{algorithm, keyId, signed, signature}: Token,
	keys: readonly JsonWebKey[],
): boolean {
	const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
	if (known === undefined) return false;
	const {digest, curve} = known;
	return keys
		.filter(({kty, crv}) => (curve === undefined ? kty === 'RSA' : kty === 'EC' && crv === curve))
		.filter(({kid}) => keyId === undefined || kid === keyId)
		.map(publicKeyOf)
		.some((key) => key !== undefined && verify(digest, signed, {key, dsaEncoding: 'ieee-p1363'}, signature));
}

function publicKeyOf(key: JsonWebKey): KeyObject | undefined {
	try {
		return createPublicKey({key, format: 'jwk'});
	} catch {
		// Others of its keys may be whole.
		return undefined;
	}
}

function recordIn(part: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Readonly<Record<string, unknown>>)
			: undefined;
	} catch {
		return undefined;
	}
}
