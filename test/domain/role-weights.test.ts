import {describe, expect, it} from 'vitest';
import type {ReplicationRequest, RuleAnswers} from '../../source/domain/answers/request.js';
import type {Observed} from '../../source/domain/observed/observed.js';
import type {PolicyDocument} from '../../source/policy/document.js';
import {crossAccount, everythingRight} from './support/plan-values.js';
import {verdictOf} from './support/role-verdict.js';

const kmsKey = 'arn:aws:kms:us-west-2:444455556666:key/11111111-2222-3333-4444-555555555555';
const asked: Readonly<Record<string, RuleAnswers>> = {
	plain: {},
	'delete markers': {deleteMarkers: true},
	tags: {tags: ['team=web']},
	owner: {ownerOverride: true},
	key: {kmsKey},
};

const allBut = (action: string): PolicyDocument => ({
	Version: '2012-10-17',
	Statement: {Effect: 'Allow', NotAction: action, Resource: '*'},
});

/** What withholds an action from the role: as somebody else's policy, as its boundary, or as nothing that allows it (--keep-role). */
const held: Readonly<Record<string, (action: string, observed: Observed) => Observed>> = {
	'denied by a policy': (action, {role, ...rest}) => ({
		...rest,
		role: {
			...role!,
			attached: [
				{
					name: 'arn:aws:iam::111122223333:policy/guard',
					document: {
						Version: '2012-10-17',
						Statement: {Effect: 'Deny', Action: action, Resource: '*'},
					},
				},
			],
		},
	}),
	'outside its boundary': (action, {role, ...rest}) => ({
		...rest,
		role: {...role!, boundary: {arn: 'arn:aws:iam::111122223333:policy/edge', document: allBut(action)}},
	}),
	missing: (action, {role, ...rest}) => ({
		...rest,
		role: {...role!, permissions: allBut(action)},
	}),
};

type Outcome = 'stops' | 'warns' | 'passes';

// Every expectation is as documented; the sources stand in source/domain/role/need-weight.ts.
const rows: ReadonlyArray<readonly [action: string, rule: string, outcome: Outcome]> = [
	['s3:GetReplicationConfiguration', 'plain', 'stops'],
	['s3:ListBucket', 'plain', 'stops'],
	['s3:GetObjectVersionForReplication', 'plain', 'stops'],
	['s3:GetObjectVersionAcl', 'plain', 'stops'],
	['s3:GetObjectVersionTagging', 'plain', 'stops'],
	['s3:ReplicateObject', 'plain', 'stops'],
	['s3:ReplicateDelete', 'plain', 'passes'],
	['s3:ReplicateDelete', 'delete markers', 'stops'],
	['s3:ReplicateTags', 'plain', 'warns'],
	['s3:ReplicateTags', 'tags', 'stops'],
	['s3:ObjectOwnerOverrideToBucketOwner', 'plain', 'passes'],
	['s3:ObjectOwnerOverrideToBucketOwner', 'owner', 'stops'],
	['kms:Encrypt', 'plain', 'passes'],
	['kms:Encrypt', 'key', 'stops'],
	['kms:Decrypt', 'key', 'stops'],
	['kms:GenerateDataKey', 'key', 'warns'],
	['s3:GetBucketVersioning', 'plain', 'passes'],
];

const codes: Readonly<Record<string, Readonly<Record<Outcome, readonly [string, string | undefined]>>>> = {
	'denied by a policy': {
		stops: ['problem', 'role-held-back'],
		warns: ['warning', 'role-held-back-in-part'],
		passes: ['ok', undefined],
	},
	'outside its boundary': {
		stops: ['problem', 'role-held-back'],
		warns: ['warning', 'role-held-back-in-part'],
		passes: ['ok', undefined],
	},
	missing: {
		stops: ['problem', 'role-lacks'],
		warns: ['warning', 'role-held-back-in-part'],
		passes: ['ok', undefined],
	},
};

describe.each(Object.entries(held))('an action of the role %s', (how, withhold) => {
	it.each(rows)('%s, rule: %s: %s', (action, rule, outcome) => {
		const request: ReplicationRequest = {...crossAccount, keepsRole: true, rule: asked[rule]};
		const observed = withhold(action, everythingRight({...crossAccount, rule: asked[rule]}));
		const verdict = verdictOf('role', request, observed);

		expect([verdict?.result, verdict?.problem?.code]).toEqual(codes[how]?.[outcome]);
	});
});

it('a kept V1 rule replicates delete markers whatever is asked', () => {
	const right = everythingRight(crossAccount);
	const v1 = {
		Role: right.role!.arn,
		Rules: [
			{
				ID: crossAccount.ruleId,
				Prefix: '',
				Status: 'Enabled',
				Destination: {Bucket: `arn:aws:s3:::${crossAccount.destination.bucket}`},
			},
		],
	} as const;
	const observed = held['denied by a policy']?.('s3:ReplicateDelete', {
		...right,
		source: {...right.source, replication: v1},
	});

	expect(verdictOf('role', crossAccount, observed ?? right)?.problem?.code).toBe('role-held-back');
});
