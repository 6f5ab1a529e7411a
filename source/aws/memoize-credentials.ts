import type {AwsCredentialIdentity, AwsCredentialIdentityProvider} from '@smithy/types';

const refreshAheadMs = 5 * 60_000;

/**
 * Keeps credentials until five minutes before they expire: clients of several regions share one look-up.
 * The SDK does the same for credentials given to one client.
 */
export function memoize(
	provider: AwsCredentialIdentityProvider,
	now = Date.now,
): AwsCredentialIdentityProvider {
	let pending: Promise<AwsCredentialIdentity> | undefined;
	return async (identityProperties) => {
		if (pending) {
			const present = await pending.catch(() => undefined);
			const isFresh =
				present &&
				(present.expiration === undefined || present.expiration.getTime() - now() > refreshAheadMs);
			if (isFresh) return present;
		}

		pending = provider(identityProperties);
		return pending;
	};
}
