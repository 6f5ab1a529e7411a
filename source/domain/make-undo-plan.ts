import {isSamePolicy} from '../policy/compare.js';
import type {PolicyDocument} from '../policy/document.js';
import {bucketOfArn} from './arn.js';
import type {OperationKind, PlannedOperation, UndoOperation} from './plan.js';
import type {ReplicationConfiguration} from './replication-configuration.js';
import {type RecordedStep, type RunRecord, undoableSteps} from './run-record.js';
import {takeBackPolicy} from './take-back-policy.js';
import {isSameConfiguration, takeBackRules} from './take-back-rules.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoPlan, UndoStep} from './undo-plan.js';

type OperationStep = Extract<RecordedStep, {readonly kind: 'operation'}>;
type StepOf<Kind extends PlannedOperation['kind']> = OperationStep & {
	readonly operation: Extract<PlannedOperation, {readonly kind: Kind}>;
};

/** Everything of one kind that a run wrote to one target, oldest first. */
type Group<Kind extends PlannedOperation['kind']> = {
	readonly target: string;
	readonly first: StepOf<Kind>;
	readonly all: ReadonlyArray<StepOf<Kind>>;
};

/**
 * What takes a run back, given what is there now. Pure.
 * The order is that of the dependencies: rules, then policy statements, then role policies and role, then the test files,
 * then the buckets. Each step tells why where there is nothing to do.
 */
export function makeUndoPlan(record: RunRecord, observed: UndoObserved): UndoPlan {
	const open = undoableSteps(record).filter(({undo}) => undo !== 'undone');
	const notes: string[] = [];
	const replications = groupsOf(open, 'put-replication').map((group) =>
		restoreReplication(group, observed, notes),
	);
	const rulesFirst = replications.map(({step}) => step.operation.id);
	const added = replications.flatMap(({rulesAddedSince}) => rulesAddedSince);
	const policies = groupsOf(open, 'put-bucket-policy').map((group) =>
		restoreBucketPolicy(group, observed, added, rulesFirst),
	);
	const rolePolicies = groupsOf(open, 'put-role-policy').map((group) =>
		takeBackRolePolicy(group, record, observed, added, rulesFirst),
	);
	// A policy that names a role shows a meaningless id once the role is gone: statements go first.
	const beforeRole = [...policies, ...rolePolicies].map(({operation}) => operation.id);
	const roles = groupsOf(open, 'create-role').map((group) =>
		deleteRole(group, observed, {
			rolePolicies,
			configurations: replications.map(({after}) => after),
			requires: [...rulesFirst, ...beforeRole],
		}),
	);
	const versionings = groupsOf(open, 'enable-versioning').map((group) =>
		restoreVersioning(group, observed, replications, rulesFirst),
	);
	// Without the role nothing is copied any more: no replica arrives behind the deletion.
	const earlier = [...rulesFirst, ...beforeRole, ...roles.map(({operation}) => operation.id)];
	const files = deleteFiles(open, observed, earlier);
	const buckets = groupsOf(open, 'create-bucket').map((group) =>
		deleteBucket(group, observed, [
			...earlier,
			...files.filter(({operation}) => operation.target === group.target).map(({operation}) => operation.id),
		]),
	);
	notes.push(...versioningNotes(record, buckets, observed));
	if (record.isCutOff) {
		notes.push(
			'The last line of the record was cut off while it was written: what it would have said had not begun.',
		);
	}

	return {
		schemaVersion: 1,
		runId: record.header.runId,
		steps: [
			...replications.map(({step}) => step),
			...policies,
			...rolePolicies,
			...roles,
			...versionings,
			...files,
			...buckets,
		],
		notes,
	};
}

function groupsOf<Kind extends PlannedOperation['kind']>(
	steps: readonly RecordedStep[],
	kind: Kind,
): ReadonlyArray<Group<Kind>> {
	const groups = new Map<string, [StepOf<Kind>, ...Array<StepOf<Kind>>]>();
	for (const step of steps) {
		if (step.kind !== 'operation' || step.operation.kind !== kind) continue;
		const key = `${step.operation.target} ${policyNameOf(step.operation)}`;
		const typed = step as StepOf<Kind>;
		const present = groups.get(key);
		if (present) present.push(typed);
		else groups.set(key, [typed]);
	}

	return [...groups.values()].map((all) => ({target: all[0].operation.target, first: all[0], all}));
}

/** What all steps of a group have in common. */
function base<Kind extends PlannedOperation['kind'], Undo extends OperationKind>(
	{target, first: {operation}}: Group<Kind>,
	kind: Undo,
	requires: readonly string[],
) {
	const {side, account, region} = operation;
	const policyName = policyNameOf(operation);
	const id = policyName === '' ? `${kind}:${target}` : `${kind}:${target}:${policyName}`;
	return {id, kind, side, target, account, region, requires};
}

function policyNameOf(operation: PlannedOperation): string {
	return operation.kind === 'put-role-policy' ? operation.policyName : '';
}

function stepFor<Kind extends PlannedOperation['kind']>(
	{first, all}: Group<Kind>,
	operation: UndoOperation,
	reason?: UndoStep['reason'],
): UndoStep {
	return {operation, profile: first.profile, steps: all.map(({step}) => step), reason};
}

const gone = (text: string): UndoStep['reason'] => ({kind: 'gone', text});
const stays = (text: string): UndoStep['reason'] => ({kind: 'stays', text});

type RestoredReplication = {
	readonly step: UndoStep;
	readonly target: string;
	readonly after: ReplicationConfiguration | undefined;
	/** Rules of others, made after the run. They may need what the run made. */
	readonly rulesAddedSince: ReadonlyArray<{readonly role: string; readonly destinationBucket: string}>;
};

function restoreReplication(
	group: Group<'put-replication'>,
	{buckets}: UndoObserved,
	notes: string[],
): RestoredReplication {
	const bucket = buckets[group.target];
	const now = bucket?.state === 'owned' ? bucket.replication : undefined;
	let after = now;
	// The newest write is taken back first: what it leaves is what the one before it wrote.
	for (const {operation} of [...group.all].reverse()) {
		const taken = takeBackRules(after, operation);
		after = taken.configuration;
		for (const id of taken.stay)
			notes.push(`The rule ${id} of ${group.target} was changed by somebody since: it stays as it is.`);
	}

	const isSame = isSameConfiguration(now, after);
	const operation = {
		...base(group, 'restore-replication', []),
		change: isSame ? ('keep' as const) : after ? ('update' as const) : ('delete' as const),
		before: now,
		after: after ?? null,
	};
	const before = group.first.operation.before?.Rules ?? [];
	const rulesAddedSince = (after?.Rules ?? [])
		.filter((rule) => !before.some(({ID}) => ID === rule.ID))
		.map((rule) => ({role: after?.Role ?? '', destinationBucket: bucketOfArn(rule.Destination.Bucket)}));
	return {
		step: stepFor(group, operation, isSame ? gone('the rule is not there any more') : undefined),
		target: group.target,
		after,
		rulesAddedSince,
	};
}

function restoreBucketPolicy(
	group: Group<'put-bucket-policy'>,
	{buckets}: UndoObserved,
	added: RestoredReplication['rulesAddedSince'],
	requires: readonly string[],
): UndoStep {
	const bucket = buckets[group.target];
	const now = bucket?.state === 'owned' ? bucket.policy : undefined;
	const shared = base(group, 'restore-bucket-policy', requires);
	if (added.some(({destinationBucket}) => destinationBucket === group.target)) {
		return stepFor(
			group,
			{...shared, change: 'keep', before: now, after: now ?? null},
			stays('a rule that was added since replicates to it'),
		);
	}

	const after = withoutWrites(now, group.all);
	const isSame = isSameDocument(now, after);
	return stepFor(
		group,
		{...shared, change: isSame ? 'keep' : after ? 'update' : 'delete', before: now, after: after ?? null},
		isSame ? gone('its statements are not there any more') : undefined,
	);
}

function takeBackRolePolicy(
	group: Group<'put-role-policy'>,
	{header}: RunRecord,
	{roles}: UndoObserved,
	added: RestoredReplication['rulesAddedSince'],
	requires: readonly string[],
): UndoStep {
	const {policyName} = group.first.operation;
	const role = roles[group.target];
	const now = role?.inline[policyName] ?? undefined;
	const destinations = new Set(header.ends.map(({bucket}) => bucket));
	if (
		role &&
		added.some(({role: arn, destinationBucket}) => arn === role.arn && destinations.has(destinationBucket))
	) {
		return stepFor(
			group,
			{...base(group, 'delete-role-policy', requires), policyName, change: 'keep', before: now, after: null},
			stays('a rule that was added since uses it'),
		);
	}

	const after = withoutWrites(now, group.all);
	if (after && !isSameDocument(now, after)) {
		return stepFor(group, {
			...base(group, 'restore-role-policy', requires),
			policyName,
			change: 'update',
			before: now,
			after,
		});
	}

	const isDone = isSameDocument(now, after);
	return stepFor(
		group,
		{
			...base(group, 'delete-role-policy', requires),
			policyName,
			change: isDone ? 'keep' : 'delete',
			before: now,
			after: null,
		},
		isDone ? gone(now ? 'it is as it was before the run' : 'it is not there any more') : undefined,
	);
}

/** The newest write is taken back first. */
function withoutWrites(
	now: PolicyDocument | undefined,
	writes: ReadonlyArray<StepOf<'put-bucket-policy'> | StepOf<'put-role-policy'>>,
): PolicyDocument | undefined {
	let after = now;
	for (const {operation} of [...writes].reverse()) after = takeBackPolicy(after, operation);
	return after;
}

function isSameDocument(left: PolicyDocument | undefined, right: PolicyDocument | undefined): boolean {
	if (!left || !right) return left === right;
	return isSamePolicy(left, right, {comparesSids: true});
}

function deleteRole(
	group: Group<'create-role'>,
	{roles}: UndoObserved,
	{
		rolePolicies,
		configurations,
		requires,
	}: {
		readonly rolePolicies: readonly UndoStep[];
		readonly configurations: ReadonlyArray<ReplicationConfiguration | undefined>;
		readonly requires: readonly string[];
	},
): UndoStep {
	const operation = {...base(group, 'delete-role', requires), after: null};
	const keep = (reason: UndoStep['reason']): UndoStep =>
		stepFor(group, {...operation, change: 'keep'}, reason);
	const role = roles[group.target];
	if (!role) return keep(gone('it is not there any more'));
	const {Description, AssumeRolePolicyDocument} = group.first.operation.after;
	if (role.description !== Description || !isSamePolicy(role.trust, AssumeRolePolicyDocument))
		return keep(stays('it is not as this run made it: its description or its trust policy is another'));
	const goes = new Set(
		rolePolicies.flatMap(({operation: {kind, target, change}, operation: policy}) =>
			kind === 'delete-role-policy' && target === group.target && change === 'delete'
				? [(policy as {readonly policyName: string}).policyName]
				: [],
		),
	);
	const others = Object.keys(role.inline).filter((name) => !goes.has(name)).length + role.attachedCount;
	if (others > 0) return keep(stays(`${others} other ${others === 1 ? 'policy is' : 'policies are'} in it`));
	if (configurations.some((configuration) => configuration?.Role === role.arn))
		return keep(stays('other rules use it'));
	return stepFor(group, {...operation, change: 'delete'});
}

function restoreVersioning(
	group: Group<'enable-versioning'>,
	{buckets}: UndoObserved,
	replications: readonly RestoredReplication[],
	requires: readonly string[],
): UndoStep {
	const bucket = buckets[group.target];
	const operation = {
		...base(group, 'restore-versioning', requires),
		before:
			bucket?.state === 'owned' && bucket.versioning !== 'Unversioned' ? {Status: bucket.versioning} : {},
		after: {Status: 'Suspended' as const},
	};
	const keep = (reason: UndoStep['reason']): UndoStep =>
		stepFor(group, {...operation, change: 'keep'}, reason);
	if (bucket?.state !== 'owned') return keep(gone('the bucket is not there any more'));
	if (bucket.versioning !== 'Enabled') return keep(gone('it is not enabled any more'));
	const restored = replications.find(({target}) => target === group.target);
	const left = restored ? restored.after : bucket.replication;
	if (left) return keep(stays('other rules replicate from the bucket'));
	const isDestination = replications.some(({after}) =>
		after?.Rules.some(({Destination}) => bucketOfArn(Destination.Bucket) === group.target),
	);
	if (isDestination) return keep(stays('other rules replicate to the bucket'));
	return stepFor(group, {...operation, change: 'update'});
}

function deleteFiles(
	open: readonly RecordedStep[],
	{buckets}: UndoObserved,
	requires: readonly string[],
): readonly UndoStep[] {
	const found = new Map<string, {readonly step: UndoStep; readonly numbers: number[]}>();
	for (const step of open) {
		if (step.kind !== 'files') continue;
		for (const end of step.ends) {
			const bucket = buckets[end.bucket];
			const id = `delete-objects:${end.bucket}`;
			const present = found.get(id);
			if (present) {
				present.numbers.push(step.step);
				continue;
			}

			const hasFiles = bucket?.state === 'owned' && bucket.hasFiles;
			const numbers = [step.step];
			found.set(id, {
				numbers,
				step: {
					operation: {
						id,
						kind: 'delete-objects',
						side: end.side,
						target: end.bucket,
						change: hasFiles ? 'delete' : 'keep',
						account: end.accountId,
						region: end.region,
						requires,
						after: {Prefix: step.prefix},
					},
					profile: end.profile,
					steps: numbers,
					reason: hasFiles ? undefined : gone('no test file is there any more'),
				},
			});
		}
	}

	return [...found.values()].map(({step}) => step);
}

function deleteBucket(
	group: Group<'create-bucket'>,
	{buckets}: UndoObserved,
	requires: readonly string[],
): UndoStep {
	const bucket = buckets[group.target];
	const operation = {...base(group, 'delete-bucket', requires), after: null};
	if (bucket?.state !== 'owned')
		return stepFor(group, {...operation, change: 'keep'}, gone('it is not there any more'));
	if (bucket.hasOthers)
		return stepFor(group, {...operation, change: 'keep'}, stays('other objects are in it'));
	return stepFor(group, {...operation, change: 'delete'});
}

/** Versioning that was never enabled before can only be suspended, and that is said. */
function versioningNotes(
	{steps}: RunRecord,
	deleted: readonly UndoStep[],
	{buckets}: UndoObserved,
): readonly string[] {
	const goes = new Set(
		deleted.flatMap(({operation: {target, change}}) => (change === 'delete' ? [target] : [])),
	);
	const enabled = new Set(
		steps.flatMap((step) =>
			step.kind === 'operation' &&
			step.operation.kind === 'enable-versioning' &&
			step.operation.before?.Status !== 'Suspended'
				? [step.operation.target]
				: [],
		),
	);
	return [...enabled]
		.filter((bucket) => {
			const found = buckets[bucket];
			return !goes.has(bucket) && found?.state === 'owned' && found.versioning !== 'Unversioned';
		})
		.map(
			(bucket) =>
				`Versioning of ${bucket} stays: it cannot be switched off again, only suspended, and that would change how its objects are kept.`,
		);
}
