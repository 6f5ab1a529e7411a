import {expect, test} from 'vitest';
import {decide, decideTrust, type AccessRequest, type PolicySet} from '../../source/policy/decide.js';
import {explainDenial} from '../../source/policy/explain.js';
import {allow, anonymous, deny, otherAccountId, policy, request, service, session} from './cases.js';

type Case = {
	readonly rule: string;
	readonly source: string;
	readonly request?: Partial<AccessRequest>;
	readonly policies: PolicySet;
	readonly message: string;
};

const iam = 'IAM troubleshoot_access-denied';
const s3 = 'S3 troubleshoot-403-errors';
const admin = policy('admin', allow());
const createRole = {action: 'iam:CreateRole', resource: 'arn:aws:iam::111122223333:role/replicator'};

const cases: readonly Case[] = [
	{
		rule: 'S3 puts the resource in quotes and names the missing identity policy',
		source: s3,
		policies: {identity: []},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" because no identity-based policy allows the s3:GetObject action',
	},
	{
		rule: 'IAM writes the resource without quotes',
		source: iam,
		request: createRole,
		policies: {identity: []},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/replicator because no identity-based policy allows the iam:CreateRole action',
	},
	{
		rule: 'an action without a resource names none',
		source: iam,
		request: {action: 's3:ListAllMyBuckets', resource: '*'},
		policies: {identity: []},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action',
	},
	{
		rule: 'a session goes by its own ARN, not by that of its role',
		source: s3,
		request: {caller: session},
		policies: {identity: []},
		message:
			'User: arn:aws:sts::111122223333:assumed-role/replicator/run-1 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" because no identity-based policy allows the s3:GetObject action',
	},
	{
		rule: 'an explicit deny in an identity policy is named',
		source: s3,
		policies: {identity: [admin, policy('guard', deny())]},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" with an explicit deny in an identity-based policy',
	},
	{
		rule: 'a policy with an ARN is named by it',
		source: 'IAM troubleshoot_access-denied-authorization-id',
		request: createRole,
		policies: {identity: [admin, policy('arn:aws:iam::111122223333:policy/Guard', deny())]},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/replicator with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/Guard',
	},
	{
		rule: 'an explicit deny in a bucket policy is named',
		source: s3,
		policies: {identity: [admin], resource: policy('bucket', deny({Principal: '*'}))},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" with an explicit deny in a resource-based policy',
	},
	{
		rule: 'a missing allow in the bucket policy of another account is named',
		source: s3,
		request: {resourceAccountId: otherAccountId},
		policies: {identity: [admin]},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" because no resource-based policy allows the s3:GetObject action',
	},
	{
		rule: 'a missing allow in the boundary is named',
		source: iam,
		policies: {identity: [admin], boundary: policy('boundary', allow({Action: 'sts:*'}))},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" because no permissions boundary allows the s3:GetObject action',
	},
	{
		rule: 'an explicit deny in the boundary is named',
		source: iam,
		policies: {identity: [admin], boundary: policy('boundary', allow(), deny())},
		message:
			'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" with an explicit deny in a permissions boundary',
	},
	{
		rule: 'nobody in particular is called anonymous',
		source: 'public reports of Amazon OpenSearch',
		request: {caller: anonymous},
		policies: {identity: []},
		message:
			'User: anonymous is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::pictures/photos/cat.jpg" because no resource-based policy allows the s3:GetObject action',
	},
];

test.each(cases)('$rule ($source)', ({request: changes, policies, message}) => {
	const asked = request(changes);
	expect(explainDenial(asked, decide(asked, policies))).toBe(message);
});

const assume = {action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/replicator'};

test('a missing allow in the trust of a role is named without the role (IAM troubleshoot_access-denied)', () => {
	const asked = request(assume);
	const trust = policy('trust', {
		Effect: 'Allow',
		Principal: {Service: 's3.amazonaws.com'},
		Action: 'sts:AssumeRole',
	});
	expect(explainDenial(asked, decideTrust(asked, trust, [admin]))).toBe(
		'User: arn:aws:iam::111122223333:user/team/alice is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action',
	);
});

test('an explicit deny in the trust of a role is named (IAM troubleshoot_access-denied)', () => {
	const asked = request({...assume, caller: service});
	const trust = policy('trust', {Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole'});
	expect(explainDenial(asked, decideTrust(asked, trust, []))).toBe(
		'User: s3.amazonaws.com is not authorized to perform: sts:AssumeRole with an explicit deny in the role trust policy',
	);
});
