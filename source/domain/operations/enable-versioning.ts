import {type Side, sides} from '../answers/mode.js';
import type {PlanContext} from './plan-context.js';
import type {Kind, PlannedKind, RestContext} from './kind.js';
import type {AnyOperation, Change, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	gone,
	rulesBefore,
	stays,
	type TakeBackContext,
	type TakenBack,
	type UndoReason,
} from '../take-back/take-back-context.js';
import {destinationOf} from '../arn.js';
import {isText, orAbsent, shaped} from '../take-back/shape.js';
import {isRecord} from '../../policy/json-shape.js';

export type EnableVersioning = OperationBase & {
	readonly kind: 'enable-versioning';
	readonly before?: {readonly Status?: 'Suspended' | 'Enabled'};
	readonly after: {readonly Status: 'Enabled'};
};

export type RestoreVersioning = OperationBase & {
	readonly kind: 'restore-versioning';
	readonly before?: {readonly Status?: 'Suspended' | 'Enabled'};
	readonly after: {readonly Status: 'Suspended'};
};

const restoreVersioning: Kind<RestoreVersioning> = {
	kind: 'restore-versioning',
	words: {
		plan: 'Restore versioning',
		keep: 'Keep versioning',
		doing: 'Restoring versioning',
		done: 'Versioning restored',
	},
	noun: 'the versioning of',
	detail: () => 'Enabled → Suspended',
	isToldByDetail: true,
};

export const enableVersioning: PlannedKind<EnableVersioning, RestoreVersioning> = {
	kind: 'enable-versioning',
	words: {
		plan: 'Enable versioning',
		keep: 'Keep versioning',
		doing: 'Enabling versioning',
		done: 'Versioning enabled',
	},
	noun: 'the versioning of',
	detail: ({before}) => (before?.Status === 'Suspended' ? 'Suspended → Enabled' : 'Enabled'),
	isToldByDetail: true,
	on: 'bucket',
	remaining: {noun: 'versioning', remark: 'versioning can only be suspended, not switched off'},
	needs: {bucket: ['s3:PutBucketVersioning']},
	undoNeeds: {},
	plan: (context) => sides.map((side) => enableVersioningAt(side, context)),
	mayBeAt: () => true,
	isAskedOfOthers: true,
	takesEffectLate: true,
	recorded: {before: orAbsent(isRecord), after: shaped({Status: isText})},
	undoReadings: ['replication'],
	undoKinds: {'restore-versioning': restoreVersioning},
	takeBack,
	isUndoable: wasSuspended,
	notesOnRest,
};

/** Versioning that was never enabled before can only be suspended. Source: S3 User Guide, Versioning. */
function wasSuspended({before}: EnableVersioning): boolean {
	return before?.Status === 'Suspended';
}

function notesOnRest(
	written: readonly EnableVersioning[],
	{observed: {buckets}, deleted}: RestContext,
): readonly string[] {
	const enabled = new Set(written.filter((operation) => !wasSuspended(operation)).map(({target}) => target));
	return [...enabled]
		.filter((bucket) => {
			const found = buckets[bucket];
			return !deleted.has(bucket) && found?.state === 'owned' && found.versioning !== 'Unversioned';
		})
		.map(
			(bucket) =>
				`Versioning of ${bucket} stays: it can only be suspended, which changes how its objects are kept.`,
		);
}

/** Whether a write of a run enables a bucket's versioning. */
export function enablesVersioning({operation: {kind}}: {readonly operation: AnyOperation}): boolean {
	return kind === enableVersioning.kind;
}

/** Whether an operation of an undo suspends a bucket's versioning again: no deletion has to wait for that. */
export function restoresVersioning({kind}: AnyOperation): boolean {
	return kind === restoreVersioning.kind;
}

function enableVersioningAt(side: Side, {observed, [side]: end}: PlanContext): EnableVersioning {
	const {bucket} = observed[side];
	const versioning = bucket.state === 'owned' ? bucket.versioning : undefined;
	const change: Change = versioning === undefined ? 'create' : versioning === 'Enabled' ? 'keep' : 'update';
	return {
		id: `enable-versioning:${side}`,
		kind: 'enable-versioning',
		side,
		target: end.bucket,
		change,
		account: end.accountId,
		region: end.region,
		requires: [`create-bucket:${side}`],
		before: versioning === undefined ? undefined : versioning === 'Unversioned' ? {} : {Status: versioning},
		after: {Status: 'Enabled'},
	};
}

/** Suspends versioning again where it was suspended before the run, and no other rule needs it. */
function takeBack(group: Group<EnableVersioning>, context: TakeBackContext): TakenBack<RestoreVersioning> {
	const {replications} = context;
	const bucket = context.observed.buckets[group.target];
	const operation = {
		...undoOf(group, restoreVersioning.kind, rulesBefore(context)),
		before:
			bucket?.state === 'owned' && bucket.versioning !== 'Unversioned' ? {Status: bucket.versioning} : {},
		after: {Status: 'Suspended' as const},
	};
	const keep = (reason: UndoReason) => ({
		step: stepFor(group, {...operation, change: 'keep' as const}, reason),
	});
	if (bucket?.state !== 'owned') return keep(gone('the bucket is gone'));
	if (bucket.versioning !== 'Enabled') return keep(gone('it is off already'));
	const restored = replications.find(({target}) => target === group.target);
	const left = restored ? restored.after : bucket.replication;
	if (left) return keep(stays('other rules replicate from the bucket'));
	const isDestination = replications.some(({after}) =>
		after?.Rules.some((rule) => destinationOf(rule) === group.target),
	);
	if (isDestination) return keep(stays('other rules replicate to the bucket'));
	return {step: stepFor(group, {...operation, change: 'update'})};
}
