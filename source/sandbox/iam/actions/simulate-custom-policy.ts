import {type SimulateCustomPolicyRequest, type SimulatePolicyResponse} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {simulate} from '../simulate.js';

/** Simulates the policies of the request alone. */
export const simulateCustomPolicy: QueryAction<SimulateCustomPolicyRequest, SimulatePolicyResponse> = {
	name: 'SimulateCustomPolicy',
	permission: () => ({action: 'iam:SimulateCustomPolicy', resource: '*'}),
	run: (call) =>
		simulate(call, {caller: undefined, policies: [], boundary: undefined, texts: new Map<string, string>()}),
};
