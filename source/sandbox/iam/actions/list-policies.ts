import {type ListPoliciesRequest, type ListPoliciesResponse} from '@aws-sdk/client-iam';
import {awsManagedPolicies} from '../../world/aws-managed-policies.js';
import {type ManagedPolicy} from '../../world/account.js';
import {iamError} from '../errors.js';
import {byName, pageOf} from '../page.js';
import {holdersOf, showPolicy} from '../managed-policies.js';
import {type QueryAction} from '../action.js';
import {iamArn} from '../../world/partition.js';

export const listPolicies: QueryAction<ListPoliciesRequest, ListPoliciesResponse> = {
	name: 'ListPolicies',
	permission: (call) => ({
		action: 'iam:ListPolicies',
		resource: iamArn(call.world, call.account.accountId, 'policy/*'),
	}),
	run(call) {
		const {world, account, input} = call;
		const nameOf = ({arn}: ManagedPolicy): string => arn.toLowerCase();
		const scope: string = input.Scope ?? 'All';
		if (!['All', 'AWS', 'Local'].includes(scope)) {
			throw iamError(
				'ValidationError',
				`1 validation error detected: Value '${scope}' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]`,
			);
		}
		const policies = [
			...(scope === 'AWS' ? [] : account.managedPolicies.values()),
			...(scope === 'Local' ? [] : awsManagedPolicies(world).values()),
		]
			.filter(({path}) => path.startsWith(input.PathPrefix ?? '/'))
			.filter(({arn}) => input.OnlyAttached !== true || holdersOf(world, arn).length > 0)
			.sort(byName(nameOf));
		const {page, more} = pageOf(policies, nameOf, input);
		return {
			Policies: page.map((policy) => {
				// Lists leave both out (IAM API reference, Policy).
				const {Description: _description, Tags: _tags, ...shown} = showPolicy(world, policy);
				return shown;
			}),
			...more,
		};
	},
};
