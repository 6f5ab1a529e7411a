import {useEffect, useState} from 'react';
import {type TableName, answerTable} from '../../../domain/answers/answer-table.js';
import {type Answers} from '../../../domain/answers/answers.js';
import {textFault} from '../../../domain/answers/answer-text.js';
import {preselectedKey} from '../../../domain/observed/key-choices.js';
import {keyPlaceOf} from '../../../session/state/key-place.js';
import {valueOf} from '../../../session/state/loadable.js';
import {filterListKeys} from '../../components/fields/filter-list.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {KeyList} from './key-list.js';
import {keyNote} from './key-note.js';
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
	const [typed, setTyped] = useState<Texts>(() => textsOf(completed));
	const [isKeyOpen, setIsKeyOpen] = useState(!state.passed.has('options') && completed.kmsKey === undefined);
	const [active, setActive] = useState<TableName>(fieldNames[0] ?? 'ruleId');
	const [isListing, setIsListing] = useState(false);
	const found = state.keys[keyPlaceOf(completed)];
	const choices = found && valueOf(found);
	const preselected =
		isKeyOpen && choices ? preselectedKey(choices, completed.mode === 'cross-account') : undefined;
	const texts: Texts = preselected === undefined ? typed : {...typed, kmsKey: preselected};
	const faults = faultsOf(texts, defaults, completed);
	const isKeyWanted = active === 'kmsKey';
	// What is being read is not asked twice: the list follows it.
	const isReading = found?.state === 'loading';
	const hasFailed = found?.state === 'failed';
	useEffect(() => {
		if (!isReading && !hasFailed) void session.loadKeys(isKeyWanted);
	}, [session, isKeyWanted, isReading, hasFailed]);
	const change = (name: TableName, text: string): void => {
		if (name === 'kmsKey') setIsKeyOpen(false);
		const changed = changedTexts(texts, name, text);
		setTyped((before) => ({...before, ...changed}));
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

	const chooseKey = (key: string): void => {
		change('kmsKey', key);
		setIsListing(false);
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

	const listing: readonly KeyBinding[] = [
		...filterListKeys,
		{keys: ['escape'], label: 'close', action: () => setIsListing(false)},
	];
	const form: readonly KeyBinding[] = [
		...(active === 'kmsKey'
			? [{keys: ['ctrl+o'], label: 'list keys', action: () => setIsListing(true)} as const]
			: []),
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
			bindings={isListing ? listing : form}
			helpKey={mayHaveQuestionMark(active, `${texts[active] ?? ''}?`) ? 'F1' : '?'}
			helpNotes={[
				'• marks what differs from the default.',
				'The first key typed replaces a default. An empty field takes its default.',
				'Enter takes all fields at once; each has a good default.',
			]}
		>
			{isListing ? (
				<KeyLayer>
					<KeyList
						found={found}
						region={completed.destinationRegion}
						value={texts.kmsKey ?? ''}
						onChoose={chooseKey}
					/>
				</KeyLayer>
			) : (
				<OptionsForm
					{...{defaults, faults, active}}
					texts={heldTexts(texts)}
					keyNote={keyNote(choices, completed.sourceBucket, texts.kmsKey)}
					onChange={change}
					onSubmit={submit}
				/>
			)}
		</Frame>
	);
};
