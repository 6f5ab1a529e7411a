import {
	DeleteBucketCommand,
	DeleteObjectsCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutObjectCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {expect, onTestFinished, test} from 'vitest';
import {systemClock} from '../../source/commands/system-clock.js';
import type {RunEvent} from '../../source/domain/event.js';
import {cleanUp} from '../../source/engine/clean-up.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {createVersioned, policyOf} from '../sandbox/support/replicated-pair.js';
import {openSandboxAws} from '../support/sandbox-session.js';

const accountId = '111122223333';

/** Two buckets of one account with nothing in common but what a test puts into them. */
async function twoBuckets() {
	const one = await openSandbox();
	onTestFinished(one.close);
	const there = one.s3('source', 'us-west-2');
	await createVersioned(one.source, 'here');
	await createVersioned(there, 'there');
	const connection = await (await openSandboxAws(one.sandbox)).connect('source');
	const endOf = (bucket: string, region: string) => ({reference: {bucket, region, accountId}, connection});
	const source = endOf('here', 'us-east-1');
	const found = {source, destinations: [{bucket: 'there', watched: endOf('there', 'us-west-2')}]};
	const remove = async (folder: string): Promise<readonly RunEvent[]> => {
		const events: RunEvent[] = [];
		const options = {clock: systemClock, signal: new AbortController().signal};
		for await (const event of cleanUp(folder, found, options)) events.push(event);
		return events;
	};
	return {one, there, remove};
}

const keysIn = async (client: S3Client, Bucket: string): Promise<readonly string[]> => {
	const {Versions = [], DeleteMarkers = []} = await client.send(new ListObjectVersionsCommand({Bucket}));
	return [...Versions, ...DeleteMarkers].map(({Key = ''}) => Key);
};

test('removes more versions and markers than a request takes, a thousand at once, and nothing else', async () => {
	const {one, there, remove} = await twoBuckets();
	const fill = async (client: S3Client, Bucket: string, markers: number): Promise<void> => {
		for (const Key of ['run/0', 'run/0', 'runs-of-others'])
			await client.send(new PutObjectCommand({Bucket, Key}));
		for (let from = 0; from < markers; from += 1000) {
			// Markers are versions as well, and a request makes a thousand of them.
			const Objects = Array.from({length: 1000}, (_, index) => ({Key: `run/${from + index}`}));
			await client.send(new DeleteObjectsCommand({Bucket, Delete: {Objects}}));
		}
	};
	await Promise.all([fill(one.source, 'here', 1000), fill(there, 'there', 1000)]);
	const before = one.sandbox.requests.length;
	const events = await remove('run/');

	expect(events.filter(({type}) => type === 'operation-finished')).toHaveLength(2);
	expect(await keysIn(one.source, 'here')).toEqual(['runs-of-others']);
	expect(await keysIn(there, 'there')).toEqual(['runs-of-others']);
	const deletes = one.sandbox.requests.slice(before).filter(({operation}) => operation === 'DeleteObjects');
	expect(deletes).toHaveLength(4);
});

test('cleans the source also where the destination cannot be cleaned, and says why', async () => {
	const {one, there, remove} = await twoBuckets();
	await one.source.send(new PutObjectCommand({Bucket: 'here', Key: 'run/1'}));
	await there.send(new PutObjectCommand({Bucket: 'there', Key: 'run/1'}));
	const denied = {
		Effect: 'Deny',
		Principal: '*',
		Action: 's3:DeleteObjectVersion',
		Resource: 'arn:aws:s3:::there/*',
	};
	await there.send(new PutBucketPolicyCommand({Bucket: 'there', Policy: policyOf([denied])}));
	const events = await remove('run/');

	expect(await keysIn(one.source, 'here')).toEqual([]);
	expect(await keysIn(there, 'there')).toEqual(['run/1']);
	expect(events.find(({type}) => type === 'operation-failed')).toMatchObject({
		target: 'there',
		problem: {code: 'not-allowed', headline: expect.stringContaining('there') as string},
	});
});

test('has nothing to do in a destination that is gone', async () => {
	const {one, there, remove} = await twoBuckets();
	await one.source.send(new PutObjectCommand({Bucket: 'here', Key: 'run/1'}));
	await there.send(new DeleteBucketCommand({Bucket: 'there'}));
	const events = await remove('run/');

	expect(events.filter(({type}) => type === 'operation-finished')).toHaveLength(2);
	expect(await keysIn(one.source, 'here')).toEqual([]);
});
