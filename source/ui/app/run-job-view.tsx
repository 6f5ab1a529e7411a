import type {Session} from '../../session/session.js';
import {PlainStream} from '../components/text/plain-stream.js';
import {SessionContext} from '../hooks/use-session.js';
import {JobScreen} from '../screens/run/job-screen.js';
import {SignInGate} from '../screens/sign-in/sign-in-gate.js';
import {openScreen, type ScreenOptions} from './open-screen.js';

/**
 * Draws a job while it is followed. Rejects with what a component threw.
 *
 * @param follow follows the job; fulfilled when it is over, or waits for a yes
 */
export async function runJobView<T>(
	session: Session,
	follow: () => Promise<T>,
	options: ScreenOptions,
): Promise<T> {
	const screen = openScreen(
		<SessionContext value={session}>
			<PlainStream describe={options.describe}>
				<SignInGate frame={{title: 'Job'}}>
					<JobScreen />
				</SignInGate>
			</PlainStream>
		</SessionContext>,
		options,
	);
	try {
		const following = follow();
		return await Promise.race([following, screen.waitUntilExit().then(async () => following)]);
	} finally {
		screen.close();
		// Nobody sees the question any more.
		session.declineSignIn();
	}
}
