import type {Session} from '../../session/session.js';
import {PlainStream} from '../components/text/plain-stream.js';
import {SessionContext} from '../hooks/use-session.js';
import {openScreen, type ScreenOptions} from './open-screen.js';
import {SignInGate} from '../screens/sign-in/sign-in-gate.js';
import {WatchPage} from '../watch/watch-page.js';

const watchFrame = {title: 'Watch'};

/**
 * Draws a watch without a wizard around it while it goes on; `q` ends the watch. Rejects with what a component threw.
 *
 * @param watch starts the watch; fulfilled when it has ended
 */
export async function runWatch<T>(
	session: Session,
	watch: () => Promise<T>,
	options: ScreenOptions,
): Promise<T> {
	const screen = openScreen(
		<SessionContext value={session}>
			<PlainStream describe={options.describe}>
				<SignInGate frame={watchFrame}>
					<WatchPage frame={watchFrame} onLeave={() => undefined} isWizard={false} />
				</SignInGate>
			</PlainStream>
		</SessionContext>,
		options,
	);
	try {
		const broken = screen.waitUntilExit().then(async () => watching);
		const watching = watch();
		return await Promise.race([watching, broken]);
	} finally {
		screen.close();
		// Nobody sees the question any more.
		session.declineSignIn();
	}
}
