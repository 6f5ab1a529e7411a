import {describe, expect, test} from 'vitest';
import {endpointFault, mayHoldSecret, withoutUserInfo} from '../../source/domain/endpoint/endpoint-url.js';
import {recordedEndpoint} from '../../source/domain/endpoint/recorded-endpoint.js';

const hidden = /bob|s3cr3t|s3%63/;

// What people and programs write where a URL with user information should be, readable to URL parsers or not.
const withSecrets = [
	'http://bob:s3cr3t@127.0.0.1:9',
	'https://bob@example.com',
	'https://:s3cr3t@example.com',
	'HTTP://bob:s3cr3t@example.com',
	'http://bob:s3cr3t@example.com:99999',
	'http://bob:s3cr3t@',
	'http://bob:pa/s3cr3t@example.com',
	'http://bob:1/s3cr3t@example.com',
	'http://bob:s3cr3t%40example.com',
	'http://bob%3As3cr3t%40example.com/',
	'http://bob:s3cr3t＠example.com',
	'http:\\\\bob:s3cr3t@example.com',
	'http:bob:s3cr3t@example.com',
	'bob:s3cr3t@example.com:9000',
	'//bob:s3cr3t@example.com',
	' http://bob:s3cr3t@example.com',
	'ftp://bob:s3cr3t@example.com',
	'http://a@bob:s3cr3t@example.com',
	'http://example.com/?token=s3cr3t',
	'http://example.com/#s3cr3t',
	'example.com?s3cr3t',
];

describe.each(withSecrets)('%s', (url) => {
	test('is no endpoint, and why is said without repeating it', () => {
		expect(mayHoldSecret(url)).toBe(true);
		expect(endpointFault(url)).toContain('takes no user name, password');
		expect(endpointFault(url)).not.toMatch(hidden);
	});

	test('reaches no record', () => {
		expect(recordedEndpoint(url)).not.toMatch(hidden);
	});
});

test.each(['http://127.0.0.1:9', 'https://s3.example.com/path', 'http://[::1]:4566'])(
	'%s is an endpoint',
	(url) => {
		expect(endpointFault(url)).toBeUndefined();
		expect(recordedEndpoint(url)).toBe(url);
	},
);

test.each([
	['“http://bob:s3cr3t@host” is more', '“http://…@host” is more'],
	['“https://bob:pa/s3cr3t@host:1/x” and “http://bob@h”', '“https://…@host:1/x” and “http://…@h”'],
	['see https://docs.aws.amazon.com/AmazonS3', 'see https://docs.aws.amazon.com/AmazonS3'],
	['s3://bucket/picture@2x.png', 's3://bucket/picture@2x.png'],
])('in “%s” nobody reads a password', (text, shown) => {
	expect(withoutUserInfo(text)).toBe(shown);
});
