import {createHash} from 'node:crypto';
import {escapeUri} from '../wire/percent.js';
import {type Authorization} from './authorization.js';
import {isSameText, signatureOf, signingKeyOf} from './signing-key.js';
import {type WireRequest} from './wire-request.js';

/**
 * Says whether the request bears the signature that its secret gives, by signing it again (IAM User Guide,
 * create-signed-request). `payloadHash` is the SHA-256 of the body in hexadecimal, or what the request says in place
 * of it.
 */
export function isSignedWith(
	secretAccessKey: string,
	request: WireRequest,
	authorization: Authorization,
	payloadHash: string,
): boolean {
	const {shortDate, longDate, region, service, signedHeaders} = authorization;
	// What the date of a header says must be signed, or it could be moved to where the key still counts.
	if (authorization.kind === 'header' && !signedHeaders.has('x-amz-date')) return false;
	if (longDate.slice(0, 8) !== shortDate) return false;
	const canonical = canonicalRequestOf(request, authorization, payloadHash);
	const scope = `${shortDate}/${region}/${service}/aws4_request`;
	const hash = createHash('sha256').update(canonical).digest('hex');
	const text = `AWS4-HMAC-SHA256\n${longDate}\n${scope}\n${hash}`;
	return isSameText(signatureOf(signingKeyOf(secretAccessKey, authorization), text), authorization.signature);
}

function canonicalRequestOf(
	{method, rawPath, parameters, headers}: WireRequest,
	{kind, service, signedHeaders}: Authorization,
	payloadHash: string,
): string {
	// S3 alone signs the path as it is sent (IAM User Guide, create-signed-request).
	const path = service === 's3' ? rawPath : rawPath.split('/').map(escapeUri).join('/');
	const names = [...signedHeaders].filter((name) => headers[name] !== undefined).sort();
	let lines = '';
	for (const name of names) lines += `${name}:${headers[name]!.trim().replace(/\s+/g, ' ')}\n`;
	return `${method}\n${path}\n${canonicalQueryOf(parameters, kind)}\n${lines}\n${names.join(';')}\n${payloadHash}`;
}

/** Sorted by name, and by value where a parameter is repeated. */
function canonicalQueryOf(parameters: WireRequest['parameters'], kind: Authorization['kind']): string {
	if (parameters.length === 0) return '';
	return parameters
		.filter(([name]) => kind === 'header' || name !== 'X-Amz-Signature')
		.map(([name, value]) => [escapeUri(name), escapeUri(value)] as const)
		.sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
		.map(([name, value]) => `${name}=${value}`)
		.join('&');
}

function order(left: string, right: string): number {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}
