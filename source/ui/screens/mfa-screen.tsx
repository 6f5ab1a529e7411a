import {useState} from 'react';
import {mfaCodeFault, mfaCodeIn} from '../../domain/mfa.js';
import {type MfaQuestion} from '../../session/mfa-questions.js';
import {Facts} from '../components/facts.js';
import {Frame, type FrameProps} from '../components/frame.js';
import {Paragraph} from '../components/paragraph.js';
import {TextField} from '../components/text-field.js';
import {useBody} from '../hooks/use-body.js';
import {useSession} from '../hooks/use-session.js';
import {Text} from '../components/text.js';

export type MfaScreenProps = {
	readonly question: MfaQuestion;
	/** The first row, as on the screen that it covers. */
	readonly frame: Pick<FrameProps, 'steps' | 'title' | 'context'>;
};

/** Asks for the code of a profile's MFA device, over whatever screen is there. */
export const MfaScreen = ({question, frame}: MfaScreenProps) => {
	const session = useSession();
	return (
		<Frame
			{...frame}
			bindings={[
				{keys: ['enter'], label: 'give the code'},
				{keys: ['escape'], label: 'no code', action: () => session.declineMfaCode()},
			]}
			helpNotes={[
				'The role of this profile is assumed with a code of an MFA device. The session it opens is used until it ends, and then the next code is asked for.',
				'A code is good once: two profiles take two codes, of one device one after the other. None is written anywhere.',
			]}
		>
			<Question {...question} />
		</Frame>
	);
};

const codeLength = 6;

const Question = ({profile, serial, refusal, isChecking}: MfaQuestion) => {
	const session = useSession();
	const {columns: width} = useBody();
	const [code, setCode] = useState('');
	const [isShort, setIsShort] = useState(false);
	const submit = (text: string): void => {
		const given = mfaCodeIn(text);
		setIsShort(given === undefined);
		if (given === undefined) return;
		setCode('');
		session.answerMfaCode(given);
	};

	return (
		<>
			<Text> </Text>
			<Paragraph width={width} role="strong" text={`Profile ${profile} needs a code of its MFA device`} />
			<Text> </Text>
			<Facts width={width} facts={[{label: 'Device', text: serial}]} />
			<Text> </Text>
			<TextField
				label="Code"
				value={code}
				defaultValue=""
				onChange={(text) => {
					setIsShort(false);
					setCode(text.replace(/\D/g, '').slice(0, codeLength));
				}}
				onSubmit={submit}
				width={width}
				problem={isShort ? mfaCodeFault : code === '' ? refusal : undefined}
				isActive={!isChecking}
				note={isChecking ? 'Trying the code' : 'The six digits that the device shows now.'}
			/>
			<Text> </Text>
			<Paragraph
				width={width}
				role="secondary"
				text="The code opens a session, and what waits for it goes on. Esc gives none: what needs this profile fails then, and can be tried again."
			/>
		</>
	);
};
