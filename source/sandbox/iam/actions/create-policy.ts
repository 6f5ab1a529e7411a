import {type CreatePolicyRequest, type CreatePolicyResponse} from '@aws-sdk/client-iam';
import {type ManagedPolicy} from '../../world/account.js';
import {Propagating} from '../../world/propagating.js';
import {iamError} from '../errors.js';
import {checkDocument, showPolicy} from '../managed-policies.js';
import {checkPath} from '../path.js';
import {checkName} from '../roles.js';
import {withTags} from '../tags.js';
import {type QueryAction} from '../action.js';
import {iamArn} from '../../world/partition.js';

export const createPolicy: QueryAction<CreatePolicyRequest, CreatePolicyResponse> = {
	name: 'CreatePolicy',
	permission: ({world, account, input}) => ({
		action: 'iam:CreatePolicy',
		resource: iamArn(world, account.accountId, `policy${input.Path ?? '/'}${input.PolicyName ?? ''}`),
	}),
	target: ({PolicyName}) => PolicyName,
	run(call) {
		const {world, account, input} = call;
		const policyName = input.PolicyName ?? '';
		checkName('policyName', policyName, 128);
		const text = checkDocument(world, input.PolicyDocument);
		if (account.managedPolicies.has(policyName.toLowerCase())) {
			throw iamError(
				'EntityAlreadyExists',
				`A policy called ${policyName} already exists. Duplicate names are not allowed.`,
			);
		}
		const path = checkPath(input.Path ?? '/');
		const createdMs = world.clock.now();
		const policy: ManagedPolicy = {
			policyName,
			policyId: world.ids.uniqueId('ANPA'),
			path,
			arn: iamArn(world, account.accountId, `policy${path}${policyName}`),
			description: input.Description,
			createdMs,
			tags: withTags([], input.Tags ?? []),
			versions: [{versionId: 'v1', text, createdMs}],
			defaultVersionId: 'v1',
			nextVersion: 2,
			document: new Propagating(text),
		};
		account.managedPolicies.set(policyName.toLowerCase(), policy);
		// The description is told by GetPolicy alone (IAM API reference, Policy).
		const {Description: _description, ...shown} = showPolicy(world, policy);
		return {Policy: shown};
	},
};
