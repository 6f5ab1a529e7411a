import {makePlan} from '../../../source/domain/plan/make-plan.js';
import type {CallerIdentity, Observed} from '../../../source/domain/observed/observed.js';
import type {Plan} from '../../../source/domain/plan/plan.js';
import type {Operation, OperationKind} from '../../../source/domain/operations/registry.js';
import type {Problem} from '../../../source/domain/problem.js';
import type {ReplicationRequest} from '../../../source/domain/answers/request.js';

export const sourceCaller: CallerIdentity = {
	accountId: '111122223333',
	arn: 'arn:aws:iam::111122223333:user/admin',
	partition: 'aws',
};

export const destinationCaller: CallerIdentity = {
	accountId: '444455556666',
	arn: 'arn:aws:iam::444455556666:user/admin',
	partition: 'aws',
};

/** The two tutorials, as asked for. */
export const crossRegion: ReplicationRequest = {
	mode: 'cross-region',
	source: {profile: 'source', bucket: 'my-us-east-1', region: 'us-east-1'},
	destination: {profile: 'source', bucket: 'my-us-west-2', region: 'us-west-2'},
	roleName: 's3crr_role_for_my-us-east-1',
	ruleId: 'cross-region-rule',
};

export const crossAccount: ReplicationRequest = {
	mode: 'cross-account',
	source: {profile: 'source', bucket: 'my-source-account', region: 'us-east-1'},
	destination: {profile: 'destination', bucket: 'my-destination-account', region: 'us-west-2'},
	roleName: 's3-cross-account-rep',
	ruleId: 'cross-account-rule',
};

/** Accounts with nothing in them. */
export function emptyAccounts({mode}: ReplicationRequest): Observed {
	return {
		source: {caller: sourceCaller, bucket: {state: 'absent'}},
		destination: {
			caller: mode === 'cross-region' ? sourceCaller : destinationCaller,
			bucket: {state: 'absent'},
		},
	};
}

/** The plan; fails the test where there is none. */
export function planOf(request: ReplicationRequest, observed: Observed): Plan {
	const result = makePlan(request, observed);
	if ('problems' in result) throw new Error(result.problems.map(({headline}) => headline).join('; '));
	return result.plan;
}

/** The problems; none where there is a plan. */
export function problemsOf(request: ReplicationRequest, observed: Observed): readonly Problem[] {
	const result = makePlan(request, observed);
	return 'problems' in result ? result.problems : [];
}

/** The one operation of a kind, of a side where there are two. */
export function operationOf<Kind extends OperationKind>(
	plan: Plan,
	kind: Kind,
	side?: 'source' | 'destination',
): Extract<Operation, {kind: Kind}> {
	const found = plan.operations.find(
		(operation) => operation.kind === kind && (side === undefined || operation.side === side),
	);
	if (!found) throw new Error(`The plan has no ${kind}.`);
	return found as Extract<Operation, {kind: Kind}>;
}

/** What is there once a plan has been applied. */
function observedAfter(plan: Plan, before: Observed): Observed {
	const bucket = (region: string) => ({state: 'owned', region, versioning: 'Enabled'}) as const;
	const policy = plan.operations.find(({kind}) => kind === 'put-bucket-policy');
	const replication = operationOf(plan, 'put-replication').after;
	return {
		source: {caller: before.source.caller, bucket: bucket(plan.source.region), replication},
		destination: {
			caller: before.destination.caller,
			bucket: bucket(plan.destination.region),
			policy: policy?.kind === 'put-bucket-policy' ? policy.after : undefined,
		},
		role: {
			arn: replication.Role,
			trust: operationOf(plan, 'create-role').after.AssumeRolePolicyDocument,
			permissions: operationOf(plan, 'put-role-policy').after,
			inline: [],
			attached: [],
			unread: [],
		},
	};
}

/** The source, destination and role as the plan from nothing leaves them. */
export function everythingRight(request: ReplicationRequest): Observed {
	const before = emptyAccounts(request);
	return observedAfter(planOf(request, before), before);
}

export function changesOf(plan: Plan): Readonly<Record<string, string>> {
	return Object.fromEntries(plan.operations.map(({id, change}) => [id, change]));
}
