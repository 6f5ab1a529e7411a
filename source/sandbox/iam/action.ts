import {missingRight} from '../access/own-rights.js';
import {type RpcAction} from '../http/rpc-service.js';
import {type Account} from '../world/account.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';
import {iamError} from './errors.js';

export type QueryCall<Input> = {
	readonly world: World;
	readonly identity: Identity;
	/** The caller's account. */
	readonly account: Account;
	readonly input: Input;
};

/** An action of IAM or STS. */
export type QueryAction<Input = never, Output = object> = RpcAction<QueryCall<Input>, Output> & {
	readonly target?: (input: Input) => string | undefined;
};

/** What an action is about. */
export type Subject<Input> = {
	/** The resource on which its permission is asked. */
	readonly resource: (call: QueryCall<Input>) => string;
	/** Condition keys of the action's own. */
	readonly context?: (call: QueryCall<Input>) => Readonly<Record<string, string>>;
	/** What the log shows as the target. */
	readonly target?: (input: Input) => string | undefined;
};

/** Makes an action of IAM that takes the permission of its own name. */
export function iamAction<Input, Output extends object = object>(
	name: string,
	{resource, context, target}: Subject<Input>,
	run: (call: QueryCall<Input>) => Output,
): QueryAction {
	const action: QueryAction<Input, Output> = {
		name,
		target,
		run: (call) => {
			requireRight(call, `iam:${name}`, resource(call), context?.(call));
			return run(call);
		},
	};
	return action;
}

/** Throws AccessDenied, with AWS's reason, unless the caller may. */
export function requireRight(
	{world, identity}: QueryCall<unknown>,
	action: string,
	resource: string,
	context?: Readonly<Record<string, string>>,
): void {
	const region = world.partition.globalRegions[0];
	const refusal = missingRight(world, identity, region, {action, resource, context});
	if (refusal !== undefined) throw iamError('AccessDenied', refusal);
}
