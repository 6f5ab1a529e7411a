import {type ServiceError} from '../wire/service-error.js';
import {type Credential, type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';
import {type Authorization, signedAtMs} from './authorization.js';
import {isSignedWith} from './signature.js';
import {isSameText} from './signing-key.js';
import {type WireRequest} from './wire-request.js';

/** How a service says what is wrong with a signature: S3 has codes of its own. */
export type AuthenticationErrors = {
	readonly unknownKey: (accessKeyId: string) => ServiceError;
	/** Of a header that must be signed where it is sent. */
	readonly mustBeSigned: (header: string) => boolean;
	readonly unsignedHeaders: (names: readonly string[]) => ServiceError;
	readonly wrongSignature: (accessKeyId: string) => ServiceError;
	readonly wrongToken: () => ServiceError;
	readonly expiredToken: () => ServiceError;
	readonly skewed: (signedAt: Date, now: Date) => ServiceError;
	readonly expiredUrl: () => ServiceError;
};

const allowedSkewMs = 15 * 60 * 1000;

/** Gives whose key signed the request; throws the service's error where the signature does not hold. */
export function authenticate(
	world: World,
	request: WireRequest,
	authorization: Authorization,
	payloadHash: string,
	errors: AuthenticationErrors,
): Identity {
	const credential = world.credentials.get(authorization.accessKeyId);
	// A key that was turned off is answered as one that is not there.
	if (credential?.isActive !== true) throw errors.unknownKey(authorization.accessKeyId);
	checkTime(world, authorization, errors);
	checkSignedHeaders(request, authorization, errors);
	const isSigned = isSignedWith(credential.secretAccessKey, request, authorization, payloadHash);
	if (!isSigned) throw errors.wrongSignature(authorization.accessKeyId);
	checkToken(world, credential, authorization, errors);
	return credential.identity;
}

function checkTime(world: World, authorization: Authorization, errors: AuthenticationErrors): void {
	const now = world.clock.now();
	const signedAt = signedAtMs(authorization);
	if (authorization.expiresInSeconds !== undefined) {
		if (now > signedAt + authorization.expiresInSeconds * 1000) throw errors.expiredUrl();
		if (signedAt > now + allowedSkewMs) throw errors.skewed(new Date(signedAt), new Date(now));
		return;
	}
	if (Math.abs(now - signedAt) > allowedSkewMs) throw errors.skewed(new Date(signedAt), new Date(now));
}

/** What is not signed could be added to somebody's signed request, and be done with their permissions. */
function checkSignedHeaders(
	{headers}: WireRequest,
	{signedHeaders}: Authorization,
	errors: AuthenticationErrors,
): void {
	let unsigned: string[] | undefined;
	for (const name of Object.keys(headers)) {
		if (errors.mustBeSigned(name) && !signedHeaders.has(name)) (unsigned ??= []).push(name);
	}
	if (unsigned !== undefined) throw errors.unsignedHeaders(unsigned);
}

function checkToken(
	world: World,
	credential: Credential,
	authorization: Authorization,
	errors: AuthenticationErrors,
): void {
	if (!isSameText(credential.sessionToken ?? '', authorization.sessionToken ?? '')) throw errors.wrongToken();
	if (credential.expiresAtMs !== undefined && world.clock.now() >= credential.expiresAtMs) {
		throw errors.expiredToken();
	}
}
