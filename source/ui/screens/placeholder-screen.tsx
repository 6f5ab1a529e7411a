import {Frame} from '../components/frame/frame.js';
import {Pending} from '../components/text/paragraph.js';
import {ProblemPanel} from '../components/problems/problem-panel.js';
import {useHoldKeys} from '../hooks/use-hold-keys.js';
import {type KeyBinding, when} from '../hooks/use-keys.js';
import {useLeaveKeys} from '../hooks/use-leave-keys.js';
import {useSession, useSessionState} from '../hooks/use-session.js';
import {useWizardFrame} from '../components/frame/use-wizard-frame.js';
import {type ScreenProps} from '../components/frame/screen-props.js';
import {Text} from '../components/text/text.js';

/** In place of a step that needs an environment while there is none: it is being opened, or could not be. */
export const PlaceholderScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {environment, answers} = useSessionState();
	const failed = environment.state === 'failed';
	useHoldKeys(!failed);
	const {back, quit} = useLeaveKeys(onLeave);
	const open = () => void session.openEnvironment(answers.environment ?? 'sandbox');
	const bindings: readonly KeyBinding[] = [
		...when(failed, {keys: ['r'], label: 'try again', action: open}),
		...when(session.canGoBack(), back),
		quit,
	];
	return (
		<Frame {...useWizardFrame()} bindings={bindings}>
			<Text> </Text>
			{failed ? (
				<ProblemPanel {...environment.problem} />
			) : (
				<Pending text={answers.environment === 'sandbox' ? 'Starting the sandbox' : 'Reading the profiles'} />
			)}
		</Frame>
	);
};
