import {HttpRequest} from '@smithy/core/protocols';
import {SignatureV4} from '@smithy/signature-v4';
import {describe, expect, it} from 'vitest';
import {readAuthorization} from '../../source/sandbox/http/authorization.js';
import {Sha256} from '../support/sha256.js';
import {isSignedWith} from '../../source/sandbox/http/signature.js';
import {readWireRequest, type WireRequest} from '../../source/sandbox/http/wire-request.js';
import {makeRandom, type Random} from '../../source/sandbox/world/random.js';

// The sandbox signs requests again by a canonical request of its own: the SDK's signer says what is right.

const secretAccessKey = 'secret/with+signs=';
const signingDate = new Date('2026-11-22T10:11:12Z');
const payloadHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const pieces = [
	'a',
	'key',
	'ü',
	'日本',
	'🪣',
	' ',
	'  ',
	'+',
	'%',
	'%20',
	'%2F',
	'..',
	'.',
	'//',
	'/',
	'~',
	'*',
	"'",
	'()',
	'!',
	'&',
	'=',
	'?',
	'#',
	':',
	'@',
	',',
	';',
	'$',
	'"',
	'\\',
	'|',
	'<>',
	'[]',
	'{}',
	'^',
	'`',
	'_',
	'-',
];
const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const textOf = (random: Random, most: number): string =>
	Array.from({length: Math.floor(random() * (most + 1))}, () => pick(random, pieces)).join('');

/** As the clients write a key into a path: every byte but the slash and what needs no escape. */
const escaped = (text: string): string =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
const pathOf = (random: Random): string => `/bucket/${textOf(random, 8).split('/').map(escaped).join('/')}`;

function queryOf(random: Random): Record<string, string> {
	const names = ['versions', 'prefix', 'X-Own', 'a b', 'ü', 'uploadId', 'a+b', 'A', 'a', 'list-type'];
	return Object.fromEntries(names.filter(() => random() < 0.3).map((name) => [name, textOf(random, 4)]));
}

function headersOf(random: Random): Record<string, string> {
	const names = ['X-Amz-Meta-Text', 'x-amz-tagging', 'content-type', 'range', 'x-amz-meta-b', 'Content-MD5'];
	const values = [
		'plain',
		'  around  ',
		'two  spaces   within',
		'tab\tand space',
		'a,b',
		'"quoted"',
		'ünï',
		'',
	];
	return Object.fromEntries(names.filter(() => random() < 0.4).map((name) => [name, pick(random, values)]));
}

const kinds = [
	{kind: 'in a header, for S3', service: 's3', isPresigned: false},
	{kind: 'in a header, for IAM', service: 'iam', isPresigned: false},
	{kind: 'in the URL, for S3', service: 's3', isPresigned: true},
] as const;

/** A random request, signed by the SDK, as it comes over the wire. */
async function signedBySdk(
	random: Random,
	{service, isPresigned}: (typeof kinds)[number],
): Promise<WireRequest> {
	const signer = new SignatureV4({
		credentials: {accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey},
		region: 'eu-west-1',
		service,
		uriEscapePath: service !== 's3',
		applyChecksum: false,
		sha256: Sha256,
	});
	// The SDK's presigner for S3 says so of the body, too.
	const hash = {'x-amz-content-sha256': isPresigned ? 'UNSIGNED-PAYLOAD' : payloadHash};
	const request = new HttpRequest({
		method: pick(random, ['GET', 'PUT', 'HEAD', 'DELETE']),
		hostname: '127.0.0.1',
		port: 4566,
		path: service === 's3' ? pathOf(random) : '/',
		query: queryOf(random),
		headers: {host: '127.0.0.1:4566', ...hash, ...headersOf(random)},
	});
	const {
		method,
		path,
		query = {},
		headers,
	} = isPresigned
		? await signer.presign(request, {signingDate, expiresIn: 900})
		: await signer.sign(request, {signingDate});
	const search = Object.entries(query).map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`);
	const url = search.length === 0 ? path : `${path}?${search.join('&')}`;
	// On the wire a header is bytes, which node reads as Latin-1, without the spaces around it.
	const raw = Object.entries(headers).flatMap(([name, value]) => [
		name,
		Buffer.from(value.trim(), 'utf8').toString('latin1'),
	]);
	return readWireRequest(method, url, raw);
}

function holds(request: WireRequest, secret = secretAccessKey): boolean {
	const authorization = readAuthorization(request);
	if (typeof authorization === 'string') throw new Error(`The signature is ${authorization}`);
	return isSignedWith(
		secret,
		request,
		authorization,
		request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
	);
}

describe.each(kinds)('a signature of the SDK $kind', (kind) => {
	const seeds = Array.from({length: 250}, (_, index) => index + 1);

	it('holds for any path, query and headers', async () => {
		const requests = await Promise.all(seeds.map(async (seed) => signedBySdk(makeRandom(seed), kind)));
		expect(requests.filter((request) => !holds(request))).toEqual([]);
	});

	it('does not hold with another key, path, method or query', async () => {
		const requests = await Promise.all(seeds.map(async (seed) => signedBySdk(makeRandom(seed), kind)));
		const changed = requests.flatMap((request) => [
			{...request, rawPath: `${request.rawPath}x`},
			{...request, method: 'POST'},
			{...request, parameters: [...request.parameters, ['more', ''] as const]},
		]);
		expect(changed.filter((request) => holds(request))).toEqual([]);
		expect(requests.filter((request) => holds(request, 'other'))).toEqual([]);
	});
});
