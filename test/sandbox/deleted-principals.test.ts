import {GetBucketPolicyCommand, PutBucketPolicyCommand} from '@aws-sdk/client-s3';
import {CreateRoleCommand, DeleteRoleCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, policyOf, trustOfS3} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

const createRole = async (): Promise<{readonly name: string; readonly arn: string; readonly id: string}> => {
	const name = open.name('role');
	const {Role} = await open.iam.send(
		new CreateRoleCommand({RoleName: name, AssumeRolePolicyDocument: trustOfS3}),
	);
	return {name, arn: Role?.Arn ?? '', id: Role?.RoleId ?? ''};
};

const policyFor = (bucket: string, principal: string): string =>
	policyOf([
		{
			Effect: 'Allow',
			Principal: {AWS: principal},
			Action: 's3:GetObject',
			Resource: `arn:aws:s3:::${bucket}/*`,
		},
	]);

describe('the policy of a bucket whose principal was deleted', () => {
	it('shows its unique id (documented: IAM User Guide, reference_policies_elements_principal) and is refused when put again (third-party: reports)', async () => {
		const bucket = open.name('bucket');
		await createVersioned(open.source, bucket);
		const role = await createRole();
		const put = async (Policy: string) =>
			open.source.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
		await put(policyFor(bucket, role.arn));
		await open.iam.send(new DeleteRoleCommand({RoleName: role.name}));
		const {Policy = ''} = await open.source.send(new GetBucketPolicyCommand({Bucket: bucket}));
		expect(JSON.parse(Policy)).toEqual(JSON.parse(policyFor(bucket, role.id)));
		expect(await errorOf(put(Policy))).toMatchObject({
			code: 'MalformedPolicy',
			message: 'Invalid principal in policy',
			status: 400,
		});
	});

	it('takes the unique id of one that is there (guessed)', async () => {
		const bucket = open.name('bucket');
		await createVersioned(open.source, bucket);
		const {id} = await createRole();
		const Policy = policyFor(bucket, id);
		await open.source.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
		expect((await open.source.send(new GetBucketPolicyCommand({Bucket: bucket}))).Policy).toBe(Policy);
	});
});
