import {describe, expect, it} from 'vitest';
import {failureReasonsIn} from '../../source/domain/watch/failure-events.js';

// S3 User Guide, "Receiving replication failure events with Amazon S3 Event Notifications": AWS's own example, shortened.
const record = {
	eventVersion: '2.2',
	eventSource: 'aws:s3',
	eventName: 'Replication:OperationFailedReplication',
	s3: {
		configurationId: 'any',
		bucket: {name: 'a', arn: 'arn:aws:s3:::a'},
		object: {key: 'object.txt', size: 520_080, versionId: 'v1', sequencer: '00'},
	},
	replicationEventData: {
		replicationRuleId: 'rule',
		destinationBucket: 'arn:aws:s3:::b',
		s3Operation: 'OBJECT_PUT',
		requestTime: '2024-09-05T21:04:32.527Z',
		failureReason: 'AssumeRoleNotPermitted',
	},
};
const {s3, replicationEventData: data} = record;
const told = {
	key: 'object.txt',
	versionId: 'v1',
	destination: 'b',
	ruleId: 'rule',
	reason: 'AssumeRoleNotPermitted',
	operation: 'OBJECT_PUT',
};
const read = (...records: readonly unknown[]) => failureReasonsIn(JSON.stringify({Records: records}), 'a');
const withKey = (key: string) => ({...record, s3: {...s3, object: {...s3.object, key}}});

describe('a message of S3', () => {
	it('tells why a version could not be replicated', () => {
		expect(read(record)).toEqual([told]);
	});

	it('tells of several, and of one without a version', () => {
		const {versionId: _versionId, ...object} = s3.object;
		expect(read(record, {...record, s3: {...s3, object}})).toEqual([told, {...told, versionId: null}]);
	});

	it.each(['2.0', '2.6', '2.17'])('is read in version %s as well', (eventVersion) => {
		expect(read({...record, eventVersion, more: 'members'})).toEqual([told]);
	});

	it.each([
		['a+b.txt', 'a b.txt'],
		['a%2Bb', 'a+b'],
		['%C3%A9/%F0%9F%98%80', 'é/😀'],
		['100%', '100%'],
	])('names the key %s as %s', (key, name) => {
		expect(read(withKey(key))).toEqual([{...told, key: name}]);
	});

	it.each([
		['of another bucket', {...record, s3: {...s3, bucket: {name: 'other'}}}],
		['of another event', {...record, eventName: 'Replication:OperationMissedThreshold'}],
		['of a version to come', {...record, eventVersion: '3.0'}],
		['without a reason', {...record, replicationEventData: {...data, failureReason: undefined}}],
		['without anything', {}],
		['that is no record', 'text'],
		['of nothing', null],
	])('%s tells nothing', (_what, one) => {
		expect(read(one)).toEqual([]);
	});

	it.each([
		['S3’s test message', '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"a"}'],
		['text', 'hello'],
		['nothing', ''],
		['null', 'null'],
		['a list', '[1]'],
		['records that are none', '{"Records":{"0":1}}'],
	])('that is %s tells nothing', (_what, body) => {
		expect(failureReasonsIn(body, 'a')).toEqual([]);
	});
});
