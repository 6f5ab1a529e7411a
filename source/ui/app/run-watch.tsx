import type {Session} from '../../session/session.js';
import {PlainStream} from '../components/text/plain-stream.js';
import {SessionContext, useSessionValues} from '../hooks/use-session.js';
import {ApplyScreen} from '../screens/run/apply-screen.js';
import {PlanScreen} from '../screens/plan/plan-screen.js';
import {openScreen, type ScreenOptions} from './open-screen.js';
import {SignInGate} from '../screens/sign-in/sign-in-gate.js';
import {WatchPage} from '../watch/watch-page.js';

const watchFrame = {title: 'Watch'};

/**
 * Draws a watch without a wizard around it while it goes on, and the plan that mends what stands in its way; `q` ends it. Rejects with what a
 * component threw.
 *
 * @returns whether the person wants the test files removed
 * @param watch starts the watch; fulfilled when it has ended, with the mends that interrupt it
 */
export async function runWatch(
	session: Session,
	watch: () => Promise<void>,
	options: ScreenOptions & {
		/** Whether the end asks what becomes of the test files. */
		readonly asksForFiles: boolean;
	},
): Promise<{readonly removesFiles: boolean}> {
	let removesFiles = false;
	let leave = (): void => undefined;
	const left = new Promise<void>((resolve) => {
		leave = resolve;
	});
	const screen = openScreen(
		<SessionContext value={session}>
			<PlainStream describe={options.describe}>
				<SignInGate frame={watchFrame}>
					<WatchOrMend
						asksForFiles={options.asksForFiles}
						onLeave={() => leave()}
						onEnd={(isAsked = false) => {
							removesFiles = isAsked;
						}}
					/>
				</SignInGate>
			</PlainStream>
		</SessionContext>,
		options,
	);
	try {
		const broken = screen.waitUntilExit().then(async () => watching);
		const watching = watch();
		await Promise.race([watching, broken, left]);
		return {removesFiles};
	} finally {
		screen.close();
		// Nobody sees the question any more.
		session.declineSignIn();
	}
}

/** The watch ends by itself once it is left; what mends it is left at once. */
const WatchOrMend = ({
	onLeave,
	...page
}: {
	readonly onLeave: () => void;
	/** The watch is about to end. Told whether the test files go. */
	readonly onEnd: (removesFiles?: boolean) => void;
	readonly asksForFiles: boolean;
}) => {
	const {stepId} = useSessionValues((state) => ({stepId: state.stepId}));
	if (stepId === 'plan') return <PlanScreen onLeave={onLeave} />;
	if (stepId === 'apply') return <ApplyScreen onLeave={onLeave} />;
	return (
		<WatchPage frame={watchFrame} onLeave={page.onEnd} asksForFiles={page.asksForFiles} isWizard={false} />
	);
};
