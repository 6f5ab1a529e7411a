import type {AwsCredentialIdentity, AwsCredentialIdentityProvider} from '@smithy/types';
import {limits} from '../../domain/limits.js';

/** As long as that is left, nobody waits for new ones: somebody may have to be asked for a code first. */
const stillGoodMs = 60_000;

/** One that is no date is none: nobody would ever keep such credentials. */
function endOf({expiration}: AwsCredentialIdentity): number {
	const end = expiration?.getTime() ?? Infinity;
	return Number.isNaN(end) ? Infinity : end;
}

export type KeptCredentials = {
	readonly provide: AwsCredentialIdentityProvider;
	/** The next call reads them anew; a look-up that is under way serves it. */
	readonly forget: () => void;
};

/**
 * Keeps credentials until `renewAheadMs` before they expire: clients of several regions share one look-up, and its failure.
 * The SDK does the same for credentials given to one client.
 */
export function memoize(provider: AwsCredentialIdentityProvider, now = Date.now): KeptCredentials {
	let kept: AwsCredentialIdentity | undefined;
	let pending: Promise<AwsCredentialIdentity> | undefined;
	return {
		async provide(identityProperties) {
			const leftMs = kept ? endOf(kept) - now() : 0;
			if (kept && leftMs > limits.renewAheadMs) return kept;
			pending ??= provider(identityProperties)
				.then((found) => (kept = found))
				.finally(() => {
					pending = undefined;
				});
			if (!kept || leftMs <= stillGoodMs) return pending;
			// Told to whoever waits for it once these are of no use any more.
			pending.catch(() => undefined);
			return kept;
		},
		forget() {
			kept = undefined;
		},
	};
}
