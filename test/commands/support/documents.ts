import {
	GetRoleCommand,
	GetRolePolicyCommand,
	type IAMClient,
	ListRolePoliciesCommand,
	ListRolesCommand,
} from '@aws-sdk/client-iam';
import {DescribeKeyCommand, GetKeyPolicyCommand, type KMSClient, ListKeysCommand} from '@aws-sdk/client-kms';
import {GetBucketPolicyCommand, GetBucketReplicationCommand, type S3Client} from '@aws-sdk/client-s3';
import type {Mode} from '../../../source/domain/answers/mode.js';
import {tutorialNames} from '../../../source/domain/answers/tutorial.js';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {destinationOf} from '../../support/inhabited-world.js';

/** What is not there is not there, whether for want of the bucket or of the document. */
const orNone = async <Answer>(call: Promise<Answer>): Promise<Answer | 'none'> =>
	call.catch(() => 'none' as const);

async function ofBucket(client: S3Client, Bucket: string) {
	return {
		policy: await orNone(client.send(new GetBucketPolicyCommand({Bucket})).then(({Policy}) => Policy)),
		replication: await orNone(
			client
				.send(new GetBucketReplicationCommand({Bucket}))
				.then(({ReplicationConfiguration: configuration}) => configuration),
		),
	};
}

async function ofRole(iam: IAMClient, RoleName: string) {
	const {Role} = await iam.send(new GetRoleCommand({RoleName}));
	const {PolicyNames: names = []} = await iam.send(new ListRolePoliciesCommand({RoleName}));
	const policies = names.map(async (PolicyName) => {
		const {PolicyDocument: text} = await iam.send(new GetRolePolicyCommand({RoleName, PolicyName}));
		return [PolicyName, text];
	});
	return [RoleName, Role?.AssumeRolePolicyDocument, await Promise.all(policies)];
}

async function rolesOf(iam: IAMClient) {
	const {Roles: roles = []} = await iam.send(new ListRolesCommand({}));
	return Promise.all(roles.map(async ({RoleName: name = ''}) => ofRole(iam, name)));
}

/** The keys that AWS manages are there from their first use on, and nobody changes their policies. */
async function keyPoliciesOf(kms: KMSClient) {
	const {Keys: keys = []} = await kms.send(new ListKeysCommand({}));
	const policies = keys.map(async ({KeyId}) => {
		const {KeyMetadata: key} = await kms.send(new DescribeKeyCommand({KeyId}));
		const {Policy} = await kms.send(new GetKeyPolicyCommand({KeyId, PolicyName: 'default'}));
		return {KeyId, manager: key?.KeyManager, Policy};
	});
	return (await Promise.all(policies)).filter(({manager}) => manager === 'CUSTOMER');
}

/** Every document that the set-up of a rule may write, in both buckets and both accounts, letter by letter. */
export async function documentsOfBoth(one: OpenSandbox, mode: Mode): Promise<Record<string, unknown>> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const side = ({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode];
	const [source, destination, roles, destinationRoles, keys, sourceKeys] = await Promise.all([
		ofBucket(one.source, sourceBucket),
		ofBucket(destinationOf(one, mode), destinationBucket),
		rolesOf(one.iam),
		rolesOf(one.iamOf(side)),
		keyPoliciesOf(one.kms(side, 'us-west-2')),
		keyPoliciesOf(one.kms('source', 'us-east-1')),
	]);
	return {source, destination, roles, destinationRoles, keys, sourceKeys};
}
