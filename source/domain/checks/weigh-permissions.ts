import type {PolicyDocument} from '../../policy/document.js';
import {foresee, foreseeDenies} from '../../policy/foresee.js';
import {accountOfArn, shortIdentity} from '../arn.js';
import type {CallerIdentity} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import type {CallerPermissions, Reading} from './readings.js';
import type {Verdict} from './check.js';
import {ok, stop, unknown, warning} from './verdict.js';
import {allowsAll} from '../../policy/decision.js';

type PermissionQuestion = {
	readonly caller: CallerIdentity;
	readonly actions: readonly string[];
	/** The ARN that was simulated. */
	readonly resource: string;
	readonly simulated: Reading<CallerPermissions>;
	/** The policy of the bucket, where the resource is one or is in one. */
	readonly bucketPolicy?: Reading<PolicyDocument | undefined>;
	/**
	 * The policy of the key, where the resource is one: it has to let the caller in, or leave that to its account's IAM.
	 * Source: KMS Developer Guide, "Determining access to AWS KMS keys".
	 */
	readonly keyPolicy?: Reading<PolicyDocument>;
	/** The account of the resource, where it may be another than the caller's. */
	readonly resourceAccountId?: string;
	/** Actions that have been done a moment ago. */
	readonly done: readonly string[];
	/** What happens without them, as a sentence; and whether that stops the run. */
	readonly consequence: string;
	readonly isVital: boolean;
	/** Whether the role that it is about surely has no permissions boundary. */
	readonly isUnbounded?: boolean;
};

type Weight = 'allowed' | 'done' | 'denied' | 'perhaps' | 'unknown';

/**
 * Whether the caller may do what the run needs: by what was done already, by IAM's simulation, and by the bucket's policy,
 * which the simulation does not see. What none of them tells is not known, never taken for allowed.
 */
export function weighPermissions(question: PermissionQuestion): Verdict {
	const {actions, caller, simulated, resource, consequence, isVital} = question;
	if (actions.length === 0) return ok('nothing is left to do');
	const weights = new Map(actions.map((action) => [action, weigh(action, question)]));
	const those = (...wanted: readonly Weight[]): readonly string[] =>
		actions.filter((action) => wanted.includes(weights.get(action) ?? 'unknown'));
	const who = simulated.isRead ? simulated.value.principalArn : caller.arn;
	const asked = simulated.isRead
		? `IAM's simulation (SimulatePrincipalPolicy) was asked for ${shortIdentity(who)} on ${resource}; it does not see a session's own policy, nor all organization policies.`
		: simulated.problem.cause;
	const denied = those('denied');
	if (denied.length > 0) {
		const problem = fixable(
			'permission-missing',
			`Cannot ${isVital ? 'set this up' : 'use test files'}: ${shortIdentity(caller.arn)} may not ${denied.join(', ')}`,
			`${consequence} ${asked}`,
			[
				...(hangsOnBoundary(denied, question) ? [boundaryStep] : []),
				`Let ${who} perform ${denied.join(', ')} on ${resource}.`,
				'Choose a profile that may.',
			],
		);
		return (isVital ? stop : warning)(`not allowed: ${denied.join(', ')}`, problem);
	}

	const perhaps = those('perhaps');
	const notKnown = those('unknown');
	const allowed = those('allowed', 'done');
	if (perhaps.length + notKnown.length === 0) {
		const by = simulated.isRead ? 'by IAM’s simulation' : 'done already';
		return ok(`${allowed.join(', ')} (${by})`);
	}

	const open = [...perhaps, ...notKnown];
	return unknown(
		`not known: ${open.join(', ')}${allowed.length > 0 ? `; allowed: ${allowed.join(', ')}` : ''}`,
		notKnownProblem(open, perhaps.length > 0, asked, who, resource, simulated),
	);
}

function notKnownProblem(
	open: readonly string[],
	isConditional: boolean,
	asked: string,
	who: string,
	resource: string,
	simulated: Reading<CallerPermissions>,
): Problem {
	const why =
		isConditional && simulated.isRead
			? 'Conditions or a policy of the resource, which cannot be seen, decide. '
			: '';
	return fixable(
		'permission-unknown',
		`Cannot tell whether ${shortIdentity(who)} may ${open.join(', ')}`,
		`${why}${asked}`,
		[
			`See to it that ${who} may perform ${open.join(', ')} on ${resource}.`,
			...(simulated.isRead
				? []
				: ['To have it found out: let the caller perform iam:SimulatePrincipalPolicy on itself (optional).']),
		],
	);
}

function weigh(action: string, question: PermissionQuestion): Weight {
	const {done, simulated, resource, bucketPolicy, keyPolicy} = question;
	if (done.includes(action)) return 'done';
	const policy = bucketPolicy ?? keyPolicy;
	const byPolicy = policy === undefined ? 'nothing' : policyOn(action, question, policy);
	if (byPolicy === 'denies') return 'denied';
	if (!simulated.isRead) return byPolicy === 'grants' ? 'allowed' : 'unknown';
	const found = simulated.value.permissions.find(
		(permission) => permission.action === action && permission.resource === resource,
	);
	if (!found) return 'unknown';
	if (found.decision === 'allowed') {
		// IAM's policies let nobody use a key whose own policy does not.
		const hangs = byPolicy === 'may deny' || (keyPolicy !== undefined && byPolicy === 'cannot be read');
		return hangs ? 'perhaps' : 'allowed';
	}

	// A key that is surely not there is none that is missing: IAM has decided without it.
	if (found.missingContext.some((key) => !(question.isUnbounded === true && isBoundaryKey(key))))
		return 'perhaps';
	if (found.decision === 'explicitDeny') return 'denied';
	if (byPolicy === 'grants') return 'allowed';
	return byPolicy === 'cannot be read' ? 'perhaps' : 'denied';
}

const boundaryStep = 'Name the permissions boundary that a role needs here: --permissions-boundary ARN.';

/** Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management". */
function isBoundaryKey(key: string): boolean {
	return key.toLowerCase() === 'iam:permissionsboundary';
}

function hangsOnBoundary(actions: readonly string[], {simulated, isUnbounded}: PermissionQuestion): boolean {
	if (isUnbounded !== true || !simulated.isRead) return false;
	return simulated.value.permissions.some(
		({action, missingContext}) => actions.includes(action) && missingContext.some(isBoundaryKey),
	);
}

type OnPolicy = 'nothing' | 'grants' | 'denies' | 'may deny' | 'cannot be read';

/** What the policy of the bucket or key says of the caller itself. */
function policyOn(
	action: string,
	{caller, resource, simulated, keyPolicy, resourceAccountId = caller.accountId}: PermissionQuestion,
	policy: Reading<PolicyDocument | undefined>,
): OnPolicy {
	if (!policy.isRead) return 'cannot be read';
	const {value: document} = policy;
	const principal = policyCallerOf(caller, simulated);
	if (document === undefined || principal === undefined) return 'nothing';
	const request = {
		caller: principal,
		action,
		resource,
		resourceAccountId,
		context: {'aws:SecureTransport': 'true', 'kms:CallerAccount': caller.accountId},
	};
	const itsPolicy = {name: 'its policy', document};
	const denials = foreseeDenies(request, itsPolicy);
	if (denials.outcome === 'refused') return 'denies';
	if (denials.outcome === 'open') return 'may deny';
	// Trust in the whole account leaves the decision to the caller's own policies, which the simulation has seen.
	const rule = keyPolicy === undefined ? 'either-side' : 'resource-in-any-case';
	const byItself = foresee(request, {identity: [], resource: itsPolicy}, rule);
	if (byItself.outcome === 'allowed') return 'grants';
	if (keyPolicy === undefined) return 'nothing';
	const withAll = foresee(request, {identity: [allowsAll], resource: itsPolicy}, rule);
	if (withAll.outcome === 'refused') return 'denies';
	return withAll.outcome === 'open' ? 'may deny' : 'nothing';
}

function policyCallerOf({arn}: CallerIdentity, simulated: Reading<CallerPermissions>) {
	const accountId = accountOfArn(arn);
	if (arn.includes(':user/')) return {kind: 'user', accountId, arn} as const;
	if (!arn.includes(':assumed-role/') || !simulated.isRead) return undefined;
	return {kind: 'role-session', accountId, arn, roleArn: simulated.value.principalArn} as const;
}
