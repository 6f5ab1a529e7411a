import {createHash} from 'node:crypto';
import {HttpRequest} from '@smithy/core/protocols';
import {SignatureV4} from '@smithy/signature-v4';
import {Sha256} from '../support/sha256.js';
import type {Load} from './load-generator.js';

/** Takes a load, gives its requests signed and written out, so that sending them costs next to nothing. */
export async function signedRequests(load: Load): Promise<readonly Buffer[]> {
	const {accessKeyId, secretAccessKey, method, query = {}, body = ''} = load;
	const {host, hostname, port} = new URL(load.endpointUrl);
	const signer = new SignatureV4({
		credentials: {accessKeyId, secretAccessKey},
		region: 'us-east-1',
		service: 's3',
		uriEscapePath: false,
		sha256: Sha256,
	});
	const search = new URLSearchParams(query).toString();
	const hash = createHash('sha256').update(body).digest('hex');
	const requests: Buffer[] = [];
	for (let number = 0; number < load.count; number += 1) {
		const path = load.path.replace('%d', String(number));
		const {headers} = await signer.sign(
			new HttpRequest({
				method,
				path,
				query: {...query},
				hostname,
				port: Number(port),
				headers: {host, 'x-amz-content-sha256': hash, 'content-length': String(body.length)},
			}),
		);
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		const target = search === '' ? path : `${path}?${search}`;
		requests.push(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`));
	}
	return requests;
}
