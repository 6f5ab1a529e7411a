import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {finalStatusOf, policyOf, put, setUpPair} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(() => open.close());

// What S3 asks for the role is asked in the bucket's region: the source's in us-east-1, the destination's in us-west-2.
it.each([
	{regions: ['us-east-1', 'us-west-2'], reason: undefined},
	{regions: ['us-east-1'], reason: 'DstPutObjectNotPermitted'},
	{regions: ['us-west-2'], reason: 'SrcGetObjectNotPermitted'},
])(
	'a role that is let into $regions only fails with $reason (documented: IAM User Guide, condition keys; of S3’s own calls: guessed)',
	async ({regions, reason}) => {
		const pair = await setUpPair(open);
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'regions',
				PolicyDocument: policyOf([
					{
						Effect: 'Deny',
						Action: 's3:*',
						Resource: '*',
						Condition: {StringNotEquals: {'aws:RequestedRegion': regions}},
					},
				]),
			}),
		);
		const versionId = await put(open.source, pair.source, 'k');
		const status = await finalStatusOf(open.source, pair.source, 'k', versionId);
		expect(status).toBe(reason === undefined ? 'COMPLETED' : 'FAILED');
		const entry = open.sandbox.replications.find((copy) => copy.versionId === versionId);
		expect(entry?.failureReason).toBe(reason);
	},
);
