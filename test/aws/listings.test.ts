import {expect, onTestFinished, test} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {failureOf} from './support/connected-sandbox.js';
import {answerOf, rawEndpoint} from './support/raw-endpoint.js';

const marked = (operation: string, marker: string) =>
	`<${operation}Response><${operation}Result><IsTruncated>true</IsTruncated>${marker}</${operation}Result></${operation}Response>`;
const buckets =
	'<ListAllMyBucketsResult><Buckets/><ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>';
const again = '<Marker>m</Marker>';

type Row = readonly [string, string, (aws: Connection) => Promise<unknown>, string];
const simulated = async ({permissions}: Connection) =>
	permissions.simulate({
		principalArn: 'arn:aws:iam::111122223333:user/u',
		actions: ['s3:GetObject'],
		resources: ['*'],
	});

test.each<Row>([
	['ListBuckets', buckets, async (aws) => aws.buckets.list(), 'same place again'],
	['ListBuckets', '', async (aws) => aws.buckets.list(), 'The answer is empty'],
	[
		'ListBuckets',
		'<ListAllMyBucketsResult></ListAllMyBucketsResult>',
		async (aws) => aws.buckets.list(),
		'no list of buckets',
	],
	[
		'ListRolePolicies',
		marked('ListRolePolicies', again),
		async (aws) => aws.roles.listPolicies('r'),
		'same place',
	],
	[
		'ListRolePolicies',
		marked('ListRolePolicies', ''),
		async (aws) => aws.roles.listPolicies('r'),
		'does not say where',
	],
	[
		'ListAttachedRolePolicies',
		marked('ListAttachedRolePolicies', again),
		async (aws) => aws.roles.listAttachedPolicies('r'),
		'same place',
	],
	['SimulatePrincipalPolicy', marked('SimulatePrincipalPolicy', again), simulated, 'same place again'],
])('%s that would not end, or is none, is told so', async (operation, body, call, words) => {
	const endpoint = await rawEndpoint((socket) => socket.write(answerOf('200 OK', body)));
	onTestFinished(endpoint.close);
	const {problem} = await failureOf(call(await endpoint.connection()));
	expect(problem).toMatchObject({code: 'unexpected-answer', kind: 'fixable'});
	expect(problem.headline).toBe(`Cannot understand the answer to ${operation}`);
	expect(problem.cause).toContain(endpoint.url);
	expect(problem.cause).toContain(words);
	expect(endpoint.requestCount()).toBeLessThanOrEqual(2);
});
