import {generateKeyPairSync, type KeyObject, sign, X509Certificate} from 'node:crypto';
import {createServer as createPlain, type RequestListener} from 'node:http';
import {createServer as createSecure} from 'node:https';
import {type AddressInfo} from 'node:net';

type Claims = Readonly<Record<string, unknown>>;
type Header = Readonly<Record<string, unknown>>;

/** A provider of tokens on this machine, as a cluster or a forge is one. */
export type OidcIssuer = {
	readonly url: string;
	/** SHA-1 of its certificate, as IAM takes it. */
	readonly thumbprint: string;
	/** A good token of an hour for `sts.amazonaws.com`, with changes; one that is undefined is left out. */
	readonly token: (claims?: Claims, header?: Header, key?: KeyObject) => string;
	/** Its public key in PEM, which everybody can get. */
	readonly publicPem: string;
	/** One that it never published. */
	readonly strangersKey: KeyObject;
	/** How often it was asked for its keys. */
	readonly asked: () => number;
	/** What it answers instead of its keys from now on. */
	readonly answerKeys: (text: string | undefined) => void;
	readonly close: () => Promise<void>;
};

/** Starts one; `algorithm` is what its key is for. */
export async function openOidcIssuer({
	scheme = 'http',
	algorithm = 'RS256',
}: {readonly scheme?: 'http' | 'https'; readonly algorithm?: 'RS256' | 'ES256'} = {}): Promise<OidcIssuer> {
	const makeKeys = () =>
		algorithm === 'RS256'
			? generateKeyPairSync('rsa', {modulusLength: 2048})
			: generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const {publicKey, privateKey} = makeKeys();
	let url = '';
	let asked = 0;
	let instead: string | undefined;
	const answer: RequestListener = (request, response) => {
		const isDiscovery = request.url === '/.well-known/openid-configuration';
		if (!isDiscovery) asked += 1;
		const keys = {keys: [{...publicKey.export({format: 'jwk'}), kid: 'first', use: 'sig', alg: algorithm}]};
		const discovery = {issuer: url, jwks_uri: `${url}/keys`};
		const text = isDiscovery ? JSON.stringify(discovery) : (instead ?? JSON.stringify(keys));
		response.setHeader('content-type', 'application/json');
		response.end(text);
	};
	const server =
		scheme === 'http' ? createPlain(answer) : createSecure({key: serverKey, cert: certificate}, answer);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		thumbprint: new X509Certificate(certificate).fingerprint.replaceAll(':', '').toLowerCase(),
		token: (claims = {}, header = {}, key = privateKey) => {
			const nowSeconds = Math.floor(Date.now() / 1000);
			const usual = {iss: url, aud: 'sts.amazonaws.com', sub: 'job', iat: nowSeconds, exp: nowSeconds + 3600};
			const signed = [
				{alg: algorithm, kid: 'first', typ: 'JWT', ...header},
				{...usual, ...claims},
			]
				.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
				.join('.');
			const signature = sign('sha256', Buffer.from(signed), {key, dsaEncoding: 'ieee-p1363'});
			return `${signed}.${signature.toString('base64url')}`;
		},
		publicPem: publicKey.export({format: 'pem', type: 'spki'}).toString(),
		strangersKey: makeKeys().privateKey,
		asked: () => asked,
		answerKeys: (text) => {
			instead = text;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Made for these tests alone, signed by itself, good until 2126. */
const serverKey = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPXnL9yV8wPcftD9p
/88zRri8TdEgW4HLlBFkxT9UCuKhRANCAATgpDjDjfbVeYZLwsnCHO+8NTjh97pB
C2y7koZjpx8bxNqWfiYMqaX26H5E2YdS7PPtjeF1b9TTM8nUAN/zRh5c
-----END PRIVATE KEY-----
`;

const certificate = `
-----BEGIN CERTIFICATE-----
MIIBjTCCATOgAwIBAgIUDXmm+639dvAa/c1SD94z3Oo4Ab0wCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQcHJvdmlkZXIuZXhhbXBsZTAgFw0yNjExMjgxMjQ4MDRaGA8y
MTI2MTEwNDEyNDgwNFowGzEZMBcGA1UEAwwQcHJvdmlkZXIuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABOCkOMON9tV5hkvCycIc77w1OOH3ukELbLuS
hmOnHxvE2pZ+JgyppfbofkTZh1Ls8+2N4XVv1NMzydQA3/NGHlyjUzBRMB0GA1Ud
DgQWBBSgRBiGIjwu0Vk+nQMn46TzRk/GSTAfBgNVHSMEGDAWgBSgRBiGIjwu0Vk+
nQMn46TzRk/GSTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIF8x
eA+j679YuVsQTkSpgZ0NhM4SG0SZ7hQDhRoMG8B/AiEA8jC3VC2agzAn/M3NteIK
FaXzSJ5GZhxSW/RtjDImlMA=
-----END CERTIFICATE-----
`;
