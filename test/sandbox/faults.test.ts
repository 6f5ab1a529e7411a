import {
	GetObjectCommand,
	HeadBucketCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {GetRoleCommand, ListRolesCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {FaultPlan} from '../../source/sandbox/faults/fault-plan.js';
import {makeReplicationDelay} from '../../source/sandbox/replication/replication-delay.js';
import {type FaultRule, parseFaults} from '../../source/sandbox/start-sandbox.js';
import {until} from '../support/until.js';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, finalStatusOf, put, setUpPair, statusOf} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	bucket = open.name('faults');
	await createVersioned(open.source, bucket);
});
beforeEach(() => {
	open.sandbox.setFaults([]);
});
afterAll(() => open.close());

describe('the file of faults', () => {
	it('is a list of rules', () => {
		const rules: FaultRule[] = [
			{
				service: 's3',
				operation: 'PutObject',
				account: '111122223333',
				bucket: 'b',
				nth: 2,
				fault: 'SlowDown',
			},
			{probability: 0.5, fault: 'SlowAnswer', delayMs: 10},
			{region: 'us-west-2', fault: 'RegionDown'},
		];
		expect(parseFaults(JSON.stringify(rules))).toEqual({ok: true, rules});
	});

	it.each([
		{text: '{', says: 'are not JSON'},
		{text: '{}', says: 'not a JSON list'},
		{text: '[1]', says: 'Rule 1 is no JSON object'},
		{text: '[{"fault":"SlowDown"},{}]', says: 'Rule 2 has no “fault”: one of SlowDown,'},
		{text: '[{"fault":"Explode"}]', says: '“fault” must be one of SlowDown, InternalError'},
		{text: '[{"fault":"SlowDown","when":1}]', says: 'unknown field “when”'},
		{text: '[{"fault":"SlowDown","nth":0}]', says: '“nth” must be a whole number from 1 on, not 0'},
		{text: '[{"fault":"SlowDown","probability":2}]', says: '“probability” must be a number from 0 to 1'},
		{text: '[{"fault":"SlowDown","nth":1,"probability":1}]', says: 'both “nth” and “probability”'},
		{text: '[{"fault":"SlowDown","account":111122223333}]', says: 'a text of 12 digits'},
		{text: '[{"fault":"SlowDown","service":"ec2"}]', says: 'one of s3, s3control, iam, sts, kms'},
		{text: '[{"fault":"SlowDown","operation":"PutObjekt"}]', says: 'an operation that the sandbox does'},
		{text: '[{"fault":"RegionDown"}]', says: 'needs a “region”'},
		{text: '[{"fault":"SlowDown","delayMs":5}]', says: 'belongs to SlowAnswer alone'},
	])('is refused with a sentence where it is $text', ({text, says}) => {
		expect(parseFaults(text)).toMatchObject({ok: false, reason: expect.stringContaining(says) as string});
	});
});

describe('faults of requests', () => {
	// Codes and status: S3 API reference, ErrorResponses; IAM API reference, CommonErrors.
	it.each([
		{fault: 'SlowDown', code: 'SlowDown', status: 503},
		{fault: 'InternalError', code: 'InternalError', status: 500},
		{fault: 'ExpiredToken', code: 'ExpiredToken', status: 400},
		{fault: 'RegionDown', code: 'ServiceUnavailable', status: 503, region: 'us-east-1'},
	] as const)('of S3: $fault is $code', async ({code, status, ...rule}) => {
		open.sandbox.setFaults([{...rule, service: 's3'}]);
		expect(await errorOf(open.source.send(new ListBucketsCommand({})))).toMatchObject({code, status});
		await open.iam.send(new ListRolesCommand({}));
	});

	it.each([
		{fault: 'SlowDown', code: 'Throttling', status: 400},
		{fault: 'InternalError', code: 'InternalFailure', status: 500},
		{fault: 'ExpiredToken', code: 'ExpiredToken', status: 403},
		{fault: 'RegionDown', code: 'ServiceUnavailable', status: 503, region: 'us-east-1'},
	] as const)('of IAM: $fault is $code', async ({code, status, ...rule}) => {
		open.sandbox.setFaults([{...rule, service: 'iam'}]);
		expect(await errorOf(open.iam.send(new ListRolesCommand({})))).toMatchObject({code, status});
	});

	it('meet what they name and nothing else', async () => {
		open.sandbox.setFaults([
			{operation: 'GetRole', fault: 'InternalError'},
			{account: '444455556666', fault: 'SlowDown'},
			{bucket: 'another', fault: 'SlowDown'},
			{region: 'eu-west-1', fault: 'RegionDown'},
		]);
		await open.source.send(new HeadBucketCommand({Bucket: bucket}));
		expect(await errorOf(open.destination.send(new ListBucketsCommand({})))).toMatchObject({
			code: 'SlowDown',
		});
		expect(await errorOf(open.iam.send(new GetRoleCommand({RoleName: 'r'})))).toMatchObject({
			code: 'InternalFailure',
		});
	});

	it('hit the nth request that fits, and the log says which', async () => {
		open.sandbox.setFaults([{operation: 'HeadBucket', nth: 2, fault: 'InternalError'}]);
		const head = () => open.source.send(new HeadBucketCommand({Bucket: bucket}));
		await head();
		expect(await errorOf(head())).toMatchObject({status: 500});
		await head();
		const logged = open.sandbox.requests.filter(({operation}) => operation === 'HeadBucket').slice(-3);
		expect(logged.map(({fault}) => fault)).toEqual([undefined, 'InternalError', undefined]);
	});

	it('reset the connection before the effect, so that nothing happened', async () => {
		open.sandbox.setFaults([{operation: 'PutObject', nth: 1, fault: 'ResetBeforeEffect'}]);
		const error = await errorOf(
			open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'before', Body: 'x'})),
		);
		expect(error.fields).toMatchObject({code: 'ECONNRESET'});
		expect(
			await errorOf(open.source.send(new HeadObjectCommand({Bucket: bucket, Key: 'before'}))),
		).toMatchObject({status: 404});
	});

	it('reset the connection after the effect, so that the client does not know', async () => {
		open.sandbox.setFaults([{operation: 'PutObject', nth: 1, fault: 'ResetAfterEffect'}]);
		const error = await errorOf(
			open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'after', Body: 'x'})),
		);
		expect(error.fields).toMatchObject({code: 'ECONNRESET'});
		await open.source.send(new HeadObjectCommand({Bucket: bucket, Key: 'after'}));
		expect(open.sandbox.requests.find(({fault}) => fault === 'ResetAfterEffect')).toMatchObject({status: 0});
	});

	it('make an answer late', async () => {
		open.sandbox.setFaults([{operation: 'HeadBucket', fault: 'SlowAnswer', delayMs: 60}]);
		await open.source.send(new HeadBucketCommand({Bucket: bucket}));
		const logged = open.sandbox.requests.find(({fault}) => fault === 'SlowAnswer');
		expect(logged?.durationMs).toBeGreaterThanOrEqual(55);
	});

	it('break a body off halfway', async () => {
		await open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'long', Body: 'x'.repeat(10_000)}));
		open.sandbox.setFaults([{operation: 'GetObject', fault: 'TruncatedBody'}]);
		const {Body} = await open.source.send(new GetObjectCommand({Bucket: bucket, Key: 'long'}));
		expect(await errorOf(Body!.transformToString())).toMatchObject({message: 'aborted'});
	});

	it('are the same for the same seed', () => {
		const hits = (seed: number) => {
			const plan = new FaultPlan(seed, [{probability: 0.3, fault: 'SlowDown'}]);
			const subject = {
				service: 's3',
				operation: 'PutObject',
				accountId: '1',
				bucket: 'b',
				region: 'r',
			} as const;
			return Array.from({length: 1000}, () => plan.next(subject) !== undefined);
		};
		expect(hits(1)).toEqual(hits(1));
		expect(hits(1)).not.toEqual(hits(2));
		const share = hits(1).filter(Boolean).length / 1000;
		expect(share).toBeGreaterThan(0.25);
		expect(share).toBeLessThan(0.35);
	});
});

describe('faults of replication', () => {
	// That trouble of the service keeps a copy pending and is resumed: S3 User Guide, replication-status.
	it.each([
		{region: 'us-west-2', fault: 'RegionDown'},
		{operation: 'Replication', fault: 'InternalError'},
	] as const)('keep a copy pending until they are over: $fault', async (rule) => {
		const {source} = await setUpPair(open);
		let looks = 0;
		const counting = new Proxy(rule, {
			get: (target, name: keyof typeof rule) => {
				looks += 1;
				return target[name];
			},
		});
		open.sandbox.setFaults([counting]);
		const versionId = await put(open.source, source, 'k');
		await until(() => looks > 100);
		expect(await statusOf(open.source, source, 'k', versionId)).toBe('PENDING');
		open.sandbox.setFaults([]);
		expect(await finalStatusOf(open.source, source, 'k', versionId)).toBe('COMPLETED');
	});
});

it('larger files take longer to replicate', () => {
	const small = makeReplicationDelay(1000, 1);
	const large = makeReplicationDelay(1000, 1);
	expect(large('bucket', 64 * 1024 * 1024)).toBeCloseTo(5 * small('bucket', 0));
});
