import {useState} from 'react';
import {type TableName, answerTable} from '../../../domain/answers/answer-table.js';
import {type Answers} from '../../../domain/answers/answers.js';
import {textFault} from '../../../domain/answers/answer-text.js';
import {completedAnswers, defaultsOf} from '../../../session/state/defaults.js';
import {choiceFieldKeys} from '../../components/fields/choice-field.js';
import {Frame} from '../../components/frame/frame.js';
import {textFieldKeys} from '../../components/fields/text-field.js';
import {type KeyBinding} from '../../hooks/use-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {OptionsForm} from './options-form.js';
import {
	changeOf,
	changedTexts,
	changesOf,
	faultsOf,
	fieldAfter,
	fieldNames,
	heldTexts,
	mayHaveQuestionMark,
	textsOf,
	type Texts,
} from './option-texts.js';

/** The things that have a good default, in three groups: Enter alone passes. */
export const OptionsScreen = () => {
	const session = useSession();
	const state = useSessionState();
	const completed = completedAnswers(state);
	const defaults = textsOf(defaultsOf(state));
	const [texts, setTexts] = useState<Texts>(() => textsOf(completed));
	const [active, setActive] = useState<TableName>(fieldNames[0] ?? 'ruleId');
	const faults = faultsOf(texts, defaults, completed);

	const change = (name: TableName, text: string): void => {
		const changed = changedTexts(texts, name, text);
		setTexts((before) => ({...before, ...changed}));
		const sound = fieldNames.filter(
			(one) => changed[one] !== undefined && textFault(changed[one], answerTable[one]) === undefined,
		);
		session.answer(
			'options',
			Object.assign(
				{},
				...sound.map((one) => changeOf(one, changed[one] ?? '', defaults)),
			) as Partial<Answers>,
		);
	};

	const submit = (): void => {
		const faulty = fieldNames.find((name) => faults.has(name));
		if (faulty) {
			if (!faults.has(active)) setActive(faulty);
			return;
		}

		session.answer('options', changesOf(texts, defaults));
		session.next();
	};

	const bindings: readonly KeyBinding[] = [
		{keys: ['up', 'down'], label: 'field'},
		{
			keys: ['up', 'shift+tab'],
			label: 'field before',
			isHidden: true,
			action: () => setActive(fieldAfter(texts, active, -1)),
		},
		{
			keys: ['down', 'tab'],
			label: 'field after',
			isHidden: true,
			action: () => setActive(fieldAfter(texts, active, 1)),
		},
		...choiceFieldKeys,
		...textFieldKeys,
		...(session.canGoBack()
			? [{keys: ['escape'], label: 'back', action: () => session.back()} as const]
			: []),
	];
	return (
		<Frame
			{...useWizardFrame()}
			bindings={bindings}
			helpKey={mayHaveQuestionMark(active, `${texts[active] ?? ''}?`) ? 'F1' : '?'}
			helpNotes={[
				'• marks what differs from the default.',
				'The first key typed replaces a default. An empty field takes its default.',
				'Enter takes all fields at once; each has a good default.',
			]}
		>
			<OptionsForm
				{...{defaults, faults, active}}
				texts={heldTexts(texts)}
				onChange={change}
				onSubmit={submit}
			/>
		</Frame>
	);
};
