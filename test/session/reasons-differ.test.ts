import {expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {followReasons} from '../../source/session/actions/watch/follow-reasons.js';
import {systemClock} from '../../source/commands/host/system-clock.js';

const cause = (reason: string) =>
	({
		...{ruleId: 'r', destination: 'd', key: null, versionId: null, reason, certainty: 'certain'},
		...{headline: 'h', evidence: 'e', mend: 'm', document: null, fix: null},
	}) as const;
const seen = (reason: string): RunEvent =>
	({type: 'causes-seen', sourceBucket: 's', causes: [cause(reason)]}) as RunEvent;
const received = (reason: string): RunEvent => ({
	type: 'failure-reason-received',
	...{key: 'k', versionId: 'v', destination: 'd', ruleId: 'r', reason, operation: 'OBJECT_PUT'},
});

test.each([
	['in either order', [seen('DstBucketUnversioned'), received('DstPutObjectNotPermitted')], 1],
	['in the other', [received('DstPutObjectNotPermitted'), seen('DstBucketUnversioned')], 1],
	[
		'once',
		[
			seen('DstBucketUnversioned'),
			received('DstPutObjectNotPermitted'),
			received('DstPutObjectNotPermitted'),
		],
		1,
	],
	[
		'not where both say the same',
		[seen('DstPutObjectNotPermitted'), received('DstPutObjectNotPermitted')],
		0,
	],
	['not where nothing was read', [received('DstPutObjectNotPermitted')], 0],
])('tells that S3’s reason is another than what was read, %s', (_how, events, times) => {
	const told: RunEvent[] = [];
	let hear: (event: RunEvent) => void = () => undefined;
	followReasons({
		queue: {url: 'u', region: 'us-east-1'},
		source: {connection: {queues: {}}, reference: {bucket: 's'}} as never,
		play: async () => undefined,
		emit: (event) => told.push(event),
		onEvent(listener) {
			hear = listener;
			return () => undefined;
		},
		clock: systemClock,
		signal: new AbortController().signal,
	});
	for (const event of events) hear(event);
	expect(told).toEqual(
		Array.from({length: times}, () => ({
			type: 'reasons-differ',
			...{destination: 'd', reason: 'DstPutObjectNotPermitted', inferred: 'DstBucketUnversioned'},
		})),
	);
});
