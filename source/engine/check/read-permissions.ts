import type {Connection} from '../../aws/ports.js';
import {bucketArn} from '../../domain/arn.js';
import {callerKey} from '../../domain/checks/caller-key.js';
import {chooseRole} from '../../domain/role/choose-role.js';
import {askedActions, testObjectArn} from '../../domain/checks/needed-permissions.js';
import type {CallerPermissions} from '../../domain/checks/readings.js';
import type {Side} from '../../domain/answers/mode.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {ReplicationRequest} from '../../domain/answers/request.js';
import type {Observing} from '../observe/observe.js';
import {opened} from '../settled.js';

/**
 * Asks IAM what the caller of an end may do, of everything that any plan may need there: so it need not wait for the plan.
 * One request each for the bucket, its objects, the role and the key. Throws where the caller cannot be simulated, or may not ask.
 */
export async function readPermissions(
	side: Side,
	request: ReplicationRequest,
	connection: Connection,
	observing: Observing,
	signal?: AbortSignal,
): Promise<CallerPermissions> {
	const caller = await opened(observing.callers[side]);
	const principalArn = await principalOf(caller.arn, connection, signal);
	const {bucket, objects, role, key} = askedActions(side, request);
	const name = request[side].bucket;
	const ask = async (
		actions: readonly string[],
		resource: string,
		context?: Readonly<Record<string, string>>,
	) =>
		actions.length === 0
			? []
			: connection.permissions.simulate({principalArn, actions, resources: [resource], context}, signal);
	const askOfRole = async () => {
		if (role.length === 0) return [];
		// Which role it will be, and with which path, depends on what is there.
		const {arn, role: existing} = chooseRole(request, await opened(observing.named));
		const boundary = existing ? existing.boundary?.arn : request.permissionsBoundary;
		return ask(role, arn, {
			'iam:PassedToService': 's3.amazonaws.com',
			...(boundary === undefined ? {} : {'iam:PermissionsBoundary': boundary}),
		});
	};

	const askOfKey = async () => {
		if (key.length === 0) return [];
		// Which key an alias or the bucket's default stands for is read with the rest; its policy would be another step.
		const arn = callerKey(side, request, await opened(observing.named))?.arn;
		return arn === undefined ? [] : ask(key, arn);
	};

	const found = await Promise.all([
		ask(bucket, bucketArn(caller.partition, name)),
		ask(objects, testObjectArn(caller.partition, name)),
		askOfRole(),
		askOfKey(),
	]);
	return {principalArn, permissions: found.flat()};
}

/**
 * The user or role behind a caller. The ARN of a session leaves out the path of its role: IAM is asked for it.
 * Source: IAM API Reference, SimulatePrincipalPolicy, PolicySourceArn; IAM User Guide, "IAM identifiers".
 */
async function principalOf(arn: string, {roles}: Connection, signal?: AbortSignal): Promise<string> {
	if (arn.includes(':user/')) return arn;
	const [, roleName] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
	const role = roleName === undefined ? undefined : await roles.get(roleName, signal);
	if (role) return role.arn;
	throw new ProblemError(
		fixable(
			'cannot-simulate',
			`Cannot ask IAM what ${arn} may do`,
			'Its simulation knows users and roles only: not the root of an account, nor federated users.',
			['Use a user or a role.'],
		),
	);
}
