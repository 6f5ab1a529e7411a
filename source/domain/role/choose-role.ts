import {roleArn, roleNameOf} from '../arn.js';
import type {Observed, ObservedRole, ExistingRole} from '../observed/observed.js';
import {fulfils} from '../rule/rule-meaning.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import type {ReplicationRequest} from '../answers/request.js';
import {wantedRule} from '../rule/wanted-rule.js';

/** The role that serves the rules, and what becomes of the one that served them before. */
export type RoleChoice = {
	readonly name: string;
	readonly arn: string;
	/** As it is; absent: it is created. */
	readonly role?: ObservedRole;
	/** The rules that have another role and get this one with the new rule. */
	readonly takesOver: readonly ReplicationRule[];
	/** Whether it is the role that the rules have already, and not the one that would have been created. */
	readonly isOfRules: boolean;
	/** Whether its ARN was given: it is used as it is, and nothing is known of it. */
	readonly isGiven?: true;
	/** Why nobody but a person can decide; then the choice stands for what was asked for. */
	readonly undecided?: Exclude<ExistingRole, {readonly state: 'existing'}>;
};

/** What was asked for, what is there, and the role chosen for it. */
export type RoleCase = {
	readonly request: ReplicationRequest;
	readonly observed: Observed;
	readonly choice: RoleChoice;
};

/**
 * One role serves all rules of a bucket. The one that they have is kept and extended, unless a person named another; where
 * it is gone or of another account, the one asked for takes its place if no other rule relies on it. Pure.
 * Source: S3 API Reference, ReplicationConfiguration (Role).
 */
export function chooseRole(request: ReplicationRequest, observed: Observed): RoleChoice {
	const {caller, replication} = observed.source;
	const asked: RoleChoice = {
		...(request.roleArn === undefined ? {} : {isGiven: true as const}),
		name: request.roleName,
		arn:
			request.roleArn ??
			observed.role?.arn ??
			roleArn(caller.partition, caller.accountId, request.roleName, request.rolePath),
		role: observed.role,
		takesOver: [],
		isOfRules: false,
	};
	if (!replication || replication.Role === asked.arn) return asked;
	const others = otherRules(request, observed);
	if (request.isRoleChosen) return {...asked, takesOver: others};
	const existing: ExistingRole = observed.existingRole ?? {
		state: 'unreadable',
		cause: 'It has not been read.',
	};
	if (existing.state === 'existing') {
		const {role} = existing;
		return {...asked, name: roleNameOf(role.arn), arn: role.arn, role, isOfRules: true};
	}

	const isRelied = existing.state === 'unreadable' || others.some(({Status}) => Status === 'Enabled');
	return isRelied ? {...asked, undecided: existing} : {...asked, takesOver: others};
}

/** The rules besides the one that this run is about. */
function otherRules(request: ReplicationRequest, observed: Observed): readonly ReplicationRule[] {
	const wanted = wantedRule(request, observed);
	return (observed.source.replication?.Rules ?? []).filter(
		(rule) => rule.ID !== wanted.id && !fulfils(rule, wanted),
	);
}
