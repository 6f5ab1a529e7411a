import {CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	DeleteBucketPolicyCommand,
	GetBucketPolicyCommand,
	GetBucketVersioningCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {AssumeRoleCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type Clock} from '../../source/sandbox/start-sandbox.js';
import {until} from '../support/until.js';
import {errorOf, openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {destinationPolicy, policyOf, put, rolePolicy, trustOfS3} from './support/replicated-pair.js';

/** Time that passes only when the test says so; it begins now, since requests are signed with the machine's time. */
class TestClock implements Clock {
	#nowMs = Date.now();
	readonly #waiting = new Set<{readonly atMs: number; readonly wake: () => void}>();

	readonly now = (): number => this.#nowMs;
	readonly wait = (delayMs: number): Promise<void> =>
		new Promise((wake) => {
			this.#waiting.add({atMs: this.#nowMs + delayMs, wake});
		});

	get waiting(): number {
		return this.#waiting.size;
	}

	advance(byMs: number): void {
		this.#nowMs += byMs;
		for (const waiter of this.#waiting) {
			const isDue = waiter.atMs <= this.#nowMs && this.#waiting.delete(waiter);
			const wake = isDue ? waiter.wake : () => undefined;
			wake();
		}
	}
}

const propagationDelayMs = 10_000;
let clock: TestClock;
let open: OpenSandbox;
beforeAll(async () => {
	clock = new TestClock();
	open = await openSandbox({clock, propagationDelayMs, replicationDelayMs: 100});
});
afterAll(() => open.close());

const versioned = async (Bucket: string): Promise<void> => {
	await open.source.send(new CreateBucketCommand({Bucket}));
	await open.source.send(
		new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
	);
};
const versioningOf = async (Bucket: string) =>
	(await open.source.send(new GetBucketVersioningCommand({Bucket}))).Status ?? 'none';

it('versioning is not enabled yet for a while, and replication says so (docs/aws-facts.md, 5.6, 7.4)', async () => {
	const source = open.name('source');
	const destination = open.name('destination');
	await versioned(destination);
	clock.advance(propagationDelayMs);
	await versioned(source);
	const configure = () =>
		open.source.send(
			new PutBucketReplicationCommand({
				Bucket: source,
				ReplicationConfiguration: {
					Role: 'arn:aws:iam::111122223333:role/any',
					Rules: [ruleTo(destination)],
				},
			}),
		);
	expect(await versioningOf(source)).toBe('none');
	expect(await errorOf(configure())).toMatchObject({
		code: 'InvalidRequest',
		message: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
	});
	clock.advance(propagationDelayMs);
	expect(await versioningOf(source)).toBe('Enabled');
	await configure();
});

it('a new role is there for IAM at once, for others later (docs/aws-facts.md, 9.3)', async () => {
	const RoleName = open.name('role');
	const bucket = open.name('bucket');
	await versioned(bucket);
	const trust = policyOf([{Effect: 'Allow', Principal: {AWS: '111122223333'}, Action: 'sts:AssumeRole'}]);
	const {Role} = await open.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust}));
	const RoleArn = Role?.Arn ?? '';
	const name = () =>
		open.source.send(
			new PutBucketPolicyCommand({Bucket: bucket, Policy: destinationPolicy(RoleArn, bucket)}),
		);
	const assume = () => open.sts('source').send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me'}));
	expect((await open.iam.send(new GetRoleCommand({RoleName}))).Role?.Arn).toBe(RoleArn);
	expect(await errorOf(name())).toMatchObject({
		code: 'MalformedPolicy',
		message: 'Invalid principal in policy',
	});
	expect(await errorOf(assume())).toMatchObject({code: 'AccessDenied'});
	clock.advance(propagationDelayMs);
	await name();
	await assume();
});

it('a bucket policy is there at once and takes effect later (docs/aws-facts.md, 13.1)', async () => {
	const bucket = open.name('bucket');
	await versioned(bucket);
	const other = open.s3('destination', 'us-east-1');
	const write = () => other.send(new PutObjectCommand({Bucket: bucket, Key: 'k', Body: 'x'}));
	const Policy = policyOf([
		{
			Effect: 'Allow',
			Principal: {AWS: '444455556666'},
			Action: 's3:PutObject',
			Resource: `arn:aws:s3:::${bucket}/*`,
		},
	]);
	await open.source.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
	expect((await open.source.send(new GetBucketPolicyCommand({Bucket: bucket}))).Policy).toBe(Policy);
	expect(await errorOf(write())).toMatchObject({code: 'AccessDenied'});
	clock.advance(propagationDelayMs);
	await write();
	await open.source.send(new DeleteBucketPolicyCommand({Bucket: bucket}));
	await write();
	clock.advance(propagationDelayMs);
	expect(await errorOf(write())).toMatchObject({code: 'AccessDenied'});
});

it('an object that comes before the role policy is in effect fails for good (docs/aws-facts.md, 9.3)', async () => {
	const source = open.name('source');
	const destination = open.name('destination');
	const RoleName = open.name('role');
	await versioned(source);
	await versioned(destination);
	const {Role} = await open.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trustOfS3}));
	clock.advance(propagationDelayMs);
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName,
			PolicyName: 'p',
			PolicyDocument: rolePolicy(source, destination),
		}),
	);
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: Role?.Arn, Rules: [ruleTo(destination)]},
		}),
	);
	const outcomeOf = async (key: string) => {
		const versionId = await put(open.source, source, key);
		await until(() => clock.waiting > 0);
		clock.advance(1000);
		return until(() => open.sandbox.replications.find((entry) => entry.versionId === versionId));
	};
	expect(await outcomeOf('early')).toMatchObject({failureReason: 'SrcGetObjectNotPermitted'});
	clock.advance(propagationDelayMs);
	expect(await outcomeOf('late')).toMatchObject({outcome: 'COMPLETED'});
});
