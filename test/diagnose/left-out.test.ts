import {describe, expect, it} from 'vitest';
import {diagnose} from '../../source/domain/diagnose/diagnose.js';
import {isWrong} from '../../source/domain/diagnose/finding.js';
import type {DiagnosedObject} from '../../source/domain/diagnose/diagnosed-object.js';
import type {ObservedReplication, SeenBucket} from '../../source/domain/observed/observed-replication.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {bucket, object, observed, rule} from './support/observed-world.js';

// Why S3 does nothing at all with an object: S3 User Guide, "What does Amazon S3 replicate?" (replication-what-is-isnot-replicated),
// "Troubleshooting replication".

type Row = readonly [
	reason: string,
	certainty: string,
	rules: readonly [ReplicationRule, ...ReplicationRule[]],
	object: DiagnosedObject,
];

const tag = {Key: 'team', Value: 'red'};

const rows: readonly Row[] = [
	['written-before-rule', 'likely', [rule()], object()],
	['rule-disabled', 'certain', [rule({Status: 'Disabled'})], object()],
	['other-prefix', 'certain', [rule({Filter: {Prefix: 'logs/'}})], object()],
	['other-prefix', 'certain', [rule({Filter: undefined, Prefix: 'logs/'})], object()],
	['other-tags', 'certain', [rule({Filter: {Tag: tag}})], object()],
	[
		'other-tags',
		'possible',
		[rule({Filter: {Tag: tag}})],
		object({tags: {isRead: false, cause: 'no'}, status: 'FAILED'}),
	],
	['other-tags', 'likely', [rule({Filter: {Tag: tag}})], object({tags: {isRead: false, cause: 'no'}})],
	['is-a-replica', 'certain', [rule()], object({status: 'REPLICA'})],
	['null-version', 'certain', [rule()], object({versionId: 'null'})],
	['version-deleted', 'certain', [rule()], object({isGone: true})],
	['delete-marker-not-replicated', 'certain', [rule()], object({isDeleteMarker: true})],
	['archived', 'certain', [rule()], object({storageClass: 'DEEP_ARCHIVE'})],
	['archived', 'certain', [rule()], object({archiveStatus: 'ARCHIVE_ACCESS'})],
	['kms-not-replicated', 'certain', [rule()], object({encryption: {kind: 'kms', usesBucketKey: false}})],
	['sse-c', 'possible', [rule()], object({status: 'FAILED', encryption: {kind: 'customer'}})],
	[
		'other-rule-goes-first',
		'certain',
		[rule(), rule({ID: 'other', Priority: 2})],
		object({status: 'FAILED'}),
	],
	// The rule of highest priority decides, and leaves markers out.
	[
		'other-rule-goes-first',
		'certain',
		[rule({DeleteMarkerReplication: {Status: 'Enabled'}}), rule({ID: 'other', Priority: 2})],
		object({isDeleteMarker: true, status: undefined, replicas: {dst: 'absent'}}),
	],
	['rule-changed-since', 'likely', [rule({Filter: {Prefix: 'logs/'}})], object({status: 'FAILED'})],
	['not-due-yet', 'possible', [rule()], object({status: 'PENDING', ageMs: 1000})],
	// An SCP or RCP, a grant, a region that is not enabled, or what is mended since (knowledge-center s3-troubleshoot-replication).
	['no-cause-seen', 'likely', [rule()], object({status: 'FAILED'})],
	['replica-missing', 'certain', [rule()], object({status: 'COMPLETED', replicas: {dst: 'absent'}})],
	['replica-hidden', 'certain', [rule()], object({status: 'COMPLETED', replicas: {dst: 'hidden'}})],
	[
		'written-before-rule',
		'likely',
		[rule({DeleteMarkerReplication: {Status: 'Enabled'}})],
		object({isDeleteMarker: true, status: undefined, replicas: {dst: 'absent'}}),
	],
];

describe('an object that S3 leaves out', () => {
	it.each(rows)('%s, %s', (reason, certainty, rules, asked) => {
		const [first] = diagnose(observed(rules), rules[0], asked);
		expect([first?.reason, first?.certainty]).toEqual([reason, certainty]);
	});

	it('tells what a delete marker was refused by before that it may be older than the rule', () => {
		const rules = [rule({DeleteMarkerReplication: {Status: 'Enabled'}})] as const;
		const {role, ...rest} = observed(rules);
		if (role?.state !== 'existing') throw new Error('The role is here.');
		const less = {...rest, role: {...role, role: {...role.role, inline: []}}};
		const marker = object({isDeleteMarker: true, status: undefined, replicas: {dst: 'absent'}});
		const wrong = diagnose(less, rules[0], marker).filter(isWrong);
		expect(wrong.map(({reason}) => reason)).toEqual(['DstDelObjNotPermitted', 'written-before-rule']);
	});

	it('says of no rule that another goes first where it does not take the object at all', () => {
		const rules = [rule({Filter: {Prefix: 'logs/'}}), rule({ID: 'other', Priority: 2})];
		const found = diagnose(observed(rules), rules[0] ?? rule(), object({status: 'FAILED'}));
		expect(found.map(({reason}) => reason)).not.toContain('other-rule-goes-first');
	});

	it.each([
		['what has arrived', object({status: 'COMPLETED'})],
		['what is there', object({status: 'COMPLETED', replicas: {dst: 'existing'}})],
		['what failed elsewhere', object({status: 'FAILED', replicas: {dst: 'existing'}})],
		[
			'a delete marker that is there',
			object({isDeleteMarker: true, status: undefined, replicas: {dst: 'existing'}}),
		],
		['a delete marker that a rule takes', object({isDeleteMarker: true, status: undefined})],
		['an object of GLACIER_IR, which is no archive', object({storageClass: 'GLACIER_IR', status: undefined})],
	])('not so %s', (_what, asked) => {
		const rules = [rule({DeleteMarkerReplication: {Status: 'Enabled'}})] as const;
		expect(diagnose(observed(rules), rules[0], asked)).toEqual([]);
	});
});

describe('what nobody here can know', () => {
	const denied = (Condition: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
		const one = observed([rule()]);
		const statement = {
			Sid: 'S',
			Effect: 'Deny',
			Principal: '*',
			Action: 's3:*',
			Resource: 'arn:aws:s3:::dst/*',
			Condition,
		} as const;
		const seen: SeenBucket = {
			...bucket('dst'),
			policy: {isRead: true, value: {Version: '2012-10-17', Statement: [statement]}},
		};
		return {...one, destinations: {dst: {state: 'existing', seen}}} as const;
	};

	it.each([
		[{StringNotEquals: {'aws:SourceVpce': 'vpce-1'}}],
		[{StringNotEquals: {'aws:PrincipalOrgID': 'o-1'}}],
		[{NotIpAddress: {'aws:SourceIp': '10.0.0.0/8'}}],
	])('is never certain: a Deny under %j', (condition) => {
		const found = diagnose(denied(condition), rule());
		expect(found.length).toBeGreaterThan(0);
		expect(new Set(found.map(({certainty}) => certainty))).toEqual(new Set(['possible']));
	});

	it('and what surely does not hold is nothing: a Deny of requests without TLS', () => {
		expect(diagnose(denied({Bool: {'aws:SecureTransport': 'false'}}), rule())).toEqual([]);
	});
});

describe('what was not read', () => {
	const refused = {isRead: false, cause: 'Cannot read it.'} as const;
	const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/k';
	const key = {arn: keyArn, accountId: '111122223333', state: 'Enabled', spec: 'SYMMETRIC_DEFAULT'} as const;
	const keyed = rule({
		SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
		Destination: {Bucket: 'arn:aws:s3:::dst', EncryptionConfiguration: {ReplicaKmsKeyID: keyArn}},
	});
	const blind = {state: 'unreadable', cause: 'No.'} as const;
	const base = observed([rule()]);
	const found = (state: 'CUSTOMER' | 'AWS') =>
		({state: 'existing', key: {...key, manager: state}, policy: blind}) as const;

	it.each<readonly [string, string | undefined, Partial<ObservedReplication>, ReplicationRule]>([
		['the source’s policy', 'source-not-read', {source: {...bucket('src'), policy: refused}}, rule()],
		['the source’s encryption', 'source-not-read', {source: {...bucket('src'), encryption: refused}}, keyed],
		[
			'an encryption that no rule needs',
			undefined,
			{source: {...bucket('src'), encryption: refused}},
			rule(),
		],
		[
			'the destination’s policy',
			'destination-not-read',
			{destinations: {dst: {state: 'existing', seen: {...bucket('dst'), policy: refused}}}},
			rule(),
		],
		['a key', 'key-not-read', {keys: {[keyArn]: blind}}, keyed],
		['a key’s policy', 'key-not-read', {keys: {[keyArn]: found('CUSTOMER')}}, keyed],
		['the policy of a key of AWS’s own', undefined, {keys: {[keyArn]: found('AWS')}}, keyed],
	])('%s is possible only, and says whose profile could tell: %s', (_what, reason, changes, asked) => {
		const told = diagnose({...base, ...changes}, asked);
		expect(told.map(({reason: code, certainty}) => [code, certainty])).toEqual(
			reason === undefined ? [] : [[reason, 'possible']],
		);
		expect(told.every(({mend}) => mend.includes('-profile NAME'))).toBe(true);
	});

	it('lets a missing right to hand replicas over be likely only where the ownership is not read', () => {
		const handed = rule({
			Destination: {
				...{Bucket: 'arn:aws:s3:::dst', Account: '444455556666'},
				AccessControlTranslation: {Owner: 'Destination'},
			},
		});
		const own = (role: string) => ({Effect: 'Allow', Principal: {AWS: role}}) as const;
		const policy = {
			Version: '2012-10-17',
			Statement: [
				{
					...own('arn:aws:iam::111122223333:role/r'),
					Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:Get*', 's3:PutBucketVersioning'],
					Resource: ['arn:aws:s3:::dst/*', 'arn:aws:s3:::dst'],
				},
			],
		};
		const there = {
			...bucket('dst'),
			accountId: '444455556666',
			policy: {isRead: true, value: policy},
		} as const;
		const told = (ownership: SeenBucket['ownership']) =>
			diagnose({...base, destinations: {dst: {state: 'existing', seen: {...there, ownership}}}}, handed).map(
				({reason, certainty}) => [reason, certainty],
			);
		expect(told({isRead: true, value: 'BucketOwnerEnforced'})).toEqual([]);
		expect(told({isRead: true, value: 'ObjectWriter'})).toEqual([['DstPutObjectNotPermitted', 'certain']]);
		expect(told(refused)).toEqual([['DstPutObjectNotPermitted', 'likely']]);
	});
});
