import {Box} from 'ink';
import {type ReactNode} from 'react';
import {type FrameProps} from '../../components/frame/frame.js';
import {signInTexts} from '../../../domain/sign-in.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {useSessionValues} from '../../hooks/use-session.js';
import {SignInScreen} from './sign-in-screen.js';

type SignInGateProps = {
	/** The first row while somebody is asked to sign in. */
	readonly frame: Pick<FrameProps, 'steps' | 'title' | 'context'>;
	/** The screens; they stay as they are while they are covered. */
	readonly children: ReactNode;
};

/** Covers the screens while somebody is asked to sign in: whatever is under way may come to need it. */
export const SignInGate = ({frame, children}: SignInGateProps) => {
	const {question} = useSessionValues(({signInQuestion}) => ({question: signInQuestion}));
	const isCovered = question !== undefined;
	return (
		<>
			{question && (
				<SignInScreen
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
