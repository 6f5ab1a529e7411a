import {describe, expect, it} from 'vitest';
import {adoptRule} from '../../source/domain/diagnose/adopt-rule.js';
import {diagnose} from '../../source/domain/diagnose/diagnose.js';
import type {DiagnosedObject} from '../../source/domain/diagnose/diagnosed-object.js';
import {diagnoseSample} from '../../source/domain/diagnose/diagnose-sample.js';
import type {ObservedKey} from '../../source/domain/observed/observed-key.js';
import type {ObservedReplication, SeenBucket} from '../../source/domain/observed/observed-replication.js';
import type {Statement} from '../../source/policy/document.js';
import type {Connection} from '../../source/aws/ports.js';
import {type AwsErrorResponse, fixable, ProblemError} from '../../source/domain/problem.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {inspectObject} from '../../source/engine/diagnose/inspect-object.js';
import {bucket, object, observed, rule} from './support/observed-world.js';

// What people report of rules whose set-up looks right; where is told beside each. Rules of S3: S3 User Guide, "Replicating encrypted
// objects", "Changing the replica owner", "Troubleshooting replication".

const there = '444455556666';
const keyArn = (id: string, accountId = '111122223333', region = 'us-east-1') =>
	`arn:aws:kms:${region}:${accountId}:key/${id}`;
const key = (arn: string, manager: 'CUSTOMER' | 'AWS' = 'CUSTOMER', policy: readonly Statement[] = []) =>
	({
		state: 'existing',
		key: {arn, accountId: arn.split(':')[4] ?? '', state: 'Enabled', spec: 'SYMMETRIC_DEFAULT', manager},
		policy: {state: 'read', document: {Version: '2012-10-17', Statement: policy}},
	}) as ObservedKey;
const encrypted = (keyId?: string): SeenBucket['encryption'] => ({
	isRead: true,
	value: {algorithm: 'aws:kms', usesBucketKey: false, ...(keyId === undefined ? {} : {keyId})},
});
const kmsObject = (arn: string, changes: Partial<DiagnosedObject> = {}) =>
	object({status: 'FAILED', encryption: {kind: 'kms', keyArn: arn, usesBucketKey: false}, ...changes});
const keyedRule = (arn: string) =>
	rule({
		SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
		Destination: {Bucket: 'arn:aws:s3:::dst', EncryptionConfiguration: {ReplicaKmsKeyID: arn}},
	});

/** The world with a destination of the other account, whose policy has these statements. */
const across = (statements: readonly Statement[], of = rule()): ObservedReplication => ({
	...observed([of]),
	destinations: {
		dst: {
			state: 'existing',
			seen: {
				...bucket('dst'),
				accountId: there,
				policy: {isRead: true, value: {Version: '2012-10-17', Statement: statements}},
			},
		},
	},
});

describe('a rule that leaves SSE-KMS objects out', () => {
	const one = {...observed([rule()]), source: {...bucket('src'), encryption: encrypted()}};

	// cloudposse/terraform-aws-s3-bucket#162
	it('is named where the bucket encrypts so by default, and mended by a plan', () => {
		const [first] = diagnose(one, rule());
		expect(first).toMatchObject({reason: 'kms-not-replicated', certainty: 'likely', mendKind: 'plan'});
		expect(first?.mend).toContain('--kms-key alias/aws/s3');
		expect(adoptRule(one, rule(), ['kms-not-replicated'])?.kmsKey).toBe('alias/aws/s3');
		expect(adoptRule(one, rule(), ['DstBucketUnversioned'])?.kmsKey).toBeUndefined();
	});

	it('takes the destination’s own key, and none across accounts where AWS manages it', () => {
		const seen = {...bucket('dst'), encryption: encrypted('own')};
		const own = {...one, destinations: {dst: {state: 'existing', seen}}} as const;
		expect(diagnose(own, rule())[0]?.mend).toContain(`--kms-key ${keyArn('own')}.`);
		const foreign = across([]);
		const asked = {...foreign, source: one.source};
		const told = diagnose(asked, rule()).find(({reason}) => reason === 'kms-not-replicated');
		expect(told?.mendKind).toBe('advice');
	});

	// ministryofjustice/aws-root-account#1275: somebody has turned it off
	it('is only possible where the rule says so itself', () => {
		const off = rule({SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Disabled'}}});
		expect(diagnose({...observed([off]), source: one.source}, off)[0]).toMatchObject({
			...{reason: 'kms-not-replicated', certainty: 'possible', mendKind: 'advice'},
		});
	});
});

describe('a key of a rule', () => {
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html: of the destination’s region
	it('is elsewhere where it is the source’s own, though KMS finds it there', () => {
		const arn = keyArn('k');
		const asked = keyedRule(arn);
		const seen = {...bucket('dst'), region: 'us-west-2'};
		const one = {
			...observed([asked]),
			keys: {[arn]: key(arn)},
			destinations: {dst: {state: 'existing', seen}},
		} as const;
		expect(diagnose(one, asked, kmsObject(arn)).map(({reason}) => reason)).toContain('DstKmsKeyNotFound');
	});

	// cloudposse/terraform-aws-s3-bucket#277; nobody can add to the policy of a key of AWS’s own
	it('of AWS’s own in another account is to be replaced, not let in', () => {
		const arn = keyArn('managed', there);
		const asked = keyedRule(arn);
		const one = {
			...across([{Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*'}], asked),
			keys: {[arn]: key(arn, 'AWS')},
		};
		const [first] = diagnose(one, asked, kmsObject(keyArn('s')));
		expect(first).toMatchObject({
			reason: 'DstPutObjectNotPermitted',
			certainty: 'certain',
			mendKind: 'advice',
		});
		expect(first?.mend).toMatch(/^Name a customer managed key/);
		expect(first?.document).toBeUndefined();
	});
});

describe('an older key of the source', () => {
	// A world of our own: objects keep the key that they were written with
	const [now, before] = [keyArn('now'), keyArn('before')];
	const asked = keyedRule(now);
	const base = observed([asked]);
	const allowed = {
		Effect: 'Allow',
		Action: ['s3:*', 'kms:Encrypt', 'kms:GenerateDataKey'],
		Resource: '*',
	} as const;
	const {role} = base;
	const one: ObservedReplication = {
		...base,
		source: {...bucket('src'), encryption: encrypted(now)},
		...(role?.state === 'existing'
			? {
					role: {
						state: 'existing',
						role: {
							...role.role,
							inline: [
								{
									name: 'p',
									document: {
										Version: '2012-10-17',
										Statement: [allowed, {Effect: 'Allow', Action: 'kms:Decrypt', Resource: now}],
									},
								},
							],
						},
					},
				}
			: {}),
		keys: Object.fromEntries(
			[now, before].map((arn) => [
				arn,
				key(arn, 'CUSTOMER', [
					{
						Effect: 'Allow',
						Principal: {AWS: 'arn:aws:iam::111122223333:root'},
						Action: 'kms:*',
						Resource: '*',
					},
				]),
			]),
		),
	};

	it('is handed over: no plan knows it; with the context of every object, not of that one', () => {
		const [first] = diagnose(one, asked, kmsObject(before));
		expect(first).toMatchObject({
			reason: 'SrcGetObjectNotPermitted',
			certainty: 'certain',
			mendKind: 'document',
		});
		expect(first?.document?.value).toMatchObject({
			Statement: [
				{
					Resource: before,
					Condition: {
						StringLike: {'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::src', 'arn:aws:s3:::src/*']},
					},
				},
			],
		});
	});

	it('is found by a few objects of the bucket, where nothing is wrong with the rule itself', () => {
		expect(diagnose(one, asked)).toEqual([]);
		const sample = diagnoseSample(one, [kmsObject(before, {key: 'old'}), kmsObject(before, {key: 'old2'})]);
		expect(sample.findings.map(({finding, object: {key: of}}) => [finding.reason, of])).toEqual([
			['SrcGetObjectNotPermitted', 'old2'],
		]);
		expect([sample.left, sample.failed]).toEqual([2, 2]);
	});
});

describe('a few objects of a bucket', () => {
	const one = observed([rule({Filter: {Prefix: 'a/'}})]);
	const of = (changes: Partial<DiagnosedObject>) => object({key: 'a/k', ...changes});

	it('count as left where a job would copy them, and no others', () => {
		const sample = diagnoseSample(one, [
			of({status: null}),
			of({status: 'FAILED'}),
			of({status: 'COMPLETED'}),
			of({status: 'REPLICA'}),
			of({status: null, storageClass: 'GLACIER'}),
			of({status: null, encryption: {kind: 'kms', usesBucketKey: false}}),
		]);
		expect(sample).toMatchObject({looked: 6, left: 2, failed: 1, replicas: 1});
		expect(sample.findings.map(({finding}) => finding.reason)).toEqual(['kms-not-replicated']);
		expect(sample.leftOut).toBe(1);
	});

	it('are left out by the rules of their keys, not by those of others', () => {
		const two = observed([rule({Filter: {Prefix: 'a/'}}), rule({ID: 'b', Filter: {Prefix: 'b/'}})]);
		const {findings, leftOut} = diagnoseSample(two, [of({encryption: {kind: 'kms', usesBucketKey: false}})]);
		expect([findings.map(({rule: {ID}}) => ID), leftOut]).toEqual([['rule'], 1]);
	});
});

describe('a trust policy that is handed over', () => {
	const lets = (service: string): Statement => ({
		Effect: 'Allow',
		Principal: {Service: service},
		Action: 'sts:AssumeRole',
	});
	const deny: Statement = {Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole'};
	const trusting = (...Statement: readonly Statement[]): ObservedReplication => {
		const one = observed([rule()]);
		if (one.role?.state !== 'existing') throw new Error('The role is there.');
		return {...one, role: {...one.role, role: {...one.role.role, trust: {Version: '2012-10-17', Statement}}}};
	};

	// IAM API Reference, UpdateAssumeRolePolicy: it replaces the document
	it('keeps whoever is trusted now, and lets S3 in', () => {
		const batch = lets('batchoperations.s3.amazonaws.com');
		const conditional = {
			...lets('s3.amazonaws.com'),
			Condition: {StringEquals: {'aws:SourceAccount': '111122223333'}},
		};
		for (const there of [[batch], [conditional, batch]]) {
			const [first] = diagnose(trusting(...there), rule());
			expect(first?.document?.value).toEqual({
				Version: '2012-10-17',
				Statement: [...there, lets('s3.amazonaws.com')],
			});
		}
	});

	it('is the statement where one denies S3: another Allow would not help', () => {
		const [first] = diagnose(trusting(lets('s3.amazonaws.com'), deny), rule());
		expect([first?.document?.value, first?.mend]).toEqual([
			deny,
			'Whoever manages role r can let the statement spare s3.amazonaws.com.',
		]);
	});
});

describe('a rule that looks right', () => {
	// awslabs/aws-well-architected-labs#848, aws-controllers-k8s/community#1885
	it.each([
		['/logs/', 'logs/'],
		['logs/*', 'logs/'],
		['/', undefined],
	])('may match nothing with the prefix %s', (prefix, meant) => {
		const asked = rule({Filter: {Prefix: prefix}});
		const [first] = diagnose(observed([asked]), asked);
		expect(first).toMatchObject({reason: 'unlikely-prefix', certainty: 'possible'});
		expect(first?.mend).toContain(meant === undefined ? 'every object' : `to ${meant},`);
	});

	// S3 User Guide, replication-change-owner: only across accounts; hashicorp/terraform-provider-aws#3575
	it('hands replicas over within one account, and copies no ACLs then', () => {
		const asked = rule({
			Destination: {
				...{Bucket: 'arn:aws:s3:::dst', Account: '111122223333'},
				AccessControlTranslation: {Owner: 'Destination'},
			},
		});
		const own = diagnose(observed([asked]), asked).map(({reason, certainty}) => [reason, certainty]);
		expect(own).toContainEqual(['owner-override-alone', 'possible']);
		expect(diagnose(across([], asked), asked).map(({reason}) => reason)).not.toContain(
			'owner-override-alone',
		);
	});
});

describe('an Allow under a condition that nobody here knows', () => {
	// A world of our own: a bucket open to an organization
	const organization = {
		Sid: 'Org',
		Effect: 'Allow',
		Principal: '*',
		Action: 's3:*',
		Resource: ['arn:aws:s3:::dst', 'arn:aws:s3:::dst/*'],
		Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-1'}},
	} as const;

	it('is helped by a statement of the role’s own, and likely where an object FAILED', () => {
		const asked = rule();
		const one = across([organization], asked);
		const [first] = diagnose(one, asked, object({status: 'FAILED'}));
		expect(first).toMatchObject({
			reason: 'DstPutObjectNotPermitted',
			certainty: 'likely',
			mendKind: 'document',
		});
		expect(first?.mend).toBe('Add this statement to the policy of dst, unless the condition holds.');
		expect(JSON.stringify(first?.document?.value)).toContain('role/r');
		expect(diagnose(one, asked)[0]?.certainty).toBe('possible');
	});
});

describe('an object with SSE-C', () => {
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html: replication requests are rejected, too
	const sealed = object({status: undefined, encryption: {kind: 'customer'}});
	const asked = rule();
	const blocking = (blocksCustomerKeys: boolean) => {
		const seen = {
			...bucket('dst'),
			encryption: {isRead: true, value: {algorithm: 'AES256', usesBucketKey: false, blocksCustomerKeys}},
		} as const;
		return {...observed([asked]), destinations: {dst: {state: 'existing', seen}}} as const;
	};

	it('is refused by a bucket that blocks it, and by no other', () => {
		expect(diagnose(blocking(true), asked, sealed)[0]).toMatchObject({reason: 'sse-c', certainty: 'likely'});
		expect(diagnose(blocking(false), asked, sealed)).toEqual([]);
	});

	// Not verified on AWS: without the key HEAD is taken to answer 400, and nothing else
	it('is known by an answer without a word, where the bucket lists the key', async () => {
		const answer = {httpStatus: 400} as AwsErrorResponse;
		const refused = new ProblemError(fixable('client-error', 'Cannot HeadObject', '400', []), answer);
		const versions = [{key: 'k', versionId: 'v', isLatest: true}];
		const connection = (listed: readonly object[]) =>
			({
				objects: {
					describeVersion: async () => Promise.reject(refused),
					listVersions: async () => Promise.resolve({versions: listed, markers: []}),
				},
			}) as unknown as Connection;
		const place = {bucket: 'src', region: 'us-east-1', accountId: '111122223333'};
		expect(await inspectObject(place, connection(versions), {key: 'k'}, 0)).toEqual({
			...{key: 'k', versionId: 'v', encryption: {kind: 'customer'}},
		});
		await expect(inspectObject(place, connection([]), {key: 'k'}, 0)).rejects.toBe(refused);
	});
});

describe('rules that are all disabled', () => {
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html: verify that the status is Enabled
	it('are told of the first of them, and none where one is enabled', () => {
		const [off, also] = [rule({Status: 'Disabled'}), rule({ID: 'also', Status: 'Disabled'})];
		const told = (rules: readonly ReplicationRule[]) =>
			rules.flatMap((one) =>
				diagnose(observed(rules), one).map(({reason, certainty}) => [reason, certainty]),
			);
		expect(told([off, also])).toEqual([['rule-disabled', 'possible']]);
		expect(told([off, rule({ID: 'on'})])).toEqual([]);
	});
});

describe('a policy that names a role that was deleted and made again', () => {
	// Observed in the sandbox, by our reading of IAM: the id stays in the policy, and S3 refuses the policy as a whole
	it('is to be freed of it before the statement is added', () => {
		const stale = {
			...{Sid: 'old', Effect: 'Allow' as const, Principal: {AWS: 'AROA2W26OU7WKNEJMB4R'}},
			...{Action: 's3:*', Resource: 'arn:aws:s3:::dst/*'},
		} as const;
		const asked = rule();
		expect(diagnose(across([stale], asked), asked)[0]?.mend).toBe(
			'Remove what names deleted roles and users (“old”) first. Add this statement to the policy of dst.',
		);
	});
});

// repost.aws/knowledge-center/s3-crr-replication-time: copies that take long; S3 User Guide, "Troubleshooting replication"
it('says of an object that is pending for long what nobody sees, and what to do', () => {
	const pending = object({status: 'PENDING', ageMs: 3 * 3_600_000});
	const metered = rule({Destination: {Bucket: 'arn:aws:s3:::dst', Metrics: {Status: 'Enabled'}}});
	const plain = rule();
	const [blind] = diagnose(observed([plain]), plain, pending);
	expect(blind).toMatchObject({reason: 'not-due-yet', certainty: 'possible'});
	expect(blind?.headline).toContain('S3 has not finished after 3');
	expect(blind?.mend).toContain('--metrics');
	const [seen] = diagnose(observed([metered]), metered, pending);
	expect(seen?.evidence).toContain('CloudWatch shows how much is pending.');
});
