import {useState} from 'react';
import {signInTexts} from '../../../domain/sign-in.js';
import {type SignInQuestion} from '../../../session/state/sign-in-questions.js';
import {Facts} from '../../components/text/facts.js';
import {Frame, type FrameProps} from '../../components/frame/frame.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {TextField} from '../../components/fields/text-field.js';
import {useForeground} from '../../hooks/use-foreground.js';
import {useBody} from '../../hooks/use-body.js';
import {useSession} from '../../hooks/use-session.js';
import {Text} from '../../components/text/text.js';

type SignInScreenProps = {
	readonly question: SignInQuestion;
	/** The first row, as on the screen that it covers. */
	readonly frame: Pick<FrameProps, 'steps' | 'title' | 'context'>;
};

/** Asks a person for what a profile needs, over whatever screen is there. */
export const SignInScreen = ({question, frame}: SignInScreenProps) => {
	const session = useSession();
	const {give, giveNone, helpNotes} = signInTexts(question);
	return (
		<Frame
			{...frame}
			bindings={[
				{keys: ['enter'], label: give},
				{keys: ['escape'], label: giveNone, action: () => session.declineSignIn()},
			]}
			helpNotes={helpNotes}
		>
			<Question {...question} />
		</Frame>
	);
};

const Question = (question: SignInQuestion) => {
	const {refusal, isChecking} = question;
	const texts = signInTexts(question);
	const session = useSession();
	const {columns: width} = useBody();
	const [typed, setTyped] = useState('');
	const [isFaulty, setIsFaulty] = useState(false);
	const runInForeground = useForeground();
	const [isRunning, setIsRunning] = useState(false);
	/** What a command became is the answer. */
	const answer = async (given: string): Promise<void> => {
		const {runs} = texts;
		if (runs) setIsRunning(true);
		const became = runs && (await runInForeground(runs));
		setIsRunning(false);
		session.answerSignIn(became ?? given);
	};

	const submit = (text: string): void => {
		const given = texts.answerIn(text);
		setIsFaulty(given === undefined);
		if (given === undefined) return;
		setTyped('');
		void answer(given);
	};

	return (
		<>
			<Text> </Text>
			<Paragraph role="strong" text={texts.headline} />
			<Text> </Text>
			<Facts facts={texts.facts} />
			<Text> </Text>
			<TextField
				label={texts.label}
				value={typed}
				defaultValue=""
				onChange={(text) => {
					setIsFaulty(false);
					setTyped(texts.typed(text));
				}}
				onSubmit={submit}
				width={width}
				problem={isFaulty ? texts.fault : typed === '' ? refusal : undefined}
				isActive={!isChecking && !isRunning}
				note={isChecking ? texts.checkingNote : texts.note}
			/>
			<Text> </Text>
			<Paragraph role="secondary" text={texts.explanation} />
		</>
	);
};
