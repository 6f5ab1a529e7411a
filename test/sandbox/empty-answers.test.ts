import {CreateBucketCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Credentials, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {sendRaw} from './support/raw-request.js';

let open: OpenSandbox;
let bucket: string;
let key: Credentials;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('empty');
	await open.source.send(new CreateBucketCommand({Bucket: bucket}));
	key = open.sandbox.addUser({accountId: '111122223333', userName: 'reader'});
});
afterAll(() => open.close());

// Documented: the S3 API Reference shows the element of each, empty where nothing was ever set. An empty body is no answer of S3.
describe('a reading that has nothing to say answers the empty element', () => {
	it.each([
		['versioning', 'VersioningConfiguration'],
		['logging', 'BucketLoggingStatus'],
		['notification', 'NotificationConfiguration'],
		['accelerate', 'AccelerateConfiguration'],
	])('?%s: %s', async (setting, root) => {
		const {status, body} = await sendRaw(open.sandbox.endpointUrl, key, {
			method: 'GET',
			path: `/${bucket}`,
			query: [[setting, '']],
		});
		expect({status, root: /<(\w+) xmlns="[^"]+"\s*(?:\/>|><\/\1>)$/.exec(body)?.[1]}).toEqual({
			status: 200,
			root,
		});
	});
});
