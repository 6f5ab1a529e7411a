import {type Identity} from '../world/credential.js';
import {type KmsKey} from '../world/kms-key.js';
import {type World} from '../world/world.js';
import {type KeyUse} from './decide-key.js';

/** Which keys an operation takes (KMS API reference, "Cross-account use" and "KeyId" of each). */
export type KeyKinds = {readonly takesAliases?: boolean; readonly takesForeign?: boolean};

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
	readonly requireRight: (
		action: string,
		resource: string,
		context?: Readonly<Record<string, string | readonly string[]>>,
	) => void;
};

/** An action of KMS. */
export type KmsAction<Input, Output> = {
	/** The operation's. */
	readonly name: string;
	readonly run: (call: KmsCall<Input>) => Output;
};

/** Actions by their names: what KMS does here, and every other operation answers NotImplemented. */
export function kmsActionsOf(
	...actions: ReadonlyArray<KmsAction<never, object>>
): ReadonlyMap<string, KmsAction<never, object>> {
	return new Map(actions.map((action) => [action.name, action]));
}
