import type {Session} from '../../session/session.js';
import {stepOf} from '../../session/state/steps.js';
import {PlainStream} from '../components/text/plain-stream.js';
import {type DescribeEvent} from '../event-lines.js';
import {SessionContext, useSessionValues} from '../hooks/use-session.js';
import {StepContext, useWizardFrame} from '../components/frame/use-wizard-frame.js';
import {AccountsScreen} from '../screens/accounts/accounts-screen.js';
import {ApplyScreen} from '../screens/run/apply-screen.js';
import {CopyScreen} from '../screens/run/copy-screen.js';
import {BucketsScreen} from '../screens/buckets/buckets-screen.js';
import {CheckScreen} from '../screens/checks/check-screen.js';
import {EnvironmentScreen} from '../screens/environment-screen.js';
import {DiagnosisScreen} from '../screens/existing/diagnosis-screen.js';
import {ReplicationsScreen} from '../screens/existing/replications-screen.js';
import {SignInGate} from '../screens/sign-in/sign-in-gate.js';
import {ModeScreen} from '../screens/mode/mode-screen.js';
import {PlaceholderScreen} from '../screens/placeholder-screen.js';
import {OptionsScreen} from '../screens/options/options-screen.js';
import {PlanScreen} from '../screens/plan/plan-screen.js';
import {UndoScreen} from '../screens/run/undo-screen.js';
import {WatchScreen} from '../watch/watch-screen.js';

const screens = {
	environment: EnvironmentScreen,
	mode: ModeScreen,
	accounts: AccountsScreen,
	buckets: BucketsScreen,
	options: OptionsScreen,
	check: CheckScreen,
	replications: ReplicationsScreen,
	diagnosis: DiagnosisScreen,
	plan: PlanScreen,
	apply: ApplyScreen,
	copy: CopyScreen,
	watch: WatchScreen,
} as const;

type AppProps = {
	readonly session: Session;
	/** The person is done: the screen is taken down and the summary printed. */
	readonly onLeave: () => void;
	/** Events in words, for the plain lines; their names without it. */
	readonly describe?: DescribeEvent;
};

const namesOnly: DescribeEvent = ({type}) => [type];

/** The wizard: the screen of the step that the session is at. */
export const App = ({session, onLeave, describe = namesOnly}: AppProps) => (
	<SessionContext value={session}>
		<PlainStream describe={describe}>
			<Steps onLeave={onLeave} />
		</PlainStream>
	</SessionContext>
);

const Steps = ({onLeave}: {readonly onLeave: () => void}) => (
	<SignInGate frame={useWizardFrame()}>
		<CurrentScreen onLeave={onLeave} />
	</SignInGate>
);

const CurrentScreen = ({onLeave}: {readonly onLeave: () => void}) => {
	const {stepId, environment, isUndoing} = useSessionValues(({stepId, environment, undoing}) => ({
		...{stepId, environment, isUndoing: undoing !== undefined},
	}));
	if (isUndoing) return <UndoScreen onLeave={onLeave} />;
	if (!stepOf(stepId).isBeforeOpening && environment.state !== 'ready')
		return <PlaceholderScreen onLeave={onLeave} />;
	const Screen = screens[stepId];
	return (
		<StepContext value={stepId}>
			<Screen key={stepId} onLeave={onLeave} />
		</StepContext>
	);
};
