import {valueOf} from '../../session/state/loadable.js';
import type {SessionState} from '../../session/state/session-state.js';
import type {WatchedEnds} from '../../session/watch/watch-view.js';
import {type SandboxAccess} from './sandbox-access.js';

/** How other programs reach the sandbox and the bucket that is watched; nothing on AWS. */
export const sandboxOf = (
	{environment: opening, profiles}: Pick<SessionState, 'environment' | 'profiles'>,
	ends: WatchedEnds | undefined,
): SandboxAccess | undefined => {
	const environment = valueOf(opening);
	if (!environment?.sandboxFiles || environment.endpointUrl === null || !ends) return undefined;
	const {sourceBucket, sourceRegion, sourceProfile} = ends;
	const home = valueOf(profiles)?.find(({name}) => name === sourceProfile)?.region;
	return {
		endpointUrl: environment.endpointUrl,
		...environment.sandboxFiles,
		profile: sourceProfile,
		region: home === sourceRegion ? undefined : sourceRegion,
		bucket: sourceBucket,
	};
};
