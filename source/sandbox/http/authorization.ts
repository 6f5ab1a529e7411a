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

/** Gives the signature data, `anonymous` where there is none, `malformed` where it cannot be read. */
export function readAuthorization(request: WireRequest): Authorization | 'anonymous' | 'malformed' {
	const header = request.headers['authorization'];
	if (header !== undefined) return fromHeader(header, request);
	if (request.query.has('X-Amz-Signature')) return fromQuery(request);
	return 'anonymous';
}

function fromHeader(header: string, request: WireRequest): Authorization | 'malformed' {
	const match = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(header);
	if (match === null) return 'malformed';
	const parts = new Map(
		match[1]!.split(',').map((part) => {
			const equals = part.indexOf('=');
			return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()] as const;
		}),
	);
	return assemble('header', {
		credential: parts.get('Credential'),
		signedHeaders: parts.get('SignedHeaders'),
		signature: parts.get('Signature'),
		longDate: request.headers['x-amz-date'],
		expires: undefined,
		sessionToken: request.headers['x-amz-security-token'],
	});
}

function fromQuery({query}: WireRequest): Authorization | 'malformed' {
	return assemble('presigned', {
		credential: query.get('X-Amz-Credential'),
		signedHeaders: query.get('X-Amz-SignedHeaders'),
		signature: query.get('X-Amz-Signature'),
		longDate: query.get('X-Amz-Date'),
		expires: query.get('X-Amz-Expires') ?? '',
		sessionToken: query.get('X-Amz-Security-Token'),
	});
}

function assemble(
	kind: Authorization['kind'],
	parts: Readonly<
		Record<
			'credential' | 'signedHeaders' | 'signature' | 'longDate' | 'expires' | 'sessionToken',
			string | undefined
		>
	>,
): Authorization | 'malformed' {
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
		/^\d{8}T\d{6}Z$/.test(parts.longDate ?? '') &&
		(parts.expires === undefined || /^\d+$/.test(parts.expires));
	if (!isComplete) return 'malformed';
	return {
		kind,
		accessKeyId,
		shortDate,
		region,
		service,
		signedHeaders: new Set(parts.signedHeaders!.toLowerCase().split(';')),
		signature: parts.signature!,
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
