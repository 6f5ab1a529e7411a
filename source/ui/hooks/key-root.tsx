import {useInput} from 'ink';
import {createContext, useCallback, useContext, useMemo, useRef, type ReactNode} from 'react';
import {toKeyPress, type KeyPress} from './key-press.js';
import {ClockContext} from './use-now.js';

/** @returns was the key used? Then nobody further out gets it. */
type KeyHandler = (press: KeyPress) => boolean;

type Registered = {readonly depth: number; readonly handle: KeyHandler};

/** @returns takes the handler away again */
type AddKeyHandler = (depth: number, handle: KeyHandler) => () => void;

const KeyRootContext = createContext<AddKeyHandler | undefined>(undefined);
const KeyLayerContext = createContext({depth: 0, isActive: true});

/** Who hears keys: the registry of the nearest `KeyRoot`, how deep this place is, and whether its layer is active. */
export const useKeyLayer = () => {
	const add = useContext(KeyRootContext);
	if (!add) throw new Error('useKeys works only inside a KeyRoot: draw screens with renderApp');
	return {add, ...useContext(KeyLayerContext)};
};

/** Innermost first; among equals the one that came last. */
const insert = (handlers: readonly Registered[], added: Registered): Registered[] => {
	const index = handlers.findIndex(({depth}) => depth <= added.depth);
	return index === -1 ? [...handlers, added] : handlers.toSpliced(index, 0, added);
};

/** Listens for as long as the program is drawn, so raw mode and the order of listeners never change with a screen. */
const Listener = ({onKey}: {readonly onKey: (press: KeyPress) => void}) => {
	useInput(useCallback((input, key) => onKey(toKeyPress(input, key)), [onKey]));
	return null;
};

/**
 * The one listener to Ink's keys. It gives each key to the innermost handler that wants it: a field before the frame
 * around it, an overlay before what it covers. Being the first listener, it hears every key before the stock components.
 */
export const KeyRoot = ({
	children,
}: {
	/** Everything that is drawn. */
	readonly children: ReactNode;
}) => {
	const clock = useContext(ClockContext);
	const handlers = useRef<readonly Registered[]>([]);
	const add = useCallback<AddKeyHandler>((depth, handle) => {
		const added = {depth, handle};
		handlers.current = insert(handlers.current, added);
		return () => {
			handlers.current = handlers.current.filter((each) => each !== added);
		};
	}, []);
	const dispatch = useCallback(
		(press: KeyPress) => {
			handlers.current.some(({handle}) => handle(press));
			clock.flush();
		},
		[clock],
	);
	return (
		<KeyRootContext value={add}>
			<Listener onKey={dispatch} />
			{children}
		</KeyRootContext>
	);
};

/** A layer of the screen, further in than what is around it. An inactive layer hears no keys. */
export const KeyLayer = ({
	isActive = true,
	children,
}: {
	/** Does this layer hear keys? False while something covers it. */
	readonly isActive?: boolean;
	readonly children: ReactNode;
}) => {
	const outer = useContext(KeyLayerContext);
	const layer = useMemo(
		() => ({depth: outer.depth + 1, isActive: outer.isActive && isActive}),
		[outer, isActive],
	);
	return <KeyLayerContext value={layer}>{children}</KeyLayerContext>;
};
