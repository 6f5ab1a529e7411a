import {timingSafeEqual} from 'node:crypto';
import {HttpRequest} from '@smithy/core/protocols';
import {SignatureV4} from '@smithy/signature-v4';
import {type Authorization, signedAtMs} from './authorization.js';
import {Sha256} from './sha256.js';
import {type WireRequest} from './wire-request.js';

const presignParameters = new Set([
	'X-Amz-Algorithm',
	'X-Amz-Credential',
	'X-Amz-Date',
	'X-Amz-Expires',
	'X-Amz-SignedHeaders',
	'X-Amz-Signature',
	'X-Amz-Security-Token',
]);

/**
 * Says whether the request bears the signature that its secret gives, by signing it again. `payloadHash` is the
 * SHA-256 of the body in hexadecimal, or what the request says in place of it.
 */
export async function isSignedWith(
	secretAccessKey: string,
	request: WireRequest,
	authorization: Authorization,
	payloadHash: string,
): Promise<boolean> {
	const expected = await signatureOf(secretAccessKey, request, authorization, payloadHash);
	const left = Buffer.from(expected);
	const right = Buffer.from(authorization.signature);
	return left.length === right.length && timingSafeEqual(left, right);
}

async function signatureOf(
	secretAccessKey: string,
	request: WireRequest,
	authorization: Authorization,
	payloadHash: string,
): Promise<string> {
	const signer = new SignatureV4({
		credentials: {
			accessKeyId: authorization.accessKeyId,
			secretAccessKey,
			...(authorization.kind === 'presigned' && authorization.sessionToken !== undefined
				? {sessionToken: authorization.sessionToken}
				: {}),
		},
		region: authorization.region,
		service: authorization.service,
		// S3 alone signs the path as it is sent (IAM User Guide, create-signed-request).
		uriEscapePath: authorization.service !== 's3',
		applyChecksum: false,
		sha256: Sha256,
	});
	const headers = Object.fromEntries(
		Object.entries(request.headers).filter(([name]) => authorization.signedHeaders.has(name)),
	);
	const signingDate = new Date(signedAtMs(authorization));
	const signableHeaders = new Set(authorization.signedHeaders);
	if (authorization.kind === 'presigned') {
		const presigned = await signer.presign(
			new HttpRequest({
				method: request.method,
				path: request.rawPath,
				headers,
				query: queryOf(request, (name) => !presignParameters.has(name)),
				// Neither text nor bytes: the signer then takes the payload as unsigned.
				body: {},
			}),
			{
				signingDate,
				expiresIn: authorization.expiresInSeconds ?? 0,
				signableHeaders,
				unhoistableHeaders: signableHeaders,
			},
		);
		return String(presigned.query?.['X-Amz-Signature']);
	}
	const signed = await signer.sign(
		new HttpRequest({
			method: request.method,
			path: request.rawPath,
			headers: authorization.signedHeaders.has('x-amz-content-sha256')
				? headers
				: {...headers, 'x-amz-content-sha256': payloadHash},
			query: queryOf(request, () => true),
		}),
		authorization.signedHeaders.has('x-amz-content-sha256')
			? {signingDate, signableHeaders}
			: {signingDate, signableHeaders, unsignableHeaders: withoutSha256},
	);
	return signed.headers['authorization']?.split('Signature=')[1] ?? '';
}

const withoutSha256 = new Set(['x-amz-content-sha256']);

function queryOf(request: WireRequest, keeps: (name: string) => boolean): Record<string, string> {
	return Object.fromEntries([...request.query].filter(([name]) => keeps(name)));
}
