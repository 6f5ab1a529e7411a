import type {KeyDescription} from './observed-key.js';

/** A key that replicas may be encrypted with, as it is offered. */
export type KeyChoice = {
	/** `alias/NAME`. */
	readonly alias: string;
	/** What KMS says of it; absent where the caller may not ask. */
	readonly key?: KeyDescription;
};

/** What there is to choose a key from, and why one may be wanted. */
export type KeyChoices = {
	/** Those with an alias, of the caller's account in the destination's region. */
	readonly keys: readonly KeyChoice[];
	/** Whether the keys were asked for. */
	readonly isListed: boolean;
	/** Why the keys may not be listed, where they may not. */
	readonly unlisted?: string;
	/** Whether the source bucket encrypts with SSE-KMS by default; `undefined`: not known, or there is no such bucket. */
	readonly isSourceEncrypted?: boolean;
	/** The key that the destination bucket encrypts with by default: an ARN, an id or an alias. */
	readonly destinationKey?: string;
};

/** The alias of the key that AWS manages for S3. */
export const managedAlias = 'alias/aws/s3';

/**
 * Why a key cannot encrypt replicas, or nothing where it can, or where that is not known.
 * Source: S3 User Guide, "Replication failure reasons" (DstKmsKeyInvalidState); KMS Developer Guide, "Key states".
 */
export function choiceFault({key}: KeyChoice): string | undefined {
	if (key === undefined) return undefined;
	switch (key.state) {
		case 'Enabled': {
			return key.spec === 'SYMMETRIC_DEFAULT' ? undefined : 'no symmetric key';
		}

		case 'Disabled': {
			return 'disabled';
		}

		case 'PendingDeletion':
		case 'PendingReplicaDeletion': {
			return 'waits for its deletion';
		}

		default: {
			return `state ${key.state}`;
		}
	}
}

/** How a key is, in a few words. */
export function choiceText(choice: KeyChoice): string {
	const whose = choice.alias === managedAlias ? ', managed by AWS' : '';
	return choice.key === undefined ? `state not known${whose}` : (choiceFault(choice) ?? `enabled${whose}`);
}

/**
 * The key that is chosen beforehand where the source encrypts with SSE-KMS: the destination bucket's own, else the account's only one, else
 * the one that AWS manages, which has no use in another account. Nothing where a person has to choose.
 */
export function preselectedKey(
	{keys, isSourceEncrypted, destinationKey}: KeyChoices,
	isOtherAccount: boolean,
): string | undefined {
	if (isSourceEncrypted !== true) return undefined;
	const usable = keys.filter(
		(choice) => choiceFault(choice) === undefined && !(isOtherAccount && choice.alias === managedAlias),
	);
	const own = usable.find(
		({alias, key}) =>
			destinationKey !== undefined && [alias, key?.arn, key?.arn.split('/').at(-1)].includes(destinationKey),
	);
	if (own) return own.alias;
	const customers = usable.filter(({alias}) => alias !== managedAlias);
	if (customers.length === 1) return customers[0]?.alias;
	return customers.length === 0 ? usable[0]?.alias : undefined;
}
