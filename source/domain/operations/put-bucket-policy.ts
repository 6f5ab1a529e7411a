import {withoutDropped} from '../role/deleted-principals.js';
import {policyNotes} from '../role/destination-policy.js';
import {placesOf} from '../role/places.js';
import {plannedBucketPolicy} from '../role/planned-bucket-policy.js';
import {bucketPolicyNeeds} from '../role/role-duties.js';
import type {PlanContext} from './plan-context.js';
import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import type {Kind, PlannedKind} from './kind.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {changedStatements} from './changed-statements.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	addedSince,
	gone,
	needed,
	rulesBefore,
	type TakeBackContext,
	type TakenBack,
} from '../take-back/take-back-context.js';
import {isSameDocument, withoutWrites} from '../take-back/take-back-policy.js';
import {isPolicy, orAbsent} from '../take-back/shape.js';

export type PutBucketPolicy = OperationBase & {
	readonly kind: 'put-bucket-policy';
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export type RestoreBucketPolicy = OperationBase & {
	readonly kind: 'restore-bucket-policy';
	readonly before?: PolicyDocument;
	/** `null`: there was none, and none is left. */
	readonly after: PolicyDocument | null;
};

const restoreBucketPolicy: Kind<RestoreBucketPolicy> = {
	kind: 'restore-bucket-policy',
	words: {
		plan: 'Restore policy',
		keep: 'Keep bucket policy',
		doing: 'Restoring bucket policy',
		done: 'Bucket policy restored',
	},
	noun: 'the bucket policy of',
	detail: changedStatements,
};

export const putBucketPolicy: PlannedKind<PutBucketPolicy, RestoreBucketPolicy> = {
	kind: 'put-bucket-policy',
	words: {
		plan: 'Put bucket policy',
		keep: 'Keep bucket policy',
		doing: 'Putting bucket policy',
		done: 'Bucket policy put',
	},
	noun: 'the bucket policy of',
	detail: changedStatements,
	on: 'bucket',
	remaining: {noun: 'bucket policy'},
	needs: {bucket: ['s3:GetBucketPolicy', 's3:PutBucketPolicy']},
	undoNeeds: {bucket: ['s3:DeleteBucketPolicy']},
	plan: (context) => (context.request.mode === 'cross-account' ? [statementsFor(context)] : []),
	// In one account the role's own policy is enough.
	mayBeAt: (side, mode) => side === 'destination' && mode === 'cross-account',
	isAskedOfOthers: true,
	takesEffectLate: true,
	recorded: {before: orAbsent(isPolicy), after: isPolicy},
	undoReadings: ['policy'],
	undoKinds: {'restore-bucket-policy': restoreBucketPolicy},
	takeBack,
};

function statementsFor(context: PlanContext): PutBucketPolicy {
	const {request, observed, destination, choice, earlier} = context;
	const needs = bucketPolicyNeeds(context);
	const before = observed.destination.policy;
	const places = placesOf(request, observed, choice.takesOver);
	const after = plannedBucketPolicy(context);
	const drops = after !== before && Boolean(request.dropsDeletedPrincipals);
	const notes = policyNotes(before, needs, choice.arn, {places, drops});
	return {
		id: 'put-bucket-policy',
		kind: 'put-bucket-policy',
		side: 'destination',
		target: destination.bucket,
		change: before === undefined ? 'create' : after === before ? 'keep' : 'update',
		account: destination.accountId,
		region: destination.region,
		requires: ['create-bucket:destination', 'create-role'].filter((id) => earlier.includes(id)),
		before,
		after,
		...(notes.length === 0 ? {} : {notes}),
	};
}

/** Takes a run's statements out of a bucket's policy, unless a rule that was added since needs them. */
function takeBack(group: Group<PutBucketPolicy>, context: TakeBackContext): TakenBack<RestoreBucketPolicy> {
	const bucket = context.observed.buckets[group.target];
	const now = bucket?.state === 'owned' ? bucket.policy : undefined;
	const shared = {...undoOf(group, restoreBucketPolicy.kind, rulesBefore(context)), before: now};
	if (addedSince(context).some(({destinationBucket}) => destinationBucket === group.target)) {
		const reason = needed('a rule that was added since replicates to it');
		return {step: stepFor(group, {...shared, change: 'keep', after: now ?? null}, reason)};
	}

	const restored = withoutWrites(now, group.all);
	const {left, notes} = withoutDropped(now, restored, group.target);
	const after = left && statementsOf(left).length === 0 ? undefined : left;
	const isSame = isSameDocument(now, after);
	const change = isSame ? 'keep' : after ? 'update' : 'delete';
	const reason = isSame ? gone('its statements are gone') : undefined;
	return {step: stepFor(group, {...shared, change, after: after ?? null}, reason), notes};
}

/** Whether an operation of an undo leaves the policy of a bucket as it says. */
export function restoresBucketPolicy(operation: AnyOperation): operation is RestoreBucketPolicy {
	return operation.kind === restoreBucketPolicy.kind;
}

/** What a plan writes of the destination's bucket policy, if it has something of it. */
export function bucketPolicyIn(operations: readonly AnyOperation[]): PutBucketPolicy | undefined {
	return operations.find(
		(operation): operation is PutBucketPolicy => operation.kind === putBucketPolicy.kind,
	);
}
