import {type ListAccountAliasesRequest, type ListAccountAliasesResponse} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';

/** There are none: nothing in the sandbox makes them, and clients ask to show the account. */
export const listAccountAliases: QueryAction<ListAccountAliasesRequest, ListAccountAliasesResponse> = {
	name: 'ListAccountAliases',
	permission: () => ({action: 'iam:ListAccountAliases', resource: '*'}),
	run: () => ({AccountAliases: [], IsTruncated: false}),
};
