import {useEffect, useState} from 'react';
import {answerTable, type TableName} from '../../../domain/answers/answer-table.js';
import type {Answers} from '../../../domain/answers/answers.js';
import {textFault} from '../../../domain/answers/answer-text.js';
import {keyEndsOf, keyFields, keyPlaceOf, type KeyWay} from '../../../session/state/key-place.js';
import {idle, type Loadable, valueOf} from '../../../session/state/loadable.js';
import {filterListKeys} from '../../components/fields/filter-list.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {KeyList} from './key-list.js';
import {completedAnswers, defaultsOf} from '../../../session/state/defaults.js';
import {choiceFieldKeys} from './choice-field.js';
import {Frame} from '../../components/frame/frame.js';
import {textFieldKeys} from '../../components/fields/text-field.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {OptionsForm} from './options-form.js';
import {
	changedTexts,
	changeOf,
	changesOf,
	faultsOf,
	fieldAfter,
	fieldNames,
	heldTexts,
	mayHaveQuestionMark,
	type Texts,
	textsOf,
} from './option-texts.js';
import {type KeyChoices, preselectedKey} from '../../../domain/observed/key-choices.js';

const keyNames = Object.values(keyFields);

/** The things that have a good default, in three groups: Enter alone passes. */
export const OptionsScreen = () => {
	const session = useSession();
	const state = useSessionState();
	const completed = completedAnswers(state);
	const defaults = textsOf(defaultsOf(state));
	const [typed, setTyped] = useState<Texts>(() => textsOf(completed));
	// Keys that nobody has chosen yet follow what the buckets encrypt with.
	const [open, setOpen] = useState<ReadonlySet<string>>(
		() => new Set(keyNames.filter((name) => !state.passed.has('options') && completed[name] === undefined)),
	);
	const [active, setActive] = useState<TableName>(fieldNames[0] ?? 'ruleId');
	const [isListing, setIsListing] = useState(false);
	const [isPassing, setIsPassing] = useState(false);
	const hasBack = typed.twoWay === 'yes';
	const keys = {
		there: useKeyChoices({way: 'there', isWanted: active === 'kmsKey', isAsked: true}),
		back: useKeyChoices({way: 'back', isWanted: active === 'backKmsKey', isAsked: hasBack}),
	};
	const texts: Texts = {
		...typed,
		...(open.has('kmsKey') && keys.there.preselected !== undefined ? {kmsKey: keys.there.preselected} : {}),
		...(open.has('backKmsKey') && keys.back.preselected !== undefined
			? {backKmsKey: keys.back.preselected}
			: {}),
	};
	const faults = faultsOf(texts, defaults, completed);
	const way = active === 'backKmsKey' ? 'back' : 'there';
	const ends = keyEndsOf(completed, way);
	const change = (name: TableName, text: string): void => {
		setIsPassing(false);
		setOpen((names) => new Set([...names].filter((one) => one !== name)));
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
		change(keyFields[way], key);
		setIsListing(false);
	};

	const pass = (): void => {
		if (session.getState().stepId !== 'options') return;
		session.answer('options', changesOf(texts, defaults));
		session.next();
	};

	// Which key is wanted is not known before the buckets have said what they encrypt with.
	const isReading = [open.has('kmsKey') && keys.there, hasBack && open.has('backKmsKey') && keys.back].some(
		(known) => known && known.found?.state === 'loading',
	);
	const submit = (): void => {
		const faulty = fieldNames.find((name) => faults.has(name));
		if (faulty) {
			if (!faults.has(active)) setActive(faulty);
			return;
		}

		if (isReading) setIsPassing(true);
		else pass();
	};

	useHoldKeys(isPassing && completed.environment === 'sandbox');
	useEffect(() => {
		if (isPassing && !isReading && faults.size === 0) pass();
	});

	const listing: readonly KeyBinding[] = [
		...filterListKeys,
		{keys: ['escape'], label: 'close', action: () => setIsListing(false)},
	];
	const form: readonly KeyBinding[] = [
		...when(active === keyFields[way], {
			keys: ['ctrl+o'],
			label: 'list keys',
			action: () => setIsListing(true),
		}),
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
		...when(session.canGoBack(), {keys: ['escape'], label: 'back', action: () => session.back()}),
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
						found={keys[way].found}
						region={ends.destination.region}
						value={texts[keyFields[way]] ?? ''}
						onChoose={chooseKey}
					/>
				</KeyLayer>
			) : (
				<OptionsForm
					{...{defaults, faults, active}}
					texts={heldTexts(texts)}
					keyNote={
						isPassing && isReading
							? `Reading what ${ends.source.bucket} encrypts with.`
							: keyNote(valueOf(keys[way].found ?? idle), ends.source.bucket, texts[keyFields[way]])
					}
					onChange={change}
					onSubmit={submit}
				/>
			)}
		</Frame>
	);
};

/** What the Options screen says of the key: how it is chosen, and why it is on. */
function keyNote(choices: KeyChoices | undefined, sourceBucket: string, kmsKey = ''): string {
	const how = '^O lists the keys.';
	if (choices?.isSourceEncrypted !== true) return how;
	return kmsKey === ''
		? `${how} ${sourceBucket} encrypts with SSE-KMS by default: without a key nothing is replicated.`
		: `${how} On since ${sourceBucket} encrypts with SSE-KMS by default.`;
}

type KnownKeys = {
	readonly found: Loadable<KeyChoices> | undefined;
	/** The key that is chosen where nobody has chosen. */
	readonly preselected: string | undefined;
};

type KeyQuestion = {
	readonly way: KeyWay;
	/** Whether its keys have to be listed in any case. */
	readonly isWanted: boolean;
	/** Whether the way is set up at all. */
	readonly isAsked: boolean;
};

/** What is known of the keys of a way; it is read as soon as it is asked for. */
const useKeyChoices = ({way, isWanted, isAsked}: KeyQuestion): KnownKeys => {
	const session = useSession();
	const state = useSessionState();
	const completed = completedAnswers(state);
	const found = state.keys[keyPlaceOf(completed, way)];
	// What is being read is not asked twice: the list follows it.
	const isDue = isAsked && found?.state !== 'loading' && found?.state !== 'failed';
	useEffect(() => {
		if (isDue) void session.loadKeys(isWanted, way);
	}, [session, isWanted, isDue, way]);
	const choices = found && valueOf(found);
	const isOtherAccount = completed.mode === 'cross-account';
	return {found, preselected: isAsked && choices ? preselectedKey(choices, isOtherAccount) : undefined};
};
