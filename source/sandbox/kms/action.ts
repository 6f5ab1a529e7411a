import {type RpcAction} from '../http/rpc-service.js';
import {type Identity} from '../world/credential.js';
import {type KmsKey} from '../world/kms-key.js';
import {type World} from '../world/world.js';
import {type KeyUse} from './decide-key.js';
import {kmsError} from './errors.js';

/** Which keys an operation takes (KMS API reference, "Cross-account use" and "KeyId" of each). */
type KeyKinds = {readonly takesAliases?: boolean; readonly takesForeign?: boolean};

/** By any of its names and of any account. */
export const anyKey: KeyKinds = {takesAliases: true, takesForeign: true};

type Context = Readonly<Record<string, string | readonly string[]>>;

export type KmsCall<Input> = {
	readonly world: World;
	readonly identity: Identity;
	readonly region: string;
	readonly input: Input;
	/** Notes what the log shows as the target. */
	readonly note: (target: string) => void;
	/** Finds the key and throws unless it is there and the caller may use it so. */
	readonly keyFor: (keyId: string | undefined, use: KeyUse, kinds?: KeyKinds) => KmsKey;
	/** Throws unless the caller's own policies allow it; for what no key policy speaks of. */
	readonly requireRight: (action: string, resource: string, context?: Context) => void;
};

export type KmsAction = RpcAction<KmsCall<never>>;

/** Makes an action. */
export function kmsAction<Input, Output extends object = object>(
	name: string,
	run: (call: KmsCall<Input>) => Output,
): KmsAction {
	return {name, run};
}

/** Makes an action on the key that its input names; the permission is called as the action is. */
export function onKey<Input extends {readonly KeyId: string | undefined}, Output extends object = object>(
	name: string,
	run: (call: KmsCall<Input>, key: KmsKey) => Output,
	{kinds, contextOf}: {readonly kinds?: KeyKinds; readonly contextOf?: (input: Input) => Context} = {},
): KmsAction {
	return kmsAction<Input>(name, (call) => {
		const {input, keyFor} = call;
		return run(call, keyFor(input.KeyId, {action: `kms:${name}`, context: contextOf?.(input)}, kinds));
	});
}

/**
 * Makes an action that changes the key: one that AWS manages cannot be changed (KMS Developer Guide, concepts, "AWS managed
 * keys"; the words: third-party).
 */
export function changingKey<
	Input extends {readonly KeyId: string | undefined},
	Output extends object = object,
>(
	name: string,
	run: (call: KmsCall<Input>, key: KmsKey) => Output,
	contextOf?: (input: Input) => Context,
): KmsAction {
	return onKey<Input>(
		name,
		(call, key) => {
			if (key.manager === 'CUSTOMER') return run(call, key);
			throw kmsError(
				'AccessDeniedException',
				`kms:${name} is not permitted on ${key.arn}: AWS managed keys cannot be changed`,
			);
		},
		{contextOf},
	);
}
