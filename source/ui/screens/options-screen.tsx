import {useState} from 'react';
import {type Answers} from '../../domain/answers/answers.js';
import type {AnswerEntry} from '../../domain/answers/answer-entry.js';
import {answerTable, fieldRows, type TableName} from '../../domain/answers/answer-table.js';
import {kindFault} from '../../domain/answers/option.js';
import {completedAnswers, defaultsOf} from '../../session/state/defaults.js';
import {Frame} from '../components/frame.js';
import {Paragraph} from '../components/paragraph.js';
import {TextField, textFieldKeys} from '../components/text-field.js';
import {useBody} from '../hooks/use-body.js';
import {type KeyBinding} from '../hooks/use-keys.js';
import {useSession, useSessionState} from '../hooks/use-session.js';
import {useWizardFrame} from '../components/use-wizard-frame.js';
import {Text} from '../components/text.js';

type Values = Readonly<Record<string, string>>;

/** What the note of the active field may take. */
const noteRows = 3;

const fieldNames = fieldRows.map(([name]) => name);

const textOf = (value: Answers[TableName], {field}: AnswerEntry): string => {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (typeof value === 'object') return value.join(', ');
	return value === undefined ? (field?.empty ?? '') : String(value);
};

const textsOf = (answers: Answers): Values =>
	Object.fromEntries(fieldRows.map(([name, entry]) => [name, textOf(answers[name], entry)]));

const valueOf = (text: string, {kind}: AnswerEntry): string | number | boolean | readonly string[] => {
	if (kind === 'switch') return text === 'yes';
	if (kind === 'list') return listed(text);
	return kind === 'count' ? Number(text) : text;
};

/** A list as it is typed into one field: no tag has a comma. */
const listed = (text: string): readonly string[] =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** What is wrong with a field's text, or nothing; one that may be empty is right then. */
const faultOf = (text: string, entry: AnswerEntry): string | undefined =>
	text === entry.field?.empty ? undefined : (kindFault('It', entry, text) ?? entry.faultOf?.(text));

/** What is recorded: a value that is its default is not, so that it follows later changes. */
const changeOf = (name: TableName, text: string, defaults: Values): Partial<Answers> => ({
	[name]: text === defaults[name] ? undefined : valueOf(text, answerTable[name]),
});

const fieldAfter = (name: TableName, by: number): TableName =>
	fieldNames[(fieldNames.indexOf(name) + by + fieldNames.length) % fieldNames.length] ?? name;

/** The few things that have a good default: Enter alone passes. */
export const OptionsScreen = () => {
	const session = useSession();
	const state = useSessionState();
	const defaults = textsOf(defaultsOf(state));
	const [values, setValues] = useState<Values>(() => textsOf(completedAnswers(state)));
	const [active, setActive] = useState<TableName>('roleName');

	const change = (name: TableName, text: string): void => {
		setValues((before) => ({...before, [name]: text}));
		if (faultOf(text, answerTable[name]) === undefined)
			session.answer('options', changeOf(name, text, defaults));
	};

	const submit = (): void => {
		const faulty = fieldNames.find((name) => faultOf(values[name] ?? '', answerTable[name]) !== undefined);
		if (faulty) {
			setActive(faulty);
			return;
		}

		session.answer(
			'options',
			Object.assign(
				{},
				...fieldNames.map((name) => changeOf(name, values[name] ?? '', defaults)),
			) as Partial<Answers>,
		);
		session.next();
	};

	const bindings: readonly KeyBinding[] = [
		{keys: ['up', 'down'], label: 'field'},
		{
			keys: ['up', 'shift+tab'],
			label: 'field before',
			isHidden: true,
			action: () => setActive(fieldAfter(active, -1)),
		},
		{
			keys: ['down', 'tab'],
			label: 'field after',
			isHidden: true,
			action: () => setActive(fieldAfter(active, 1)),
		},
		...textFieldKeys,
		...(session.canGoBack()
			? [{keys: ['escape'], label: 'back', action: () => session.back()} as const]
			: []),
	];
	return (
		<Frame {...useWizardFrame()} bindings={bindings} helpNotes={['• marks what differs from the default.']}>
			<OptionsBody values={values} defaults={defaults} active={active} onChange={change} onSubmit={submit} />
		</Frame>
	);
};

type BodyProps = {
	readonly values: Values;
	readonly defaults: Values;
	readonly active: TableName;
	readonly onChange: (name: TableName, text: string) => void;
	readonly onSubmit: () => void;
};

const OptionsBody = ({values, defaults, active, onChange, onSubmit}: BodyProps) => {
	const {columns, rows} = useBody();
	const isRoomy = rows >= 2 + 2 * fieldNames.length + noteRows;
	return (
		<>
			{isRoomy && <Text> </Text>}
			<Paragraph width={columns} role="strong" text="Names and test files; the defaults are good." />
			{fieldNames.map((name) => (
				<OptionField
					key={name}
					name={name}
					value={values[name] ?? ''}
					defaultValue={defaults[name] ?? ''}
					isActive={active === name}
					isRoomy={isRoomy}
					width={Math.min(columns, 100)}
					onChange={(text) => onChange(name, text)}
					onSubmit={onSubmit}
				/>
			))}
		</>
	);
};

type OptionFieldProps = {
	readonly name: TableName;
	readonly value: string;
	readonly defaultValue: string;
	readonly isActive: boolean;
	readonly isRoomy: boolean;
	readonly width: number;
	readonly onChange: (text: string) => void;
	readonly onSubmit: () => void;
};

const OptionField = ({name, isActive, isRoomy, ...field}: OptionFieldProps) => {
	const entry: AnswerEntry = answerTable[name];
	const {label = '', note} = entry.field ?? {};
	return (
		<>
			{isRoomy && <Text> </Text>}
			<TextField
				{...field}
				label={label}
				labelWidth={13}
				problem={faultOf(field.value, entry)}
				note={isActive ? note : undefined}
				isActive={isActive}
			/>
		</>
	);
};
