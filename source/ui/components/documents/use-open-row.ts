import {useState} from 'react';
import type {Operation} from '../../../domain/operations/registry.js';
import {useBody} from '../../hooks/use-body.js';
import {type KeyBinding, useKeys, when} from '../../hooks/use-keys.js';
import {type ListCursor} from '../../hooks/use-list-cursor.js';
import {scrollKeys} from '../../hooks/use-scroll.js';
import {useTerminalSize} from '../../hooks/use-terminal-size.js';
import {type DocumentView, documentBefore, nextView} from './operation-document.js';

/** From this width on the document of the row in focus stands beside a plan. */
export const paneColumns = 100;

/** How a list and what is in focus share the body. */
export const useShares = () => {
	const {columns, rows} = useBody();
	const hasPane = columns >= paneColumns;
	const listWidth = hasPane ? Math.floor(columns * 0.56) : columns;
	return {columns, rows, hasPane, listWidth, documentWidth: hasPane ? columns - listWidth - 3 : columns - 2};
};

/** A row of a list that is opened as a document. */
export type OpenRow = {
	/** Key of the row that is open. */
	readonly openKey: string | undefined;
	readonly isOpen: boolean;
	/** What of a document is shown. */
	readonly view: DocumentView;
	readonly open: (key: string) => void;
	readonly turn: () => void;
	/** What the list does with keys, for the table of its screen. */
	readonly listKeys: readonly KeyBinding[];
	/** The keys of the screen while a row is open. */
	readonly documentKeys: readonly KeyBinding[];
};

/** Rows that open, one at a time, with the same keys on every screen: plans, undo plans, and what is being done. */
export const useOpenRow = (operations: readonly Operation[]): OpenRow => {
	const [openKey, setOpenKey] = useState<string>();
	const [view, setView] = useState<DocumentView>('changes');
	const opened = operations.find(({id}) => id === openKey);
	const canStandBeside = useTerminalSize().columns >= paneColumns;
	const turn = (): void => setView(nextView(view));
	const turning: KeyBinding = {keys: ['b'], label: 'changes, after, before', action: turn};
	return {
		openKey,
		isOpen: openKey !== undefined,
		view,
		open: setOpenKey,
		turn,
		listKeys: [
			{keys: ['up', 'down'], label: 'move'},
			{keys: ['right'], label: 'open'},
			...when(canStandBeside && operations.some((one) => documentBefore(one) !== undefined), {
				...turning,
				action: undefined,
				isHidden: true,
			}),
		],
		documentKeys: [
			...scrollKeys,
			// The way out first: on a narrow screen the foot has no room for more.
			{keys: ['left', 'escape'], label: 'close', action: () => setOpenKey(undefined)},
			...when(opened !== undefined && documentBefore(opened) !== undefined, turning),
		],
	};
};

type RowKeys = {
	readonly cursor: ListCursor;
	/** Key of the row in focus. */
	readonly key: string | undefined;
	/** Whether the document beside the list has something to turn. */
	readonly canTurn: boolean;
};

/** The keys of a list whose rows open: they move, open the row in focus, and turn what stands beside it. */
export const useRowKeys = (row: OpenRow, {cursor, key, canTurn}: RowKeys): void => {
	const open = (): void => {
		if (key === undefined) return;
		cursor.stay();
		row.open(key);
	};
	useKeys(
		[
			...cursor.bindings,
			{keys: ['right'], label: 'open', action: open},
			...when(canTurn, {keys: ['b'], label: 'changes, after, before', action: row.turn}),
		],
		{isActive: !row.isOpen},
	);
};
