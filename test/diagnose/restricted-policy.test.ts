import {expect, it} from 'vitest';
import {restricted} from '../../source/domain/diagnose/reasons/restricted-policy.js';
import type {Case} from '../../source/domain/diagnose/case.js';
import type {SeenBucket} from '../../source/domain/observed/observed-replication.js';

// S3 User Guide, "Blocking public access to your Amazon S3 storage": RestrictPublicBuckets is no matter where no statement is public, and
// within the account.

type Restriction = NonNullable<SeenBucket['restrictsPublic']>;

const on = {isRead: true, value: true} as const;
const off = {isRead: true, value: false} as const;
const notRead = {isRead: false, cause: 'No right.'} as const;

const found = (restrictsPublic: Restriction | undefined, isCrossAccount = true) =>
	restricted({
		isCrossAccount,
		destinationName: 'dst',
		destination: {
			state: 'existing',
			seen: {
				accountId: '444455556666',
				policy: {
					isRead: true,
					value: {
						Statement: [
							{Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::1:role/r'}, Action: 's3:*', Resource: '*'},
							{Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*'},
						],
					},
				},
				restrictsPublic,
			},
		},
	} as unknown as Case);

it.each([
	['of the bucket', {bucket: on, account: off}, 'on for the bucket:'],
	['of the account', {bucket: off, account: on}, 'on for account 444455556666:'],
	['of both', {bucket: on, account: on}, 'on for the bucket and account 444455556666:'],
	['of the bucket, and nobody may read the account’s', {bucket: on, account: notRead}, 'on for the bucket:'],
] as const)('what is %s is certain, and names the public statement', (_name, restriction, holders) => {
	const [finding] = found(restriction);
	expect(finding).toMatchObject({reason: 'DstPutObjectNotPermitted', certainty: 'certain'});
	expect(finding?.evidence).toContain('statement Open.');
	expect(finding?.evidence).toContain(holders);
});

it('what may not be read is possible only', () => {
	expect(found({bucket: off, account: notRead})).toMatchObject([
		{certainty: 'possible', evidence: expect.stringContaining('No right.') as string},
	]);
});

it.each([
	['both are off', {bucket: off, account: off}, true],
	['no statement is public', undefined, true],
	['the role is of the account itself', {bucket: on, account: on}, false],
] as const)('nothing is said where %s', (_name, restriction, isCrossAccount) => {
	expect(found(restriction, isCrossAccount)).toEqual([]);
});
