import {useMemo, useState} from 'react';
import {keyNameFault} from '../../../domain/answers/key-name.js';
import {choiceFault, choiceText, type KeyChoices} from '../../../domain/observed/key-choices.js';
import type {Loadable} from '../../../session/state/loadable.js';
import {FilterList, type ListColumn} from '../../components/fields/filter-list.js';
import {Text} from '../../components/text/text.js';
import {useBody} from '../../hooks/use-body.js';
import {useTheme} from '../../hooks/use-theme.js';

type KeyItem = {
	/** What is put into the field; empty for none. */
	readonly value: string;
	readonly name: string;
	readonly text: string;
	readonly id: string;
	/** Why it cannot be chosen. */
	readonly fault?: string;
};

type KeyListProps = {
	readonly found: Loadable<KeyChoices> | undefined;
	readonly region: string;
	readonly value: string;
	readonly onChoose: (value: string) => void;
};

const none: KeyItem = {value: '', name: 'none', text: 'objects with SSE-KMS stay', id: ''};

const keyOf = ({name}: KeyItem): string => name;
const textsOf = ({name, id}: KeyItem): readonly string[] => [name, id];
/** An ARN or alias that is typed is a choice as well. */
const typed = (text: string): KeyItem | undefined =>
	text !== '' && keyNameFault(text) === undefined
		? {value: text, name: text, text: 'as typed', id: ''}
		: undefined;

const columns: ReadonlyArray<ListColumn<KeyItem>> = [
	{title: 'KEY', width: 'rest', textOf: ({name}) => name, cut: 'middle'},
	{
		title: 'STATE',
		width: 26,
		textOf: ({text}) => text,
		roleOf: ({fault}) => (fault === undefined ? 'secondary' : 'warning'),
	},
	{title: 'ID', width: 14, textOf: ({id}) => id, roleOf: () => 'secondary', cut: 'middle'},
];

/** The keys of the destination's region to choose from, none, or one that is typed. */
export const KeyList = ({found, region, value, onChoose}: KeyListProps) => {
	const {styles, glyphs} = useTheme();
	const {columns: width, rows} = useBody();
	const [refused, setRefused] = useState<KeyItem>();
	const choices = found?.state === 'ready' ? found.value : undefined;
	const items = useMemo(
		(): readonly KeyItem[] => [
			none,
			...(choices?.keys ?? []).map((choice) => ({
				value: choice.alias,
				name: choice.alias,
				text: choiceText(choice),
				id: choice.key?.arn.split('/').at(-1) ?? '',
				fault: choiceFault(choice),
			})),
		],
		[choices],
	);
	const unlisted = found?.state === 'failed' ? found.problem.headline : choices?.unlisted;
	const note =
		refused === undefined
			? unlisted === undefined
				? `Keys of ${region} with an alias. Type the ARN of another one.`
				: `The keys of ${region} cannot be listed: ${unlisted} Type an ARN.`
			: `${refused.name} cannot be chosen: ${refused.fault ?? ''}.`;
	return (
		<>
			<FilterList
				items={items}
				keyOf={keyOf}
				textsOf={textsOf}
				columns={columns}
				noun="keys"
				width={Math.min(width, 100)}
				rows={rows - 1}
				prompt="key or ARN"
				status={found === undefined || found.state === 'loading' ? 'loading' : ''}
				emptyText="No key matches, and it is no ARN of a key yet."
				initialKey={value === '' ? none.name : value}
				ownFor={typed}
				onChoose={(item) => {
					if (item.fault === undefined) onChoose(item.value);
					else setRefused(item);
				}}
			/>
			<Text wrap="truncate">
				<Text {...styles.error}>{refused === undefined ? '   ' : ` ${glyphs.failed} `}</Text>
				<Text {...(refused === undefined ? styles.secondary : styles.plain)}>{note}</Text>
			</Text>
		</>
	);
};
