import {expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {fixable, ProblemError} from '../../source/domain/problem.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {namingBlockedRules} from '../../source/engine/operations/put-replication.js';

type Seen = 'gone' | 'forbidden' | 'Enabled' | 'Suspended';

/** A connection that sees buckets so. */
const seeing = (buckets: Readonly<Record<string, Seen>>): Connection =>
	({
		homeRegion: 'us-east-1',
		buckets: {
			head: async ({bucket}: {readonly bucket: string}) => ({
				state:
					buckets[bucket] === 'gone' ? 'absent' : buckets[bucket] === 'forbidden' ? 'forbidden' : 'existing',
			}),
			getVersioning: async ({bucket}: {readonly bucket: string}) => buckets[bucket],
		},
	}) as unknown as Connection;

const source = {bucket: 'src', accountId: '111122223333', region: 'us-east-1'};
const reference = {bucket: 'own', accountId: '444455556666', region: 'us-west-2'};
const rule = (bucket: string): ReplicationRule => ({
	ID: `to-${bucket}`,
	Status: 'Enabled',
	Destination: {Bucket: `arn:aws:s3:::${bucket}`},
});

/** S3's refusal, which names the source by its call alone (docs/aws-facts.md, 5.6). */
const refusal = (message: string, code = 'InvalidRequest') =>
	new ProblemError(fixable('aws-refused', 'Cannot PutBucketReplication on src', message, []), {
		...{operation: 'PutBucketReplication', code, message},
	});

async function named(own: Seen, other: Seen, error: ProblemError): Promise<ProblemError> {
	return namingBlockedRules(
		{Role: 'r', Rules: [rule('own'), rule('other')]},
		async () => Promise.reject(error),
		{
			connection: seeing({own: 'forbidden', other}),
			source,
			own: {reference, connection: seeing({own})},
			signal: new AbortController().signal,
		},
	).then(
		() => expect.unreachable(),
		(thrown: unknown) => thrown as ProblemError,
	);
}

const unversioned = 'Destination bucket must have versioning enabled.';

it.each([
	[
		'its own, suspended meanwhile',
		'Suspended',
		'Enabled',
		unversioned,
		'Cannot replicate to own: it is not versioned',
	],
	[
		'its own, deleted meanwhile',
		'gone',
		'Enabled',
		'Destination bucket must exist.',
		'Cannot replicate to own: it does not exist',
	],
	[
		'its own, versioned a moment ago',
		'Enabled',
		'Enabled',
		unversioned,
		'Cannot replicate to own: its versioning is not seen yet',
	],
	[
		'its own, which may not be read',
		'forbidden',
		'Enabled',
		unversioned,
		'Cannot replicate to own: it is not as planned',
	],
] as const)(
	'a refusal for a destination names %s, and is waited for as it came',
	async (_name, own, other, message, headline) => {
		const error = refusal(message);
		const {problem, answer} = await named(own, other, error);
		expect(problem.headline).toBe(headline);
		expect(problem.cause).toContain('the rules of src');
		expect(answer).toBe(error.answer);
	},
);

it('names the rule and the bucket of somebody else, which no waiting helps', async () => {
	const {problem, answer} = await named('Suspended', 'Suspended', refusal(unversioned));
	expect(problem.cause).toContain('rule to-other: its destination other is not versioned');
	expect(answer).toBe(undefined);
});

it.each([
	["Versioning must be 'Enabled' on the bucket to apply a replication configuration", 'InvalidRequest'],
	['Access Denied', 'AccessDenied'],
])('leaves what is about the source as it is: %s', async (message, code) => {
	const error = refusal(message, code);
	expect(await named('Suspended', 'Suspended', error)).toBe(error);
});
