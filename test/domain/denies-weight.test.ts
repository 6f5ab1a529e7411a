import {describe, expect, it} from 'vitest';
import type {Side} from '../../source/domain/answers/mode.js';
import type {Readings} from '../../source/domain/checks/readings.js';
import type {ReplicationRequest, RuleAnswers} from '../../source/domain/answers/request.js';
import type {ReplicationConfiguration} from '../../source/domain/rule/replication-configuration.js';
import {
	crossAccount,
	crossRegion,
	destinationCaller,
	emptyAccounts,
	sourceCaller,
} from './support/plan-values.js';
import {checksFor} from './support/checks-for.js';

/** What the check says where a bucket's policy denies one action; every expectation is as documented (source/domain/role/need-weight.ts). */
type Row = readonly [
	action: string,
	side: Side,
	rule: string,
	oneAccount: readonly [result: string, code?: string],
	twoAccounts: readonly [result: string, code?: string],
];

const asked: Readonly<Record<string, RuleAnswers>> = {
	plain: {},
	'delete markers': {deleteMarkers: true},
	tags: {tags: ['team=web']},
	owner: {ownerOverride: true},
	V1: {},
};

const stops = ['problem', 'role-denied'] as const;
const warns = ['warning', 'role-denied-in-part'] as const;
const passes = ['ok', undefined] as const;

const rows: readonly Row[] = [
	['s3:GetReplicationConfiguration', 'source', 'plain', stops, stops],
	['s3:ListBucket', 'source', 'plain', stops, stops],
	['s3:GetObjectVersionForReplication', 'source', 'plain', stops, stops],
	['s3:GetObjectVersionAcl', 'source', 'plain', stops, stops],
	['s3:GetObjectVersionTagging', 'source', 'plain', stops, stops],
	['s3:ReplicateObject', 'source', 'plain', passes, passes],
	['s3:ReplicateObject', 'destination', 'plain', stops, stops],
	['s3:ReplicateDelete', 'destination', 'plain', passes, passes],
	['s3:ReplicateDelete', 'destination', 'delete markers', stops, stops],
	['s3:ReplicateDelete', 'destination', 'V1', stops, stops],
	['s3:ReplicateTags', 'destination', 'plain', warns, warns],
	['s3:ReplicateTags', 'destination', 'tags', stops, stops],
	['s3:ObjectOwnerOverrideToBucketOwner', 'destination', 'plain', passes, passes],
	['s3:ObjectOwnerOverrideToBucketOwner', 'destination', 'owner', stops, stops],
	['s3:GetBucketVersioning', 'destination', 'plain', passes, warns],
	['s3:PutBucketVersioning', 'destination', 'plain', passes, warns],
	['s3:Replicate*', 'destination', 'plain', stops, stops],
	['s3:DeleteObject', 'destination', 'plain', passes, passes],
];

const requests: ReadonlyArray<readonly [string, ReplicationRequest, 3 | 4]> = [
	['one account', crossRegion, 3],
	['two accounts', crossAccount, 4],
];

function decided(request: ReplicationRequest, side: Side, rule: string, action: string) {
	const {bucket} = request[side];
	const empty = emptyAccounts(request);
	const owner = request.mode === 'cross-account' && side === 'destination' ? destinationCaller : sourceCaller;
	const policy = {
		Version: '2012-10-17',
		Statement: {
			Effect: 'Deny',
			Principal: '*',
			Action: action,
			Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
		},
	};
	const read = (value: unknown) => ({isRead: true, value});
	const readings = {
		[`${side}Policy`]: read(policy),
		[`${side}Caller`]: read(owner),
		observed: read({
			...empty,
			source: {...empty.source, replication: rule === 'V1' ? versionOne(request) : undefined},
		}),
	} as unknown as Readings;
	const full = {...request, rule: asked[rule]};
	const check = checksFor(full).find(({id}) => id === `${side}-denies`);
	return check?.decide({request: full, fileCount: 0, nowMs: 0}, readings);
}

/** A rule of schema V1 for these buckets: it has no element for delete markers, and replicates those of users. */
function versionOne({roleName, destination, ruleId}: ReplicationRequest): ReplicationConfiguration {
	return {
		Role: `arn:aws:iam::${sourceCaller.accountId}:role/${roleName}`,
		Rules: [
			{
				ID: ruleId,
				Prefix: '',
				Status: 'Enabled',
				Destination: {Bucket: `arn:aws:s3:::${destination.bucket}`},
			},
		],
	};
}

describe.each(requests)('a Deny for everybody, %s', (_accounts, request, column) => {
	it.each(rows)('of %s at the %s, rule: %s', (...row) => {
		const [action, side, rule] = row;
		const [result, code] = row[column];

		const verdict = decided(request, side, rule, action);

		expect([verdict?.result, verdict?.problem?.code]).toEqual([result, code]);
	});
});

it('says what the rule would be without', () => {
	const cause = (rule: string, action: string) =>
		decided(crossAccount, 'destination', rule, action)?.problem?.cause;

	expect(cause('delete markers', 's3:ReplicateDelete')).toContain('the rule replicates delete markers');
	expect(cause('plain', 's3:ReplicateTags')).toContain('AWS documents this Deny as the way to refuse tags');
	expect(cause('plain', 's3:PutBucketVersioning')).toContain(
		'whether objects arrive without it is not known',
	);
});
