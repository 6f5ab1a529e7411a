import {type JsonWebKey} from 'node:crypto';
import {get as getPlain, type IncomingMessage, type RequestOptions} from 'node:http';
import {get as getSecure} from 'node:https';
import {type DetailedPeerCertificate, type TLSSocket} from 'node:tls';
import {iamError} from '../../iam/errors.js';
import {isOnThisMachine} from '../../iam/oidc-providers.js';
import {type OidcProvider} from '../../world/account.js';

const timeoutMs = 5000;
const maxBytes = 256 * 1024;

/**
 * Asks a provider for its keys as AWS does: its discovery document says where they are (OpenID Connect Discovery 1.0).
 * Its certificate is good where it leads to a root that node trusts, or has one of the provider's thumbprints in its
 * chain. Only this machine is asked: the sandbox goes nowhere else. Throws InvalidIdentityToken.
 */
export async function fetchKeys({issuer, thumbprints}: OidcProvider): Promise<readonly JsonWebKey[]> {
	const {jwks_uri: address} = await readJson(
		`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
		thumbprints,
	);
	const {keys} = typeof address === 'string' ? await readJson(address, thumbprints) : {};
	if (!Array.isArray(keys)) throw noKeys();
	return keys.filter((key): key is JsonWebKey => typeof key === 'object' && key !== null);
}

/** Words: third-party (shown by clients of AWS). */
function noKeys(reason = ''): Error {
	return iamError(
		'InvalidIdentityToken',
		`Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements${reason}`,
	);
}

async function readJson(
	address: string,
	thumbprints: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined) throw noKeys();
	if (!isOnThisMachine(url)) throw noKeys(' (the sandbox asks only providers on this machine)');
	try {
		const value = JSON.parse(await readText(url, thumbprints)) as unknown;
		return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
	} catch (error) {
		if (error instanceof WrongCertificate) {
			throw iamError(
				'InvalidIdentityToken',
				"OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
			);
		}
		throw noKeys();
	}
}

class WrongCertificate extends Error {}

async function readText(url: URL, thumbprints: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		// Whether the certificate is good is decided below: thumbprints count as well as roots. `agent: false` makes a
		// connection of its own, whose certificate is there to be looked at.
		const options: RequestOptions & {rejectUnauthorized: boolean} = {
			agent: false,
			rejectUnauthorized: false,
			signal: AbortSignal.timeout(timeoutMs),
		};
		const answered = (message: IncomingMessage): void => {
			if (url.protocol === 'https:' && !isGood(message.socket as TLSSocket, thumbprints)) {
				message.destroy();
				reject(new WrongCertificate());
				return;
			}
			readAll(message).then(resolve, reject);
		};
		const request =
			url.protocol === 'https:' ? getSecure(url, options, answered) : getPlain(url, options, answered);
		request.on('error', reject);
	});
}

async function readAll(message: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	let sizeBytes = 0;
	for await (const piece of message as AsyncIterable<Buffer>) {
		sizeBytes += piece.length;
		if (sizeBytes > maxBytes) throw new Error('Too long');
		pieces.push(piece);
	}
	if (message.statusCode !== 200) throw new Error(`HTTP ${message.statusCode ?? 0}`);
	return Buffer.concat(pieces).toString('utf8');
}

function isGood(socket: TLSSocket, thumbprints: readonly string[]): boolean {
	if (socket.authorized) return true;
	const seen = new Set<string>();
	let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
	while (certificate?.fingerprint !== undefined && !seen.has(certificate.fingerprint)) {
		seen.add(certificate.fingerprint);
		certificate = certificate.issuerCertificate;
	}
	return [...seen].some((text) => thumbprints.includes(text.replaceAll(':', '').toLowerCase()));
}
