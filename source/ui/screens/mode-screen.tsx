import {Text} from 'ink';
import {Frame} from '../components/frame.js';
import {useWizardFrame} from '../hooks/use-wizard-frame.js';
import {type ScreenProps} from './screen-props.js';

export const ModeScreen = ({onLeave}: ScreenProps) => (
	<Frame {...useWizardFrame()} bindings={[{keys: ['q'], label: 'quit', action: onLeave}]}>
		<Text>mode</Text>
	</Frame>
);
