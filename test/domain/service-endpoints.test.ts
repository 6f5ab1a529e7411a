import {describe, expect, test} from 'vitest';
import {
	endpointsByProfile,
	endpointsText,
	singleEndpoint,
} from '../../source/domain/endpoint/service-endpoints.js';

const aws = {s3: null, iam: null, sts: null, kms: null};
const local = {s3: 'http://a', iam: 'http://a', sts: 'http://a', kms: 'http://a'};

describe('where calls go, in words', () => {
	test.each([
		['AWS, where nothing else is named', [{profile: 'p', ...aws}], 'AWS', null],
		[
			'the one place of all',
			[
				{profile: 'p', ...local},
				{profile: 'q', ...local},
			],
			'http://a',
			'http://a',
		],
		[
			'each service’s',
			[{profile: 'p', ...aws, s3: 'http://a'}],
			'S3 http://a, IAM, STS and KMS AWS',
			undefined,
		],
		[
			'each profile’s',
			[
				{profile: 'p', ...local},
				{profile: 'q', ...aws},
			],
			'p: http://a; q: AWS',
			undefined,
		],
		[
			'profiles that agree together',
			[
				{profile: 'p', ...local},
				{profile: 'q', ...aws, iam: 'http://b'},
				{profile: 'r', ...local},
			],
			'p and r: http://a; q: S3, STS and KMS AWS, IAM http://b',
			undefined,
		],
		[
			'what a record of an earlier version says',
			[{profile: 'p', s3: 'http://a', iam: 'http://a', sts: 'http://a'}],
			'http://a',
			'http://a',
		],
		['AWS, where no profile is known', [], 'AWS', undefined],
	])('are %s', (_what, endpoints, text, single) => {
		expect(endpointsText(endpoints)).toBe(text);
		expect(singleEndpoint(endpoints)).toBe(single);
	});

	test('never hold who may use an endpoint', () => {
		const [found] = endpointsByProfile([{profile: 'p', endpoints: {...aws, s3: 'http://me:secret@a/?x=1'}}]);
		expect(found).toEqual({profile: 'p', ...aws, s3: 'http://a'});
	});
});
