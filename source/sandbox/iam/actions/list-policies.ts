import {type ListPoliciesRequest, type ListPoliciesResponse} from '@aws-sdk/client-iam';
import {awsManagedPolicies} from '../../world/aws-managed-policies.js';
import {holdersOf, showPolicy} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

export const listPolicies: QueryAction<ListPoliciesRequest, ListPoliciesResponse> = {
	permission: (call) => ({
		action: 'iam:ListPolicies',
		resource: `arn:aws:iam::${call.account.accountId}:policy/*`,
	}),
	run(call) {
		const {world, account, input} = call;
		const scope = input.Scope ?? 'All';
		const policies = [
			...(scope === 'AWS' ? [] : account.managedPolicies.values()),
			...(scope === 'Local' ? [] : awsManagedPolicies.values()),
		]
			.filter(({path}) => path.startsWith(input.PathPrefix ?? '/'))
			.filter(({arn}) => input.OnlyAttached !== true || holdersOf(world, arn).length > 0);
		return {
			Policies: policies.map((policy) => {
				const {Description: _description, ...shown} = showPolicy(world, policy);
				return shown;
			}),
			IsTruncated: false,
		};
	},
};
