import {Box} from 'ink';
import {useState} from 'react';
import {modeTitle, type Mode} from '../../../domain/answers/mode.js';
import {completedAnswers} from '../../../session/state/defaults.js';
import {Choice, choiceKeys, type ChoiceItem} from '../../components/fields/choice.js';
import {Divider} from '../../components/text/divider.js';
import {Facts} from '../../components/text/facts.js';
import {Frame} from '../../components/frame/frame.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {useBody} from '../../hooks/use-body.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useLeaveKeys} from '../../hooks/use-leave-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {modeFacts, modePlaces, nextSteps} from './mode-facts.js';
import {type ScreenProps} from '../../components/frame/screen-props.js';
import {Text} from '../../components/text/text.js';

const items: ReadonlyArray<ChoiceItem<Mode>> = [
	{value: 'cross-region', label: modeTitle('cross-region'), detail: 'one account'},
	{value: 'cross-account', label: modeTitle('cross-account'), detail: 'two accounts'},
];

/** Which of the two tutorials. */
export const ModeScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {back, quit} = useLeaveKeys(onLeave);
	const bindings: readonly KeyBinding[] = [...choiceKeys, ...when(session.canGoBack(), back), quit];
	return (
		<Frame {...useWizardFrame()} bindings={bindings}>
			<ModeBody />
		</Frame>
	);
};

const wideFrom = 100;

const ModeBody = () => {
	const session = useSession();
	const {mode} = completedAnswers(useSessionState());
	const [highlighted, setHighlighted] = useState(mode);
	const {columns, rows} = useBody();
	const isWide = columns >= wideFrom;
	const isRoomy = rows >= 14;
	const isTall = rows >= 24;
	const leftWidth = isWide ? Math.floor(columns * 0.45) : columns;
	const factsWidth = isWide ? columns - leftWidth - 1 : columns;
	return (
		<Box flexDirection={isWide ? 'row' : 'column'} flexShrink={0}>
			<Box flexDirection="column" width={leftWidth} flexShrink={0}>
				{isRoomy && <Text> </Text>}
				<Paragraph width={leftWidth} role="strong" text="What should be replicated?" />
				{isRoomy && <Text> </Text>}
				<Choice
					items={items}
					initialValue={mode}
					width={leftWidth}
					onHighlight={setHighlighted}
					onChoose={(chosen) => {
						session.answer('mode', {mode: chosen});
						session.next();
					}}
				/>
				{isRoomy && <Text> </Text>}
			</Box>
			{isWide && <Divider rows={rows} />}
			<Box flexDirection="column" width={factsWidth} flexShrink={0}>
				{isWide && <Text> </Text>}
				{(isWide || isRoomy) && <Paragraph width={factsWidth} role="strong" text={modeTitle(highlighted)} />}
				<Facts width={factsWidth} facts={modeFacts[highlighted]} />
				{isWide && isTall && (
					<>
						<Text> </Text>
						<Paragraph width={factsWidth} role="strong" text="Where things are" />
						<Facts width={factsWidth} facts={modePlaces[highlighted]} />
						<Text> </Text>
						<Paragraph width={factsWidth} role="strong" text="What comes next" />
						<Facts width={factsWidth} facts={nextSteps} />
					</>
				)}
			</Box>
		</Box>
	);
};
