import {expect, test} from 'vitest';
import {parsePolicy, type PolicyKind} from '../../source/policy/parse.js';

const identityStatement = {Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*'};
const resourceStatement = {...identityStatement, Principal: {AWS: '111122223333'}};
const trustStatement = {Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'};

const text = (...statements: readonly object[]) =>
	JSON.stringify({Version: '2012-10-17', Statement: statements});

type Accepted = readonly [rule: string, kind: PolicyKind, text: string];

const accepted: readonly Accepted[] = [
	['an identity policy', 'identity', text(identityStatement)],
	['a resource policy', 'resource', text(resourceStatement)],
	['a trust policy', 'trust', text(trustStatement)],
	['a statement without a list', 'identity', JSON.stringify({Statement: identityStatement})],
	['version 2008-10-17', 'identity', JSON.stringify({Version: '2008-10-17', Statement: identityStatement})],
	['an Id', 'resource', JSON.stringify({Id: 'S3-Console-Replication-Policy', Statement: resourceStatement})],
	[
		'a Sid with spaces in a bucket policy',
		'resource',
		text({...resourceStatement, Sid: 'Set permissions-1'}),
	],
	[
		'empty Sids side by side',
		'identity',
		text({...identityStatement, Sid: ''}, {...identityStatement, Sid: ''}),
	],
	['NotAction and NotResource', 'identity', text({Effect: 'Deny', NotAction: 'iam:*', NotResource: '*'})],
	['a deny with NotPrincipal', 'resource', text({...identityStatement, Effect: 'Deny', NotPrincipal: '*'})],
	[
		'every spelling of a principal',
		'resource',
		text({
			...identityStatement,
			Principal: {
				AWS: [
					'*',
					'111122223333',
					'arn:aws:iam::111122223333:root',
					'arn:aws:sts::111122223333:assumed-role/a/b',
					'AROAEXAMPLEROLE00001',
				],
				CanonicalUser: 'abc',
			},
		}),
	],
	[
		'a condition with values of every kind',
		'identity',
		text({
			...identityStatement,
			Condition: {
				'ForAllValues:StringLikeIfExists': {a: ['b']},
				Bool: {c: true},
				NumericEquals: {d: 1},
				Null: {e: 'true'},
			},
		}),
	],
	[
		'variables in a resource',
		'identity',
		text({...identityStatement, Resource: 'arn:aws:s3:::a/${aws:username}'}),
	],
	['space before an identity policy', 'identity', ` \n${text(identityStatement)}`],
];

test.each(accepted)('%s is accepted (%s)', (_rule, kind, policy) => {
	expect(parsePolicy(policy, kind)).toEqual({ok: true, document: JSON.parse(policy)});
});

type Refused = readonly [rule: string, source: string, kind: PolicyKind, text: string, reason: string];

const bucketExc = 'recording test_bucket_policy_exc';
const grammar = 'IAM reference_policies_grammar';
const reports = 'public reports';
const notJson = "Policies must be valid JSON and the first byte must be '{'";

const refused: readonly Refused[] = [
	['no text is no bucket policy', bucketExc, 'resource', '', notJson],
	['text that is no JSON is no bucket policy', bucketExc, 'resource', 'invalid json', notJson],
	['an empty object has no statement', bucketExc, 'resource', '{}', 'Missing required field Statement'],
	[
		'text that is no JSON is no trust',
		'recording test_create_role_with_malformed_assume_role_policy_document',
		'trust',
		'{"Version": ',
		'This policy contains invalid Json',
	],
	['text that is no JSON is no identity policy', 'own', 'identity', 'x', 'Syntax errors in policy.'],
	['a list is no policy', bucketExc, 'resource', '[]', notJson],
	[
		'a bucket policy begins with its first byte',
		bucketExc,
		'resource',
		` ${text(resourceStatement)}`,
		notJson,
	],
	[
		'no statements are no policy',
		grammar,
		'identity',
		'{"Statement": []}',
		'Missing required field Statement',
	],
	[
		'a statement is an object',
		grammar,
		'identity',
		'{"Statement": ["x"]}',
		'Statement must be an object or a list of objects',
	],
	[
		'an unknown element of the policy is refused',
		grammar,
		'identity',
		JSON.stringify({Statements: [], Statement: identityStatement}),
		'Unknown field Statements',
	],
	[
		'an unknown element of a statement is refused',
		grammar,
		'identity',
		text({...identityStatement, Actions: 's3:*'}),
		'Unknown field Actions',
	],
	[
		'an unknown version is refused',
		grammar,
		'identity',
		JSON.stringify({Version: '2012-10-18', Statement: identityStatement}),
		'The policy must contain a valid version string',
	],
	[
		'an Id is text',
		grammar,
		'resource',
		JSON.stringify({Id: 1, Statement: resourceStatement}),
		'Id must be a string',
	],
	[
		'an effect is needed',
		grammar,
		'resource',
		text({...resourceStatement, Effect: undefined}),
		'Missing required field Effect',
	],
	[
		'an effect compares with case',
		'IAM reference_policies_elements_effect',
		'resource',
		text({...resourceStatement, Effect: 'allow'}),
		'Invalid effect: "allow"',
	],
	[
		'an identity policy has no Principal',
		reports,
		'identity',
		text(resourceStatement),
		'Has prohibited field Principal',
	],
	[
		'an identity policy has no NotPrincipal',
		reports,
		'identity',
		text({...identityStatement, NotPrincipal: '*'}),
		'Has prohibited field NotPrincipal',
	],
	[
		'a resource policy needs a Principal',
		reports,
		'resource',
		text(identityStatement),
		'Missing required field Principal',
	],
	[
		'a trust policy needs a Principal',
		reports,
		'trust',
		text({Effect: 'Allow', Action: 'sts:AssumeRole'}),
		'Missing required field Principal',
	],
	[
		'a trust policy has no Resource',
		reports,
		'trust',
		text({...trustStatement, Resource: '*'}),
		'Has prohibited field Resource',
	],
	[
		'a trust policy speaks of STS only',
		reports,
		'trust',
		text({...trustStatement, Action: 's3:GetObject'}),
		'AssumeRole policy may only specify STS AssumeRole actions.',
	],
	[
		'a trust policy has no allow with NotPrincipal',
		'IAM reference_policies_elements_notprincipal',
		'trust',
		text({Effect: 'Allow', NotPrincipal: '*', Action: 'sts:AssumeRole'}),
		'Allow with NotPrincipal is not allowed.',
	],
	[
		'Principal and NotPrincipal exclude each other',
		grammar,
		'resource',
		text({...resourceStatement, NotPrincipal: '*'}),
		'Principal and NotPrincipal cannot be in one statement',
	],
	[
		'a principal of an unknown kind is refused',
		reports,
		'resource',
		text({...identityStatement, Principal: {Aws: '*'}}),
		'Invalid principal in policy',
	],
	[
		'a principal of no kind is refused',
		reports,
		'resource',
		text({...identityStatement, Principal: {}}),
		'Invalid principal in policy',
	],
	[
		'a principal without names is refused',
		reports,
		'resource',
		text({...identityStatement, Principal: {AWS: []}}),
		'Invalid principal in policy',
	],
	[
		'a principal that is bare text is refused',
		reports,
		'resource',
		text({...identityStatement, Principal: '111122223333'}),
		'Invalid principal in policy',
	],
	[
		'a principal with a wildcard in its ARN is refused',
		'IAM reference_policies_elements_principal',
		'resource',
		text({...identityStatement, Principal: {AWS: 'arn:aws:iam::111122223333:role/*'}}),
		'Invalid principal in policy',
	],
	[
		'an action is needed',
		grammar,
		'resource',
		text({...resourceStatement, Action: undefined}),
		'Missing required field Action',
	],
	[
		'an empty list of actions is no action',
		grammar,
		'identity',
		text({...identityStatement, Action: []}),
		'Policy statement must contain actions.',
	],
	[
		'Action and NotAction exclude each other',
		grammar,
		'identity',
		text({...identityStatement, NotAction: 's3:*'}),
		'Action and NotAction cannot be in one statement',
	],
	[
		'an action has a service before it',
		reports,
		'identity',
		text({...identityStatement, Action: 'GetObject'}),
		'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
	],
	[
		'an action of a bucket policy has a service before it',
		reports,
		'resource',
		text({...resourceStatement, Action: 'GetObject'}),
		'Policy has invalid action',
	],
	[
		'an action is text',
		grammar,
		'identity',
		text({...identityStatement, Action: [1]}),
		'Policy statement must contain actions.',
	],
	[
		'a resource is needed',
		grammar,
		'identity',
		text({...identityStatement, Resource: undefined}),
		'Policy statement must contain resources.',
	],
	[
		'a bucket policy needs a resource',
		grammar,
		'resource',
		text({...resourceStatement, Resource: undefined}),
		'Missing required field Resource',
	],
	[
		'Resource and NotResource exclude each other',
		grammar,
		'identity',
		text({...identityStatement, NotResource: '*'}),
		'Resource and NotResource cannot be in one statement',
	],
	[
		'a resource is an ARN',
		reports,
		'identity',
		text({...identityStatement, Resource: 'pictures'}),
		'Resource pictures must be in ARN format or "*".',
	],
	[
		'a resource of a bucket policy is an ARN',
		reports,
		'resource',
		text({...resourceStatement, Resource: 'pictures'}),
		'Policy has invalid resource',
	],
	[
		'an unknown operator is refused',
		reports,
		'resource',
		text({...resourceStatement, Condition: {StringResembles: {a: 'b'}}}),
		'Invalid Condition type : StringResembles',
	],
	[
		'Null has no IfExists',
		'IAM reference_policies_elements_condition_operators',
		'resource',
		text({...resourceStatement, Condition: {NullIfExists: {a: 'true'}}}),
		'Invalid Condition type : NullIfExists',
	],
	[
		'a condition is an object',
		grammar,
		'identity',
		text({...identityStatement, Condition: 'x'}),
		'Syntax errors in policy.',
	],
	[
		'a condition key has plain values',
		grammar,
		'identity',
		text({...identityStatement, Condition: {Bool: {a: {}}}}),
		'Syntax errors in policy.',
	],
	[
		'a Sid of an identity policy has letters and digits only',
		reports,
		'identity',
		text({...identityStatement, Sid: 'a b'}),
		'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
	],
	['a Sid is text', grammar, 'resource', text({...resourceStatement, Sid: 1}), 'Sid must be a string'],
	[
		'Sids differ from each other',
		reports,
		'identity',
		text({...identityStatement, Sid: 'a'}, {...identityStatement, Sid: 'a'}),
		'Statement IDs (SID) in a single policy must be unique.',
	],
	[
		'the second statement is looked at too',
		'own',
		'identity',
		text(identityStatement, {...identityStatement, Resource: 'x'}),
		'Resource x must be in ARN format or "*".',
	],
];

test.each(refused)('%s (%s)', (_rule, _source, kind, policy, reason) => {
	expect(parsePolicy(policy, kind)).toEqual({ok: false, reason});
});
