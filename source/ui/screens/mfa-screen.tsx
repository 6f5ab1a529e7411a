import {useState} from 'react';
import {signInTexts} from '../../domain/sign-in.js';
import {type MfaQuestion} from '../../session/state/mfa-questions.js';
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
	const {give, giveNone, helpNotes} = signInTexts(question);
	return (
		<Frame
			{...frame}
			bindings={[
				{keys: ['enter'], label: give},
				{keys: ['escape'], label: giveNone, action: () => session.declineMfaCode()},
			]}
			helpNotes={helpNotes}
		>
			<Question {...question} />
		</Frame>
	);
};

const Question = (question: MfaQuestion) => {
	const {refusal, isChecking} = question;
	const texts = signInTexts(question);
	const session = useSession();
	const {columns: width} = useBody();
	const [code, setCode] = useState('');
	const [isShort, setIsShort] = useState(false);
	const submit = (text: string): void => {
		const given = texts.answerIn(text);
		setIsShort(given === undefined);
		if (given === undefined) return;
		setCode('');
		session.answerMfaCode(given);
	};

	return (
		<>
			<Text> </Text>
			<Paragraph width={width} role="strong" text={texts.headline} />
			<Text> </Text>
			<Facts width={width} facts={texts.facts} />
			<Text> </Text>
			<TextField
				label={texts.label}
				value={code}
				defaultValue=""
				onChange={(text) => {
					setIsShort(false);
					setCode(texts.typed(text));
				}}
				onSubmit={submit}
				width={width}
				problem={isShort ? texts.fault : code === '' ? refusal : undefined}
				isActive={!isChecking}
				note={isChecking ? texts.checkingNote : texts.note}
			/>
			<Text> </Text>
			<Paragraph width={width} role="secondary" text={texts.explanation} />
		</>
	);
};
