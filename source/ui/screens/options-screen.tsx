import {useState} from 'react';
import {type Answers} from '../../domain/answers.js';
import {boundaryFault, roleNameFault, rolePathFault, ruleIdFault} from '../../domain/role-name.js';
import {completedAnswers, type DefaultedAnswers, defaultsOf} from '../../session/defaults.js';
import {Frame} from '../components/frame.js';
import {Paragraph} from '../components/paragraph.js';
import {TextField, textFieldKeys} from '../components/text-field.js';
import {useBody} from '../hooks/use-body.js';
import {type KeyBinding} from '../hooks/use-keys.js';
import {useSession, useSessionState} from '../hooks/use-session.js';
import {useWizardFrame} from '../hooks/use-wizard-frame.js';
import {Text} from '../components/text.js';

const fieldNames = [
	'roleName',
	'ruleId',
	'testFileCount',
	'rolePath',
	'permissionsBoundary',
	'keepsRole',
] as const;
type FieldName = (typeof fieldNames)[number];
type Values = Readonly<Record<FieldName, string>>;

const mostFiles = 1000;
/** What the note of the active field may take. */
const noteRows = 3;

const fileCountFault = (text: string): string | undefined =>
	/^\d{1,4}$/.test(text) && Number(text) <= mostFiles
		? undefined
		: `The number of test files is a whole number from 0 to ${mostFiles}.`;

const fields: Readonly<
	Record<
		FieldName,
		{readonly label: string; readonly note: string; readonly faultOf: (text: string) => string | undefined}
	>
> = {
	roleName: {
		label: 'Role name',
		note: 'S3 replicates with this role. One that exists is kept; left as it is, so is the one that the rules of the source have.',
		faultOf: roleNameFault,
	},
	ruleId: {
		label: 'Rule name',
		note: 'Other rules of the source bucket are kept.',
		faultOf: ruleIdFault,
	},
	testFileCount: {
		label: 'Test files',
		note: 'Uploaded after the setup and followed until they arrive. 0 uploads none.',
		faultOf: fileCountFault,
	},
	rolePath: {
		label: 'Role path',
		note: 'Of a role that is created, such as /service-role/.',
		faultOf: rolePathFault,
	},
	permissionsBoundary: {
		label: 'Boundary',
		note: 'The ARN of a managed policy that bounds a role that is created; empty for none.',
		faultOf: (text) => (text === '' ? undefined : boundaryFault(text)),
	},
	keepsRole: {
		label: 'Keep role',
		note: 'yes: the role exists and may only be used, not changed. What it lacks is told.',
		faultOf: (text) => (text === 'yes' || text === 'no' ? undefined : 'It is yes or no.'),
	},
};

const textsOf = (answers: Answers & DefaultedAnswers): Values => ({
	roleName: answers.roleName,
	ruleId: answers.ruleId,
	testFileCount: String(answers.testFileCount),
	rolePath: answers.rolePath ?? '/',
	permissionsBoundary: answers.permissionsBoundary ?? '',
	keepsRole: answers.keepsRole ? 'yes' : 'no',
});

/** What is recorded: a value that is its default is not, so that it follows later changes. */
const changeOf = (name: FieldName, text: string, defaults: Values): Partial<Answers> => {
	if (text === defaults[name]) return {[name]: undefined};
	switch (name) {
		case 'testFileCount': {
			return {testFileCount: Number(text)};
		}

		case 'keepsRole': {
			return {keepsRole: text === 'yes'};
		}

		case 'roleName':
		case 'ruleId':
		case 'rolePath':
		case 'permissionsBoundary': {
			return {[name]: text};
		}
	}
};

const fieldAfter = (name: FieldName, by: number): FieldName =>
	fieldNames[(fieldNames.indexOf(name) + by + fieldNames.length) % fieldNames.length] ?? name;

/** The few things that have a good default: Enter alone passes. */
export const OptionsScreen = () => {
	const session = useSession();
	const state = useSessionState();
	const defaults = textsOf(defaultsOf(state));
	const [values, setValues] = useState<Values>(() => textsOf(completedAnswers(state)));
	const [active, setActive] = useState<FieldName>('roleName');

	const change = (name: FieldName, text: string): void => {
		setValues((before) => ({...before, [name]: text}));
		if (fields[name].faultOf(text) === undefined) session.answer('options', changeOf(name, text, defaults));
	};

	const submit = (): void => {
		const faulty = fieldNames.find((name) => fields[name].faultOf(values[name]) !== undefined);
		if (faulty) {
			setActive(faulty);
			return;
		}

		session.answer(
			'options',
			Object.assign(
				{},
				...fieldNames.map((name) => changeOf(name, values[name], defaults)),
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
	readonly active: FieldName;
	readonly onChange: (name: FieldName, text: string) => void;
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
					value={values[name]}
					defaultValue={defaults[name]}
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
	readonly name: FieldName;
	readonly value: string;
	readonly defaultValue: string;
	readonly isActive: boolean;
	readonly isRoomy: boolean;
	readonly width: number;
	readonly onChange: (text: string) => void;
	readonly onSubmit: () => void;
};

const OptionField = ({name, isActive, isRoomy, ...field}: OptionFieldProps) => {
	const {label, note, faultOf} = fields[name];
	return (
		<>
			{isRoomy && <Text> </Text>}
			<TextField
				{...field}
				label={label}
				labelWidth={13}
				problem={faultOf(field.value)}
				note={isActive ? note : undefined}
				isActive={isActive}
			/>
		</>
	);
};
