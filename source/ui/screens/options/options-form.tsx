import {type AnswerEntry, fieldCost} from '../../../domain/answers/answer-entry.js';
import {answerTable, type TableName} from '../../../domain/answers/answer-table.js';
import {wordsOf} from '../../../domain/answers/answer-text.js';
import {optionSections} from '../../../domain/answers/option-sections.js';
import {ChoiceField} from './choice-field.js';
import {TextField} from '../../components/fields/text-field.js';
import {truncateEnd, wrapText} from '../../components/text/truncate.js';
import {type Room, useBody} from '../../hooks/use-body.js';
import {scrollTop} from '../../hooks/use-scroll.js';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from '../../components/text/text.js';
import {fieldNames, mayHaveQuestionMark, shownNames, type Texts} from './option-texts.js';

type Faults = ReadonlyMap<TableName, string>;

type OptionsFormProps = {
	readonly texts: Texts;
	readonly defaults: Texts;
	/** What is wrong with fields. */
	readonly faults: Faults;
	readonly active: TableName;
	/** What there is to say of the fields for keys, before what they do. */
	readonly keyNote: string;
	readonly onChange: (name: TableName, text: string) => void;
	/** Enter. */
	readonly onSubmit: () => void;
};

type Row = {readonly title: string} | {readonly name: TableName};

const rowsOf = (names: readonly TableName[]): readonly Row[] =>
	optionSections.flatMap(({title, names: own}): readonly Row[] => [
		{title},
		...own.filter((name) => names.includes(name)).map((name) => ({name})),
	]);

const labelWidth = 15;

/** The fields in their groups; those that have no room scroll, and what there is to say of the active one stays below. */
export const OptionsForm = ({
	texts,
	defaults,
	faults,
	active,
	keyNote,
	onChange,
	onSubmit,
}: OptionsFormProps) => {
	const {styles, glyphs} = useTheme();
	const body = useBody();
	const noteRows = body.columns < 70 ? 4 : 3;
	const listRows = body.rows - noteRows - 1;
	const names = shownNames(texts);
	const rows = rowsOf(names);
	const at = rows.findIndex((row) => 'name' in row && row.name === active);
	const top = scrollTop(at - Math.floor(listRows / 2), 0, rows.length, listRows);
	const width = Math.min(body.columns, 100);
	const shown = rows.slice(top, top + listRows);
	const place = rows.length > listRows ? ` ${names.indexOf(active) + 1} of ${names.length} ` : '';
	return (
		<>
			{shown.map((row) =>
				'title' in row ? (
					<Text key={row.title} {...styles.strong}>{` ${row.title}`}</Text>
				) : (
					<OptionField
						key={row.name}
						name={row.name}
						value={texts[row.name] ?? ''}
						defaultValue={defaults[row.name] ?? ''}
						isFaulty={faults.has(row.name)}
						isActive={row.name === active}
						width={width}
						onChange={(text) => onChange(row.name, text)}
						onSubmit={onSubmit}
					/>
				),
			)}
			<Text {...styles.secondary} wrap="truncate">
				{` ${glyphs.rule.repeat(Math.max(0, body.columns - 3 - place.length))}${place}`}
			</Text>
			<OptionNote {...{texts, faults, active, keyNote}} width={body.columns} rows={noteRows} />
		</>
	);
};

type OptionFieldProps = {
	readonly name: TableName;
	readonly value: string;
	readonly defaultValue: string;
	readonly isFaulty: boolean;
	readonly isActive: boolean;
	readonly width: number;
	readonly onChange: (text: string) => void;
	readonly onSubmit: () => void;
};

const OptionField = ({name, ...rest}: OptionFieldProps) => {
	const entry: AnswerEntry = answerTable[name];
	const {label = '', emptyText = ''} = entry.field ?? {};
	const words = wordsOf(entry);
	if (words === undefined)
		return (
			<TextField
				{...rest}
				label={label}
				labelWidth={labelWidth}
				mayHaveQuestionMark={(text) => mayHaveQuestionMark(name, text)}
				emptyText={emptyText === '' ? rest.defaultValue : emptyText}
			/>
		);
	return (
		<ChoiceField
			{...rest}
			label={label}
			labelWidth={labelWidth}
			choices={words}
			nameOf={(word) => (word === '' ? emptyText : word)}
		/>
	);
};

type OptionNoteProps = Pick<OptionsFormProps, 'texts' | 'faults' | 'active' | 'keyNote'> & Room;

/** What is wrong with the active field, or what it does, costs and is for; and where else something is wrong. */
const OptionNote = ({texts, faults, active, keyNote, width, rows: noteRows}: OptionNoteProps) => {
	const {styles, glyphs} = useTheme();
	const entry: AnswerEntry = answerTable[active];
	const {note = '', wantedFor = ''} = entry.field ?? {};
	const fault = faults.get(active);
	const remark = entry.remarkOf?.(texts[active] ?? '');
	const other = fault === undefined ? fieldNames.find((name) => faults.has(name)) : undefined;
	const said =
		fault ??
		remark ??
		[
			note,
			active === 'kmsKey' || active === 'backKmsKey' ? keyNote : '',
			fieldCost(entry.field ?? {}),
			wantedFor,
		]
			.filter((text) => text !== '')
			.join(' ');
	const sign = fault === undefined ? (remark === undefined ? '' : glyphs.warning) : glyphs.failed;
	const lines = wrapText(said, width - 6).slice(0, other === undefined ? noteRows : noteRows - 1);
	return (
		<>
			{lines.map((line, index) => (
				<Text key={index} wrap="truncate">
					<Text {...(fault === undefined ? styles.warning : styles.error)}>
						{index === 0 && sign !== '' ? ` ${sign} ` : '   '}
					</Text>
					<Text {...(sign === '' ? styles.secondary : styles.plain)}>{line}</Text>
				</Text>
			))}
			{other !== undefined && (
				<Text wrap="truncate">
					<Text {...styles.error}>{` ${glyphs.failed} `}</Text>
					{truncateEnd(`${labelOf(other)}: ${faults.get(other) ?? ''}`, width - 6, glyphs.more)}
				</Text>
			)}
		</>
	);
};

const labelOf = (name: TableName): string => {
	const {field}: AnswerEntry = answerTable[name];
	return field?.label ?? name;
};
