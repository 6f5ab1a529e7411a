import {othersAccount} from '../../../domain/answers/others-profile.js';
import type {Connection} from '../../../engine/connections.js';
import {standInFor} from '../../../engine/hand-over/stand-in.js';
import type {Environment} from '../../../engine/run/environment.js';
import {completedAnswers} from '../../state/defaults.js';
import type {SessionCore} from './session-core.js';

/** The connection of a profile; of an account that is somebody else's what stands in for it, beside the profile of the source. */
export async function connectionFor(
	{getState}: Pick<SessionCore, 'getState'>,
	environment: Environment,
	profile: string,
): Promise<Connection> {
	const account = othersAccount(profile);
	if (account === undefined) return environment.connect(profile);
	const through = await environment.connect(completedAnswers(getState()).sourceProfile);
	const {partition} = await through.identity.getCaller();
	return standInFor(account, through, {partition});
}
