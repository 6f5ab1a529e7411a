import {type Account} from '../world/account.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';

export type QueryCall<Input> = {
	readonly world: World;
	readonly identity: Identity;
	/** The caller's account. */
	readonly account: Account;
	readonly input: Input;
};

/** What is asked of the caller's policies; with the condition keys of the action's own. */
type Permission = {
	readonly action: string;
	readonly resource: string;
	readonly context?: Readonly<Record<string, string>>;
};

/** An action of IAM or STS. */
export type QueryAction<Input, Output> = {
	/** The operation's. */
	readonly name: string;
	/** What the policy language calls it, on which resource; undefined where no permission is needed. */
	readonly permission: ((call: QueryCall<Input>) => Permission) | undefined;
	/** What the log shows as the target. */
	readonly target?: (input: Input) => string | undefined;
	readonly run: (call: QueryCall<Input>) => Output;
};

/** An action of those whom a token names instead of a signature. */
export type UnsignedAction<Input, Output> = {
	readonly name: string;
	/** The account that the log names. */
	readonly accountIdOf: (input: Input) => string | undefined;
	readonly target: (input: Input) => string | undefined;
	readonly run: (call: Pick<QueryCall<Input>, 'world' | 'input'>) => Promise<Output>;
};

/** Actions by their names: what a service does, and every other operation answers NotImplemented. */
export function queryActions(
	...actions: ReadonlyArray<QueryAction<never, object>>
): ReadonlyMap<string, QueryAction<never, object>> {
	return new Map(actions.map((action) => [action.name, action]));
}
