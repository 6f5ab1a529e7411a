import type {PolicyDocument} from '../../policy/document.js';
import {staleNotes, withoutDropped} from '../role/deleted-principals.js';
import {keyDuties, plannedKeyPolicy} from '../role/key-statements.js';
import {placesOf} from '../role/places.js';
import {ruleInForce} from '../role/role-duties.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	addedSince,
	gone,
	needed,
	rulesBefore,
	stays,
	type TakeBackContext,
	type TakenBack,
	type UndoReason,
} from '../take-back/take-back-context.js';
import {isSameDocument, withoutWrites} from '../take-back/take-back-policy.js';
import {changedStatements} from './changed-statements.js';
import type {Kind, PlannedKind} from './kind.js';
import type {PlanContext} from './plan-context.js';
import {isPolicy} from '../take-back/shape.js';

/** Its target is the key's ARN. */
export type PutKeyPolicy = OperationBase & {
	readonly kind: 'put-key-policy';
	/** A key always has a policy. */
	readonly before: PolicyDocument;
	readonly after: PolicyDocument;
};

export type RestoreKeyPolicy = OperationBase & {
	readonly kind: 'restore-key-policy';
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument | null;
};

const restoreKeyPolicy: Kind<RestoreKeyPolicy> = {
	kind: 'restore-key-policy',
	words: {
		plan: 'Restore key policy',
		keep: 'Keep key policy',
		doing: 'Restoring key policy',
		done: 'Key policy restored',
	},
	noun: 'the key policy of',
	detail: changedStatements,
};

export const putKeyPolicy: PlannedKind<PutKeyPolicy, RestoreKeyPolicy> = {
	kind: 'put-key-policy',
	words: {
		plan: 'Put key policy',
		keep: 'Keep key policy',
		doing: 'Putting key policy',
		done: 'Key policy put',
	},
	noun: 'the key policy of',
	detail: changedStatements,
	on: 'key',
	remaining: {noun: 'key policy'},
	needs: {key: ['kms:GetKeyPolicy', 'kms:PutKeyPolicy']},
	undoNeeds: {},
	plan: statementsFor,
	mayBeAt: () => true,
	isAskedOfOthers: true,
	takesEffectLate: true,
	recorded: {before: isPolicy, after: isPolicy},
	undoReadings: [],
	undoKinds: {'restore-key-policy': restoreKeyPolicy},
	takeBack,
};

/** What each key's policy lacks. One that leaves all to its account's IAM, or names the role, is not written. */
function statementsFor(context: PlanContext): readonly PutKeyPolicy[] {
	const {request, observed, choice, earlier} = context;
	const places = placesOf(request, observed, [ruleInForce(request, observed)]);
	return keyDuties(request, observed).flatMap((duty): PutKeyPolicy[] => {
		const {key, side, policy} = duty;
		const {document: before} = policy;
		const after = plannedKeyPolicy(request, before, duty, choice.arn, places);
		const isOthersToo = key.accountId !== observed.source.caller.accountId;
		// In the role's own account a key that leaves it to IAM is nothing to be seen to.
		if (after === before && !isOthersToo) return [];
		const notes = after === before ? [] : staleNotes(before, Boolean(request.dropsDeletedPrincipals));
		return [
			{
				id: `put-key-policy:${side}`,
				kind: 'put-key-policy',
				side,
				target: key.arn,
				change: after === before ? 'keep' : 'update',
				account: key.accountId,
				region: key.arn.split(':')[3] ?? '',
				requires: ['create-role'].filter((id) => earlier.includes(id)),
				before,
				after,
				...(notes.length === 0 ? {} : {notes}),
			},
		];
	});
}

/** Takes a run's statements out of a key's policy, unless a rule that was added since needs them, or nobody would be left in it. */
function takeBack(group: Group<PutKeyPolicy>, context: TakeBackContext): TakenBack<RestoreKeyPolicy> {
	const now = context.observed.keys?.[group.target];
	const shared = {...undoOf(group, restoreKeyPolicy.kind, rulesBefore(context)), before: now};
	const keep = (reason: UndoReason) => ({
		step: stepFor(group, {...shared, change: 'keep' as const, after: now ?? null}, reason),
	});
	if (now === undefined) return keep(gone('the key is gone'));
	const {side} = group.first.operation;
	const isNeeded = addedSince(context).some(({keyArn}) =>
		side === 'source' ? keyArn !== undefined : keyArn === group.target,
	);
	if (isNeeded) return keep(needed('a rule that was added since replicates with the key'));
	const {left: after, notes} = withoutDropped(now, withoutWrites(now, group.all), group.target);
	// KMS knows no key without a policy, and one without a statement lets nobody in.
	if (after === undefined) return keep(stays('it has no other statement'));
	const isSame = isSameDocument(now, after);
	const reason = isSame ? gone('its statements are gone') : undefined;
	return {step: stepFor(group, {...shared, change: isSame ? 'keep' : 'update', after}, reason), notes};
}

/** The policy that a plan writes to a key, if it changes it. */
export function writtenKeyPolicy(
	operations: readonly AnyOperation[],
	keyArn: string,
): PolicyDocument | undefined {
	return operations.find(
		(operation): operation is PutKeyPolicy =>
			operation.kind === putKeyPolicy.kind && operation.target === keyArn && operation.change === 'update',
	)?.after;
}
