import {bucketArn} from '../arn.js';
import {type Side, sides} from '../answers/mode.js';
import type {Plan} from '../plan/plan.js';
import type {NeededActions} from '../operations/kind.js';
import {allPlannedKinds, plannedKindOf} from '../operations/registry.js';
import type {ReplicationRequest} from '../answers/request.js';
import {testFileRules} from '../rule/test-file-rules.js';
import {testFileKey} from '../watch/test-file.js';

/** What reading takes: done already where the bucket or role is there, and done again to verify what was written. */
const reads: Readonly<Record<Side, NeededActions>> = {
	source: {
		bucket: ['s3:GetBucketVersioning', 's3:GetReplicationConfiguration'],
		role: ['iam:GetRole', 'iam:GetRolePolicy'],
		objects: [],
		key: ['kms:DescribeKey'],
	},
	destination: {bucket: ['s3:GetBucketVersioning'], role: [], objects: [], key: ['kms:DescribeKey']},
};

const fileActions: Readonly<Record<Side, readonly string[]>> = {
	source: ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion'],
	destination: ['s3:GetObject', 's3:GetObjectVersion'],
};

/** What a test file with tags takes besides: one that a rule with a tag filter takes. Source: S3 API Reference, PutObject, "Permissions". */
const taggedFileActions: readonly string[] = ['s3:PutObjectTagging'];

/** A role that is given by its ARN is not read, and keys are where one is asked for. */
function readsAt(side: Side, isGiven: boolean, hasKey: boolean): NeededActions {
	return {...reads[side], ...(isGiven ? {role: []} : {}), ...(hasKey ? {} : {key: []})};
}

/** What is asked of IAM at one end before the plan is known: of rules that are there, too, nobody knows yet whether they take files with tags. */
export function askedActions(side: Side, request: ReplicationRequest): NeededActions {
	return together([possibleActions(side, request), {objects: taggedFileActions}]);
}

/** Everything that any run may need at one end, as far as the request tells. */
export function possibleActions(side: Side, request: ReplicationRequest): NeededActions {
	const isGiven = request.roleArn !== undefined;
	const hasKey = request.rule?.kmsKey !== undefined || request.back?.kmsKey !== undefined;
	// On the way back of a two-way set-up the ends have changed places.
	const places = request.back ? sides : [side];
	const kinds = allPlannedKinds().filter(
		({mayBeAt, on}) =>
			places.some((place) => mayBeAt(place, request.mode)) &&
			!(isGiven && on === 'role') &&
			// The role of the way back is asked about by its own checks.
			!(side === 'destination' && on === 'role') &&
			(on !== 'key' || hasKey),
	);
	return together([
		...places.map((place) => readsAt(place, isGiven, hasKey)),
		...kinds.map(({needs}) => needs),
		...places.map((place) => ({objects: fileActions[place]})),
		...(places.includes('source') && (request.rule?.tags ?? []).length > 0
			? [{objects: taggedFileActions}]
			: []),
		...kinds.flatMap(({mayNeed}) => places.map((place) => mayNeed?.(request, place) ?? {})),
	]);
}

/** What this plan needs at one end: of each operation that is still to be done, and of the test files. */
export function neededActions(side: Side, plan: Plan, fileCount: number): NeededActions {
	const left = plan.operations.filter((operation) => operation.side === side && operation.change !== 'keep');
	const isGiven = plan.operations.every(({kind}) => plannedKindOf(kind).on !== 'role');
	const places = plan.back ? sides : [side];
	return together([
		...places.map((place) =>
			readsAt(
				place,
				isGiven,
				plan.operations.some(({kind}) => plannedKindOf(kind).on === 'key'),
			),
		),
		...left.flatMap((operation) => {
			const {needs, alsoNeeds} = plannedKindOf(operation.kind);
			return [needs, alsoNeeds?.(operation) ?? {}];
		}),
		...(fileCount > 0 ? places.map((place) => ({objects: fileActions[place]})) : []),
		...(fileCount > 0 && filesAreTagged(plan, side) ? [{objects: taggedFileActions}] : []),
	]);
}

/** Whether the rules of the bucket at this end take test files by their tags. */
function filesAreTagged({operations}: Plan, side: Side): boolean {
	return operations.some(
		(operation) =>
			operation.side === side &&
			Object.keys(
				testFileRules(plannedKindOf(operation.kind).rulesIn?.(operation).after.Rules ?? [])?.tags ?? {},
			).length > 0,
	);
}

/** A key as the test files have it. */
export function testObjectArn(partition: string, bucket: string): string {
	return `${bucketArn(partition, bucket)}/${testFileKey('check', 1)}`;
}

function together(parts: readonly Partial<NeededActions>[]): NeededActions {
	const all = (name: keyof NeededActions): readonly string[] => [
		...new Set(parts.flatMap((part) => part[name] ?? [])),
	];
	const [queue, job] = [all('queue'), all('job')];
	return {
		bucket: all('bucket'),
		role: all('role'),
		objects: all('objects'),
		key: all('key'),
		...(queue.length > 0 ? {queue} : {}),
		...(job.length > 0 ? {job} : {}),
	};
}
