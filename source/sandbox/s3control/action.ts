import {type Right} from '../access/own-rights.js';
import {type BatchJobs} from '../batch/batch-jobs.js';
import {type Account} from '../world/account.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';

export type ControlCall<Input> = {
	readonly world: World;
	readonly identity: Identity;
	/** The one that the request names, which is the caller's. */
	readonly account: Account;
	readonly region: string;
	readonly jobs: BatchJobs;
	readonly input: Input;
	/** Throws AccessDenied, with AWS's reason, unless the caller may. */
	readonly require: (right: Right) => void;
};

/** One operation of S3 Control. */
export type ControlAction = {
	/** The operation's. */
	readonly name: string;
	readonly status: number;
	/** Undefined: the answer has no body. */
	readonly run: (call: ControlCall<never>) => object | undefined;
};

/** Makes an action. */
export function controlAction<Input, Output extends object = object>(
	name: string,
	run: (call: ControlCall<Input>) => Output | undefined,
	status = 200,
): ControlAction {
	return {name, run, status};
}
