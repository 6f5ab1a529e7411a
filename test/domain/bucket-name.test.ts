import {describe, expect, test} from 'vitest';
import {bucketNameFault} from '../../source/domain/answers/bucket-name.js';

// Source of every rule: S3 User Guide, "General purpose bucket naming rules" (docs/aws-facts.md, 7.1).

describe('a bucket name that breaks a rule is told which', () => {
	test.each([
		['', /at least 3 characters; this has 0/],
		['ab', /at least 3 characters; this has 2/],
		['a'.repeat(64), /at most 63 characters; this has 64/],
		['My-bucket', /no capital letters/],
		['my_bucket', /only a-z, 0-9, dots and hyphens; this has “_”/],
		['my bucket', /this has “ ”/],
		['bücket', /this has “ü”/],
		['bucket😀', /this has “😀”/],
		['my/bucket', /this has “\/”/],
		['-bucket', /begins with a letter or a digit/],
		['.bucket', /begins with a letter or a digit/],
		['bucket-', /ends with a letter or a digit/],
		['bucket.', /ends with a letter or a digit/],
		['my..bucket', /no two dots next to each other/],
		['192.168.5.4', /IP address/],
		['999.999.999.999', /IP address/],
		['xn--bucket', /does not begin with xn--/],
		['sthree-bucket', /does not begin with sthree-/],
		['amzn-s3-demo-bucket', /does not begin with amzn-s3-demo-/],
		['bucket-s3alias', /does not end with -s3alias/],
		['bucket--ol-s3', /does not end with --ol-s3/],
		['bucket.mrap', /does not end with \.mrap/],
		['bucket--x-s3', /is a directory bucket: S3 replicates general purpose/],
		['bucket--table-s3', /is a table bucket: S3 replicates general purpose/],
		['data-an', /account's own namespace/],
		['urban-1111-us-east-1-an', /account's own namespace/],
		['111122223333-us-east-1-an', /account's own namespace/],
		['data-111122223333-an', /account's own namespace/],
	])('%j', (name, fault) => {
		expect(bucketNameFault(name)).toMatch(fault);
	});
});

describe('a bucket name that keeps every rule is taken', () => {
	test.each([
		'abc',
		'a'.repeat(63),
		'my-us-east-1',
		'my-destination-account',
		'1.2.3',
		'1.2.3.4.5',
		'1234.1.1.1',
		'a.b-c.d',
		'a.-b',
		'my-xn--bucket',
		'123',
		'urban',
		'data-111122223333-us-east-1-an',
		'data-111122223333-us-gov-west-1-an',
	])('%s', (name) => {
		expect(bucketNameFault(name)).toBeUndefined();
	});
});
