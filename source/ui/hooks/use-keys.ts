import {useEffect, useLayoutEffect, useRef} from 'react';
import {type KeyName, type KeyPress} from './key-press.js';
import {useKeyLayer} from './key-root.js';

/** One line of a table of keys. The key hints and the `?` help are made from the same table that acts. */
export type KeyBinding = {
	readonly keys: readonly KeyName[];
	/** What it does, as the hint line says it: "choose", "back". */
	readonly label: string;
	/** Absent where a component (a list, a field) acts on the key itself and the table only tells of it. */
	readonly action?: () => void;
	/** Works, and is in the help, but not in the hint line. */
	readonly isHidden?: boolean;
};

/** Bindings that are there in some cases alone. */
export const when = (isMeant: boolean, ...bindings: readonly KeyBinding[]): readonly KeyBinding[] =>
	isMeant ? bindings : [];

type UseKeysOptions = {
	/** Hears no keys while false. */
	readonly isActive?: boolean;
	/** Gets typed or pasted text that is no bound key. @returns was it used? */
	readonly onText?: (text: string) => boolean;
	/** Gets every key that is not bound, before `onText`. @returns was it used? */
	readonly onKey?: (press: KeyPress) => boolean;
};

/**
 * Acts on keys, always with the newest bindings, however fast the keys come. Keys that are not bound go on to whoever is
 * further out.
 */
export const useKeys = (
	bindings: readonly KeyBinding[],
	{isActive = true, onText, onKey}: UseKeysOptions = {},
): void => {
	const layer = useKeyLayer();
	const handle = ({name, text}: KeyPress): boolean => {
		if (!isActive || !layer.isActive) return false;
		const bound = bindings.find(({keys, action}) => action && (keys as readonly string[]).includes(name));
		bound?.action?.();
		if (bound !== undefined || onKey?.({name, text})) return true;
		return text !== '' && onText !== undefined && onText(text);
	};
	const latest = useRef(handle);
	useLayoutEffect(() => {
		latest.current = handle;
	});
	const {add, depth} = layer;
	useEffect(() => add(depth, (press) => latest.current(press)), [add, depth]);
};
