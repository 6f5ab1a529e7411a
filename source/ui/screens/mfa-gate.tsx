import {Box} from 'ink';
import {type ReactNode} from 'react';
import {type FrameProps} from '../components/frame.js';
import {signInTexts} from '../../domain/sign-in.js';
import {KeyLayer} from '../hooks/key-root.js';
import {useSessionValues} from '../hooks/use-session.js';
import {MfaScreen} from './mfa-screen.js';

export type MfaGateProps = {
	/** The first row while a code is asked for. */
	readonly frame: Pick<FrameProps, 'steps' | 'title' | 'context'>;
	/** The screens; they stay as they are while they are covered. */
	readonly children: ReactNode;
};

/** Covers the screens while a code is asked for: whatever is under way may come to need one. */
export const MfaGate = ({frame, children}: MfaGateProps) => {
	const {question} = useSessionValues(({mfaQuestion}) => ({question: mfaQuestion}));
	const isCovered = question !== undefined;
	return (
		<>
			{question && (
				<MfaScreen
					key={JSON.stringify(signInTexts(question).facts) + question.profile}
					question={question}
					frame={frame}
				/>
			)}
			<Box display={isCovered ? 'none' : 'flex'} flexDirection="column">
				<KeyLayer isActive={!isCovered}>{children}</KeyLayer>
			</Box>
		</>
	);
};
