import type {ReplicationStatus, RunEvent, Stamped} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';

type Timed = Stamped<RunEvent>;

const prefix = 's3-replicate-test/20261122-101500-1a2b/';
const sizeBytes = 4096;

/** The key of the test file with a number. */
export const keyOf = (index: number): string => `${prefix}${String(index).padStart(5, '0')}.txt`;

export const versionOf = (index: number): string => `v${index}aBcDeFgH`;

export const watchStarted = (
	at: number,
	destinations: ReadonlyArray<{readonly bucket: string; readonly region?: string}> = [
		{bucket: 'acme-logs-dr', region: 'eu-west-1'},
	],
): Timed => ({
	type: 'watch-started',
	sourceBucket: 'acme-logs-prod',
	sourceRegion: 'us-east-1',
	sourceProfile: 'source',
	destinations,
	at,
});

/** The test file with a number is sent; it takes 40 ms. */
export const sent = (index: number, at: number): readonly Timed[] => [
	{type: 'upload-started', key: keyOf(index), sizeBytes, at},
	{
		type: 'object-uploaded',
		key: keyOf(index),
		versionId: versionOf(index),
		sizeBytes,
		isOurs: true,
		at: at + 40,
	},
];

export const asked = (index: number, status: ReplicationStatus, at: number): Timed => ({
	type: 'status-seen',
	key: keyOf(index),
	versionId: versionOf(index),
	status,
	at,
});

export const arrived = (
	index: number,
	at: number,
	delayMs: number,
	destination: string | null = 'acme-logs-dr',
): Timed => ({
	type: 'object-replicated',
	key: keyOf(index),
	versionId: versionOf(index),
	destination,
	delayMs,
	uncertaintyMs: 500,
	at,
});

export const replicationFailed = (index: number, at: number): Timed => ({
	type: 'object-failed',
	key: keyOf(index),
	versionId: versionOf(index),
	destination: null,
	problem: fixable('replication-failed', 'S3 says FAILED', 'S3 gives no reason with the status.', [
		'Run s3-replicate plan: it shows what differs from what replication needs.',
	]),
	at,
});

export const requestsMade = (put: number, list: number, head: number, at: number): Timed => ({
	type: 'requests-made',
	put,
	list,
	head,
	at,
});
