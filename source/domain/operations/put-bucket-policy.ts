import {destinationPolicy, policyNotes} from '../role/destination-policy.js';
import {bucketPolicyNeeds} from '../role/role-duties.js';
import type {PlanContext} from './plan-context.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {OperationBase, PlannedKind} from './kind.js';
import {changedStatements} from './changed-statements.js';

export type PutBucketPolicy = OperationBase & {
	readonly kind: 'put-bucket-policy';
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export const putBucketPolicy: PlannedKind<PutBucketPolicy> = {
	kind: 'put-bucket-policy',
	words: {plan: 'Put bucket policy', doing: 'Putting bucket policy', done: 'Bucket policy put'},
	noun: 'the bucket policy of',
	detail: changedStatements,
	remaining: {noun: 'bucket policy'},
	needs: {bucket: ['s3:GetBucketPolicy', 's3:PutBucketPolicy']},
	undoNeeds: {bucket: ['s3:DeleteBucketPolicy']},
	plan: (context) => (context.request.mode === 'cross-account' ? [statementsFor(context)] : []),
	// In one account the role's own policy is enough.
	mayBeAt: (side, mode) => side === 'destination' && mode === 'cross-account',
	takesEffectLate: true,
	undoReadings: ['policy'],
};

function statementsFor({request, observed, destination, choice}: PlanContext): PutBucketPolicy {
	const needs = bucketPolicyNeeds(request, observed, choice);
	const before = observed.destination.policy;
	const after = destinationPolicy(before, needs, choice.arn);
	const notes = policyNotes(before, needs, choice.arn);
	return {
		id: 'put-bucket-policy',
		kind: 'put-bucket-policy',
		side: 'destination',
		target: destination.bucket,
		change: before === undefined ? 'create' : after === before ? 'keep' : 'update',
		account: destination.accountId,
		region: destination.region,
		requires: ['create-bucket:destination', 'create-role'],
		before,
		after,
		...(notes.length === 0 ? {} : {notes}),
	};
}
