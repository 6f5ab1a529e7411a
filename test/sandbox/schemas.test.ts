import * as s3 from '@aws-sdk/client-s3';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import {XmlShapeDeserializer} from '@aws-sdk/core/protocols';
import {NormalizedSchema} from '@smithy/core/schema';
import {describe, expect, it} from 'vitest';
import {iamActions} from '../../source/sandbox/iam/actions.js';
import {kmsActions} from '../../source/sandbox/kms/actions.js';
import {s3Actions} from '../../source/sandbox/s3/actions.js';
import {sqsActions} from '../../source/sandbox/sqs/actions.js';
import {stsActions} from '../../source/sandbox/sts/actions.js';
import {isValidXml} from '../../source/sandbox/wire/check-xml.js';
import {type Operation, operationsOf} from '../../source/sandbox/wire/operation.js';
import {parseQueryInput, renderQueryOutput} from '../../source/sandbox/wire/query-codec.js';
import {parseRestInput} from '../../source/sandbox/wire/rest-codec.js';
import {makeRestRouter} from '../../source/sandbox/wire/rest-router.js';

// The SDK's schemas are no public interface: these tests notice when an update changes what the sandbox builds on.

describe('the SDK exports', () => {
	it.each([
		{service: 'S3', module: s3, names: [...s3Actions.keys()], atLeast: 100},
		{service: 'IAM', module: iam, names: [...iamActions.keys()], atLeast: 150},
		{service: 'STS', module: sts, names: [...stsActions.keys()], atLeast: 8},
		{service: 'KMS', module: kms, names: [...kmsActions.keys()], atLeast: 50},
		{service: 'SQS', module: sqs, names: [...sqsActions.keys()], atLeast: 20},
	])('a schema for every operation of $service that the sandbox does', ({module, names, atLeast}) => {
		const operations = operationsOf(module);
		expect(operations.size).toBeGreaterThanOrEqual(atLeast);
		expect(names.filter((name) => !operations.has(name))).toEqual([]);
	});
});

describe('the router', () => {
	const route = makeRestRouter(operationsOf(s3).values());

	it.each([
		['GET', '', '', 'ListBuckets'],
		['PUT', 'b', '', 'CreateBucket'],
		['HEAD', 'b', '', 'HeadBucket'],
		['GET', 'b', '', 'ListObjects'],
		['GET', 'b', 'list-type=2', 'ListObjectsV2'],
		['GET', 'b', 'versions', 'ListObjectVersions'],
		['GET', 'b', 'uploads', 'ListMultipartUploads'],
		['PUT', 'b', 'replication', 'PutBucketReplication'],
		['PUT', 'b', 'versioning', 'PutBucketVersioning'],
		['DELETE', 'b', 'policy', 'DeleteBucketPolicy'],
		['POST', 'b', 'delete', 'DeleteObjects'],
		['GET', 'b', 'analytics', 'ListBucketAnalyticsConfigurations'],
		['GET', 'b', 'analytics&id=1', 'GetBucketAnalyticsConfiguration'],
		['PUT', 'b/k', '', 'PutObject'],
		['PUT', 'b/k', 'partNumber=1&uploadId=u', 'UploadPart'],
		['GET', 'b/k', 'versionId=v', 'GetObject'],
		['GET', 'b/k', 'tagging', 'GetObjectTagging'],
		['DELETE', 'b/k', 'uploadId=u', 'AbortMultipartUpload'],
		['POST', 'b/k', 'uploads', 'CreateMultipartUpload'],
		['POST', 'b/k', 'uploadId=u', 'CompleteMultipartUpload'],
		['PATCH', 'b/k', '', undefined],
	])('takes %s %s?%s for %s', (method, path, query, name) => {
		const [bucket, key] = path.split('/');
		const target = {
			method,
			hasBucket: bucket !== '',
			hasKey: key !== undefined,
			query: new Map(new URLSearchParams(query)),
			headers: {},
		};
		expect(route(target)?.name).toBe(name);
	});

	it('takes a PUT with x-amz-copy-source for CopyObject', () => {
		const target = {
			method: 'PUT',
			hasBucket: true,
			hasKey: true,
			query: new Map(),
			headers: {'x-amz-copy-source': 'b/k'},
		};
		expect(route(target)?.name).toBe('CopyObject');
	});
});

describe('the check of a body', () => {
	const shape = NormalizedSchema.of(s3.ReplicationConfiguration$);
	const rule = '<Rule><Status>Enabled</Status><Destination><Bucket>b</Bucket></Destination></Rule>';
	const configuration = (inner: string) =>
		`<?xml version="1.0"?><ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</ReplicationConfiguration>`;

	it.each([
		{what: 'all that is required', text: configuration(`<Role>r</Role>${rule}`)},
		{what: 'white space between elements', text: configuration(`\n  <Role>r</Role>\n  ${rule}\n`)},
		{
			what: 'another order',
			text: configuration(
				'<Rule><Destination><Bucket>b</Bucket></Destination><Status>Enabled</Status></Rule><Role>r</Role>',
			),
		},
	])('passes $what', ({text}) => {
		expect(isValidXml(text, 'ReplicationConfiguration', shape)).toBe(true);
	});

	it.each([
		{what: 'nothing', text: ''},
		{what: 'no XML', text: '{}'},
		{what: 'another root', text: configuration('').replaceAll('ReplicationConfiguration', 'Other')},
		{what: 'a missing element', text: configuration(rule)},
		{what: 'an unknown element', text: configuration(`<Role>r</Role>${rule}<Extra/>`)},
		{what: 'an element twice', text: configuration(`<Role>r</Role><Role>s</Role>${rule}`)},
		{
			what: 'another value of an enumeration',
			text: configuration(`<Role>r</Role>${rule.replace('Enabled', 'On')}`),
		},
		{
			what: 'text for a number',
			text: configuration(`<Role>r</Role>${rule.replace('<Status>', '<Priority>high</Priority><Status>')}`),
		},
		{what: 'no end', text: configuration(`<Role>r</Role>${rule}`).replace('</ReplicationConfiguration>', '')},
	])('stops $what', ({text}) => {
		expect(isValidXml(text, 'ReplicationConfiguration', shape)).toBe(false);
	});
});

describe('a document with blanks between its elements, as s3cmd sends it', () => {
	it.each([
		{what: 'blanks', gap: '    '},
		{what: 'ends of lines', gap: '\r\n\t'},
		{what: 'nothing', gap: ''},
	])('is read as without: $what', async ({gap}) => {
		const elements = [
			'<Tagging>',
			'<TagSet>',
			'<Tag>',
			'<Key>k</Key>',
			'<Value> </Value>',
			'</Tag>',
			'</TagSet>',
		];
		const body = Buffer.from([...elements, '</Tagging>'].join(gap));
		const operation = operationsOf(s3).get('PutBucketTagging') as Operation;
		const request = {bucket: 'b', key: undefined, query: new Map<string, string>(), headers: {}, body};
		expect(await parseRestInput(operation, request)).toMatchObject({
			Tagging: {TagSet: [{Key: 'k', Value: ' '}]},
		});
	});
});

describe('the query protocol', () => {
	const createRole = operationsOf(iam).get('CreateRole') as Operation;

	it('reads lists and structures from a form', () => {
		const form = new Map([
			['RoleName', 'r'],
			['MaxSessionDuration', '7200'],
			['Tags.member.1.Key', 'a'],
			['Tags.member.1.Value', '1'],
			['Tags.member.2.Key', 'b'],
			['Tags.member.2.Value', ''],
		]);
		expect(parseQueryInput(createRole, form)).toEqual({
			RoleName: 'r',
			MaxSessionDuration: 7200,
			Tags: [
				{Key: 'a', Value: '1'},
				{Key: 'b', Value: ''},
			],
		});
	});

	it('writes what the SDK reads back', () => {
		const output = {
			Role: {
				Path: '/',
				RoleName: 'a<b>&"c',
				RoleId: 'AROA',
				Arn: 'arn',
				CreateDate: new Date('2026-01-02T03:04:05Z'),
				Tags: [{Key: 'k', Value: ''}],
			},
		};
		const text = renderQueryOutput(createRole, output, {xmlNamespace: 'urn:x', requestId: 'id'});
		const reader = new XmlShapeDeserializer({
			timestampFormat: {useTrait: true, default: 5},
			httpBindings: false,
			xmlNamespace: 'urn:x',
			serviceNamespace: 'com.amazonaws.iam',
		});
		expect(reader.read(createRole.output, Buffer.from(text), 'CreateRoleResult')).toEqual(output);
		expect(text).toContain(
			'<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></CreateRoleResponse>',
		);
	});
});
