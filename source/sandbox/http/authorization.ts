import {type WireRequest} from './wire-request.js';

/** What a request says of its signature (S3 API reference, sig-v4-authenticating-requests). */
export type Authorization = {
	readonly kind: 'header' | 'presigned';
	readonly accessKeyId: string;
	readonly shortDate: string;
	readonly region: string;
	readonly service: string;
	readonly signedHeaders: ReadonlySet<string>;
	readonly signature: string;
	/** `20261122T101112Z` */
	readonly longDate: string;
	readonly expiresInSeconds: number | undefined;
	readonly sessionToken: string | undefined;
};

/** What keeps a signature from being read. */
export type SignatureFault =
	| 'two-signatures'
	| 'malformed-header'
	| 'missing-parameters'
	| 'other-algorithm'
	| 'malformed-parameters'
	| 'expires-no-number'
	| 'expires-too-early'
	| 'expires-too-late';

/** A week (S3 API reference, sigv4-query-string-auth). */
const longestExpiresSeconds = 604_800;

/** Gives the signature data, `anonymous` where there is none, or what is wrong with it. */
export function readAuthorization(request: WireRequest): Authorization | 'anonymous' | SignatureFault {
	const header = request.headers['authorization'];
	const isPresigned = request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm');
	if (header !== undefined) return isPresigned ? 'two-signatures' : fromHeader(header, request);
	return isPresigned ? fromQuery(request) : 'anonymous';
}

function fromHeader(header: string, request: WireRequest): Authorization | 'malformed-header' {
	const match = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(header);
	if (match === null) return 'malformed-header';
	const parts = new Map(
		match[1]!.split(',').map((part) => {
			const equals = part.indexOf('=');
			return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()] as const;
		}),
	);
	const authorization = assemble('header', {
		credential: parts.get('Credential'),
		signedHeaders: parts.get('SignedHeaders'),
		signature: parts.get('Signature'),
		longDate: request.headers['x-amz-date'],
		expires: undefined,
		sessionToken: request.headers['x-amz-security-token'],
	});
	return authorization ?? 'malformed-header';
}

const queryNames = [
	'X-Amz-Algorithm',
	'X-Amz-Credential',
	'X-Amz-Signature',
	'X-Amz-Date',
	'X-Amz-SignedHeaders',
	'X-Amz-Expires',
] as const;

function fromQuery({query}: WireRequest): Authorization | SignatureFault {
	if (!queryNames.every((name) => query.has(name))) return 'missing-parameters';
	if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return 'other-algorithm';
	const expires = query.get('X-Amz-Expires') ?? '';
	if (!/^-?\d+$/.test(expires)) return 'expires-no-number';
	if (Number(expires) < 1) return 'expires-too-early';
	if (Number(expires) > longestExpiresSeconds) return 'expires-too-late';
	const authorization = assemble('presigned', {
		credential: query.get('X-Amz-Credential'),
		signedHeaders: query.get('X-Amz-SignedHeaders'),
		signature: query.get('X-Amz-Signature'),
		longDate: query.get('X-Amz-Date'),
		expires,
		sessionToken: query.get('X-Amz-Security-Token'),
	});
	return authorization ?? 'malformed-parameters';
}

function assemble(
	kind: Authorization['kind'],
	parts: Readonly<
		Record<
			'credential' | 'signedHeaders' | 'signature' | 'longDate' | 'expires' | 'sessionToken',
			string | undefined
		>
	>,
): Authorization | undefined {
	const [accessKeyId, shortDate, region, service, terminator, ...rest] = parts.credential?.split('/') ?? [];
	const isComplete =
		accessKeyId !== undefined &&
		shortDate !== undefined &&
		region !== undefined &&
		service !== undefined &&
		terminator === 'aws4_request' &&
		rest.length === 0 &&
		parts.signedHeaders !== undefined &&
		parts.signature !== undefined &&
		/^\d{8}T\d{6}Z$/.test(parts.longDate ?? '');
	if (!isComplete) return undefined;
	return {
		kind,
		accessKeyId,
		shortDate,
		region,
		service,
		signedHeaders: new Set(parts.signedHeaders.toLowerCase().split(';')),
		signature: parts.signature,
		longDate: parts.longDate!,
		expiresInSeconds: parts.expires === undefined ? undefined : Number(parts.expires),
		sessionToken: parts.sessionToken,
	};
}

/** The time at which the request was signed, in milliseconds since 1970. */
export function signedAtMs(authorization: Authorization): number {
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(authorization.longDate) ?? [];
	return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
