import type {TakenBack} from '../take-back/take-back-context.js';
import {createBucket} from './create-bucket.js';
import {createJob} from './create-job.js';
import {createQueue} from './create-queue.js';
import {createRole} from './create-role.js';
import {deleteObjects, type DeleteObjects} from './delete-objects.js';
import {enableVersioning} from './enable-versioning.js';
import type {Kind, PlannedKind, Words} from './kind.js';
import {putBucketNotification} from './put-bucket-notification.js';
import {putBucketPolicy} from './put-bucket-policy.js';
import {putKeyPolicy} from './put-key-policy.js';
import {putReplication} from './put-replication.js';
import {putRolePolicy} from './put-role-policy.js';
import {reportFolder} from './report-folder.js';

/** Every kind of operation that plans are made of, in the order in which a plan shows them; an undo takes them back in the opposite one. */
export const plannedKinds = [
	createBucket,
	enableVersioning,
	createRole,
	putRolePolicy,
	putBucketPolicy,
	putKeyPolicy,
	putReplication,
	createQueue,
	putBucketNotification,
	reportFolder,
	createJob,
] as const;

type OperationOf<One> = One extends Kind<infer Operation> ? Operation : never;

type UndoOf<One> = One extends {readonly takeBack: (...given: never) => TakenBack<infer Undo>} ? Undo : never;

/** One thing that a plan does, with what was there before and the very value that is written. */
export type PlannedOperation = OperationOf<(typeof plannedKinds)[number]>;

/** One thing that takes back what a run did. `before` is what is there now. */
export type UndoOperation = UndoOf<(typeof plannedKinds)[number]> | DeleteObjects;

/** One thing that is done, planned, besides the plan, or to take a plan back. */
export type Operation = PlannedOperation | UndoOperation;

export type OperationKind = Operation['kind'];

type Planned = PlannedKind<PlannedOperation, UndoOperation>;

const planned = plannedKinds as unknown as readonly Planned[];
const kinds = new Map<string, unknown>(
	[
		...planned,
		...planned.flatMap(({undoKinds}) => Object.values(undoKinds) as ReadonlyArray<{readonly kind: string}>),
		deleteObjects,
	].map((one) => [one.kind, one]),
);

/** Everything that is said of an operation's kind. */
export function kindOf(kind: OperationKind): Kind<Operation> {
	return kinds.get(kind) as Kind<Operation>;
}

/** The same of one that plans are made of. */
export function plannedKindOf(kind: PlannedOperation['kind']): Planned {
	return kinds.get(kind) as Planned;
}

/** The kinds that plans are made of, where they need not be told apart by their types. */
export function allPlannedKinds(): readonly Planned[] {
	return planned;
}

/** The same by a name that may be none. */
export function plannedKindNamed(name: unknown): Planned | undefined {
	return planned.find(({kind}) => kind === name);
}

/** Whether operations of a kind take back those of another. */
export function takesBack(undo: OperationKind, kind: OperationKind): boolean {
	return planned.some((one) => one.kind === kind && undo in one.undoKinds);
}

/** What an operation is called before, while and after it is done. */
export function operationText(kind: OperationKind): Words {
	return kindOf(kind).words;
}

/** What an operation is called in a plan: a thing that is right already is kept. */
export function operationTitle({kind, change}: Pick<Operation, 'kind' | 'change'>): string {
	const {plan, keep} = operationText(kind);
	return change === 'keep' ? keep : plan;
}

/** What an operation brings about, in a few words. */
export function operationDetail(operation: Operation): string {
	return kindOf(operation.kind).detail(operation);
}
