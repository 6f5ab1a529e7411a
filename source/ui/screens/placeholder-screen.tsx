import {type Problem} from '../../domain/problem.js';
import {Frame} from '../components/frame/frame.js';
import {Paragraph} from '../components/text/paragraph.js';
import {ProblemPanel} from '../components/problems/problem-panel.js';
import {useBody} from '../hooks/use-body.js';
import {useHoldKeys} from '../hooks/use-hold-keys.js';
import {type KeyBinding} from '../hooks/use-keys.js';
import {useSession, useSessionState} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {useWizardFrame} from '../components/frame/use-wizard-frame.js';
import {type ScreenProps} from '../components/frame/screen-props.js';
import {Text} from '../components/text/text.js';

/** In place of a step that needs an environment while there is none: it is being opened, or could not be. */
export const PlaceholderScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {environment, answers} = useSessionState();
	const failed = environment.state === 'failed';
	useHoldKeys(!failed);
	const open = () => void session.openEnvironment(answers.environment ?? 'sandbox');
	const bindings: readonly KeyBinding[] = [
		...(failed ? [{keys: ['r'], label: 'try again', action: open} as const] : []),
		...(session.canGoBack()
			? [{keys: ['escape'], label: 'back', action: () => session.back()} as const]
			: []),
		{keys: ['q'], label: 'quit', action: onLeave},
	];
	return (
		<Frame {...useWizardFrame()} bindings={bindings}>
			<Text> </Text>
			{failed ? (
				<Failed problem={environment.problem} />
			) : (
				<Opening isSandbox={answers.environment === 'sandbox'} />
			)}
		</Frame>
	);
};

const Failed = ({problem}: {readonly problem: Problem}) => (
	<ProblemPanel {...problem} width={useBody().columns} />
);

const Opening = ({isSandbox}: {readonly isSandbox: boolean}) => (
	<Paragraph
		width={useBody().columns}
		sign={useTheme().glyphs.pending}
		signRole="pending"
		text={isSandbox ? 'Starting the sandbox' : 'Reading the profiles'}
	/>
);
