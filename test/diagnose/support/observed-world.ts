import type {DiagnosedObject} from '../../../source/domain/diagnose/diagnosed-object.js';
import type {ObservedReplication, SeenBucket} from '../../../source/domain/observed/observed-replication.js';
import {trustPolicy} from '../../../source/domain/role/trust-policy.js';
import type {ReplicationRule} from '../../../source/domain/rule/replication-configuration.js';

export const bucket = (name: string): SeenBucket => ({
	bucket: name,
	region: 'us-east-1',
	accountId: '111122223333',
	profile: 'p',
	versioning: {isRead: true, value: 'Enabled'},
	policy: {isRead: true, value: undefined},
	lock: {isRead: true, value: {isEnabled: false}},
	encryption: {isRead: true, value: {algorithm: 'AES256', usesBucketKey: false}},
	payer: {isRead: true, value: 'BucketOwner'},
	ownership: {isRead: true, value: 'BucketOwnerEnforced'},
});

const everything = {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}} as const;

export const observed = (rules: readonly ReplicationRule[]): ObservedReplication => ({
	partition: 'aws',
	source: bucket('src'),
	replication: {Role: 'arn:aws:iam::111122223333:role/r', Rules: rules},
	role: {
		state: 'existing',
		role: {
			arn: 'arn:aws:iam::111122223333:role/r',
			trust: trustPolicy,
			inline: [{name: 'all', document: everything}],
			attached: [],
			unread: [],
		},
	},
	destinations: {dst: {state: 'existing', seen: bucket('dst')}},
	keys: {},
});

export const rule = (changes: Partial<ReplicationRule> = {}): ReplicationRule => ({
	ID: 'rule',
	Priority: 1,
	Status: 'Enabled',
	Filter: {},
	DeleteMarkerReplication: {Status: 'Disabled'},
	Destination: {Bucket: 'arn:aws:s3:::dst'},
	...changes,
});

export const object = (changes: Partial<DiagnosedObject> = {}): DiagnosedObject => ({
	key: 'a.txt',
	versionId: 'v1',
	status: null,
	tags: {isRead: true, value: []},
	encryption: {kind: 's3'},
	...changes,
});
